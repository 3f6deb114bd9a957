"""The shapes: one file a class, accepted and refused examples, a remedy in each message."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from graph.files import Sources
from graph.finding import Severity
from graph.turtle import read_rdf
from graph.validation import to_rdflib
from graph.vocabulary import POL, RDF, SH
from tests.ontology.examples import EXAMPLES, SHAPES, Example, all_shapes, examples, kebab, name

FILES = {path.stem: path for path in Sources().shapes}
SHARED = {"according-to", "label", "wikidata-link"}
"""Files of shapes that several classes take up."""
ALL = examples()
VALID = [example for example in ALL if example.is_valid]
INVALID = [example for example in ALL if not example.is_valid]
TARGETS = ("targetClass", "targetObjectsOf", "target")
COMPOUND = {SH["or"], SH["not"], SH["pattern"]}
"""What a node shape here reports itself, rather than through its property shapes."""


def ids(cases: list[Example]) -> list[str]:
    return [example.path.stem for example in cases]


def reporting_shapes() -> set[str]:
    """The names of the shapes that report findings: property shapes and compounds of targets."""
    targeted = {
        quad.subject for quad in all_shapes() if quad.predicate in map(SH.__getitem__, TARGETS)
    }
    found: set[str] = set()
    for quad in all_shapes():
        if quad.subject in targeted and quad.predicate == SH.property:
            found.add(local(quad.object))
        if quad.subject in targeted and quad.predicate in COMPOUND:
            found.add(local(quad.subject))
    return found


def local(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value.removeprefix(SHAPES)


def test_each_class_has_a_file_of_shapes_and_no_other_thing_has() -> None:
    assert len(POL.classes) > 60
    assert set(FILES) - SHARED == {kebab(each) for each in POL.classes}


@pytest.mark.parametrize("each", sorted(POL.classes))
def test_the_file_of_a_class_holds_its_node_shape(each: str) -> None:
    quads = read_rdf(FILES[kebab(each)]).quads
    shape = ox.NamedNode(SHAPES + each)
    assert ox.Quad(shape, RDF.type, SH.NodeShape) in quads
    assert ox.Quad(shape, SH.targetClass, POL[each]) in quads


def test_the_shapes_keep_to_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=to_rdflib(all_shapes()), advanced=True, meta_shacl=True
    )
    assert conforms, text


def test_messages_name_terms_that_there_are() -> None:
    messages = [
        quad.object.value
        for quad in all_shapes()
        if quad.predicate == SH.message and isinstance(quad.object, ox.Literal)
    ]
    named = {term for message in messages for term in re.findall(r"\bpol:(\w+)", message)}
    assert len(messages) > 150
    assert named <= POL.names


def test_each_class_has_examples_that_are_accepted_and_refused() -> None:
    classes = {kebab(each) for each in POL.classes}
    assert {example.path.suffix for example in ALL} == {".ttl"}
    assert {example.shape_file for example in VALID} == classes
    assert {example.shape_file for example in INVALID} == classes


def test_each_shape_that_reports_is_broken_by_an_example() -> None:
    broken = {shape for example in INVALID for shape in example.breaks}
    assert reporting_shapes() - broken == set()


@pytest.mark.parametrize("example", VALID, ids=ids(VALID))
def test_a_valid_example_is_accepted(example: Example) -> None:
    assert example.breaks == frozenset()
    assert example.broken() == frozenset()


@pytest.mark.parametrize("example", INVALID, ids=ids(INVALID))
def test_an_invalid_example_breaks_what_it_says_and_nothing_else(example: Example) -> None:
    assert example.breaks != frozenset()
    assert example.broken() == example.breaks


@pytest.mark.parametrize(
    ("case", "severity"),
    [
        ("reported-quantity.invalid-claim-bounds-crossed", Severity.VIOLATION),
        ("reported-quantity.invalid-dataset-bounds-crossed", Severity.WARNING),
        ("actor.invalid-no-link-no-reason", Severity.INFO),
        ("region.invalid-no-link-no-reason", Severity.INFO),
    ],
)
def test_severity_tells_a_slip_from_a_dataset_as_it_is(case: str, severity: Severity) -> None:
    example = Example(EXAMPLES / f"{case}.ttl")
    found = {each.severity for each in example.findings if name(each) in example.breaks}
    assert found == {severity}


def test_a_finding_tells_the_remedy_and_where() -> None:
    example = Example(EXAMPLES / "claim.invalid-no-speaker.ttl")
    (finding,) = (each for each in example.findings if name(each) == "Claim-speaker")
    assert finding.focus == "https://w3id.org/polemos/id/claim/killed"
    assert finding.path == POL.speaker
    assert finding.message == (
        "Give the claim exactly one pol:speaker: the actor whose words these are,"
        " or the article's outlet where the report speaks for itself."
    )
