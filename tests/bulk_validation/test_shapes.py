"""Which shapes validation in bulk knows, and that each of their components does something."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from graph.bulk_validation import validate_chunks
from graph.bulk_validation.shapes import COMPONENTS, read_shapes
from graph.errors import InvalidInput
from graph.finding import Finding
from graph.turtle import read_rdf
from graph.vocabulary import POL, RDF, entity
from tests.bulk_validation.example_graphs import apart
from tests.bulk_validation.rows import Row, nquads, quads
from tests.ontology.examples import all_shapes

REFUSED = sorted((Path(__file__).parent / "refused").glob("*.ttl"))
DROPPED = {"qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount")}
"""What has to be left out together for a component to fall away."""
USED = sorted(
    str(parameter).removeprefix(str(SH))
    for parameter in COMPONENTS
    if str(parameter) in {quad.predicate.value for quad in all_shapes()}
)
NO_MESSAGE = """
    PREFIX ex: <http://example.org/> PREFIX sh: <http://www.w3.org/ns/shacl#>
    ex:Shape a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal .
    ex:a ex:p ex:b .
"""


@cache
def data() -> bytes:
    """All examples of the ontology, a row with an empty cell, a node in the place of a word."""
    node = entity("superlative", "made-up")
    superlative = (ox.Quad(node, RDF.type, POL.Superlative), ox.Quad(node, POL.rank, node))
    return nquads((*apart(), *quads([Row(1, best="")]), *superlative))


def findings(shapes: tuple[ox.Quad, ...]) -> frozenset[Finding]:
    return frozenset(validate_chunks([data()], (), shapes))


@cache
def expected() -> frozenset[Finding]:
    return findings(all_shapes())


@pytest.mark.parametrize("parameter", USED)
def test_each_component_of_the_ontology_is_broken_by_an_example(parameter: str) -> None:
    gone = {str(SH[name]) for name in (parameter, *DROPPED.get(parameter, ()))}

    left = tuple(quad for quad in all_shapes() if quad.predicate.value not in gone)

    assert findings(left) != expected()


def test_there_are_components_and_refused_shapes() -> None:
    assert len(USED) > 20
    assert len(REFUSED) > 8


@pytest.mark.parametrize("path", REFUSED, ids=[path.stem for path in REFUSED])
def test_what_is_not_known_is_refused_by_name(path: Path) -> None:
    text = path.read_text("utf-8")
    named = next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")

    with pytest.raises(InvalidInput) as refused:
        read_shapes(read_rdf(path).quads)

    assert "http://example.org/Shape" in str(refused.value)
    assert named in str(refused.value)


def test_a_shape_without_a_message_is_refused_where_it_would_report() -> None:
    graph = tuple(ox.parse(NO_MESSAGE, ox.RdfFormat.TURTLE))

    with pytest.raises(InvalidInput, match=r"http://example\.org/Shape has no sh:message"):
        list(validate_chunks([nquads(graph)], (), graph))
