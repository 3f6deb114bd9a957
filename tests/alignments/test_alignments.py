"""The links to other vocabularies: each file alone, and no term that nobody has checked."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import GEO, PROV, SDO, TIME, DefinedNamespace

from graph.files import Sources
from graph.turtle import read_rdf
from graph.vocabulary import ID, OWL, POL, RDF, RDFS, SKOS
from tests.alignments.checking import TERMS, checked_terms, faults, mappings

FILES = {file.stem: file for file in Sources().alignments}
LISTS = {file.stem: file for file in sorted(TERMS.glob("*.txt"))}


def test_each_vocabulary_has_a_file_and_a_list_of_checked_terms() -> None:
    vocabularies = [
        "acled",
        "cameo",
        "cameo-plover",
        "cco",
        "geosparql",
        "owl-time",
        "plover",
        "prov",
        "schema-org",
        "sem",
        "ucdp",
        "web-annotation",
        "wikidata",
    ]
    assert sorted(FILES) == vocabularies
    assert sorted(LISTS) == vocabularies


@pytest.mark.parametrize("name", FILES)
def test_an_alignment_maps_terms_of_ours_to_checked_terms(name: str) -> None:
    quads = read_rdf(FILES[name]).quads
    assert len(mappings(quads)) > 0
    assert faults(quads, checked_terms(LISTS[name])) == []


@pytest.mark.parametrize("name", FILES)
def test_an_alignment_is_an_ontology_with_a_version_that_imports_nothing(name: str) -> None:
    iri = ox.NamedNode(f"https://w3id.org/polemos/alignment/{name}")
    header = {
        quad.predicate: quad.object for quad in read_rdf(FILES[name]).quads if quad.subject == iri
    }
    assert header[RDF.type] == OWL.Ontology
    assert header[OWL.versionInfo] == ox.Literal("0.1.0")
    assert header[OWL.versionIRI] == ox.NamedNode(f"{iri.value}/0.1.0")
    assert OWL.imports not in header


@pytest.mark.parametrize("name", FILES)
def test_an_alignment_maps_a_pair_once(name: str) -> None:
    pairs = [(subject, target) for subject, _, target in mappings(read_rdf(FILES[name]).quads)]
    assert sorted({str(pair) for pair in pairs if pairs.count(pair) > 1}) == []


@pytest.mark.parametrize("name", FILES)
def test_classes_are_put_under_classes_and_properties_under_properties(name: str) -> None:
    wrong = [
        subject.value
        for subject, relation, _ in mappings(read_rdf(FILES[name]).quads)
        if (relation == RDFS.subClassOf and subject not in map(POL.__getitem__, POL.classes))
        or (relation == RDFS.subPropertyOf and subject not in map(POL.__getitem__, POL.properties))
    ]
    assert wrong == []


def test_nothing_depends_on_the_alignments() -> None:
    vocabulary = Sources().core.read_text(encoding="utf-8")
    assert "polemos/alignment/" not in vocabulary
    assert "owl:imports" not in vocabulary


WRONG = """
PREFIX pol: <https://w3id.org/polemos/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
pol:Claim rdfs:subClassOf prov:Entity .
pol:Claimed rdfs:subClassOf prov:Entity .
pol:Source rdfs:subClassOf prov:Entities .
pol:Actor owl:sameAs prov:Agent .
"""


def test_the_check_finds_wrong_terms_on_either_side() -> None:
    quads = tuple(ox.parse(WRONG, ox.RdfFormat.TURTLE))
    assert faults(quads, checked_terms(LISTS["prov"])) == [
        "https://w3id.org/polemos/ontology#Claimed is no term of ours",
        "http://www.w3.org/ns/prov#Entities is not in the list of checked terms",
        "http://www.w3.org/2002/07/owl#sameAs is no relation of an alignment",
    ]


@pytest.mark.parametrize(
    ("name", "namespace"),
    [("prov", PROV), ("owl-time", TIME), ("geosparql", GEO), ("schema-org", SDO)],
)
def test_a_list_agrees_with_the_terms_that_rdflib_knows(
    name: str, namespace: type[DefinedNamespace]
) -> None:
    known = {str(term) for term in dir(namespace)}
    assert checked_terms(LISTS[name]) - known == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_where_it_was_read(name: str) -> None:
    note = "".join(
        line for line in LISTS[name].read_text(encoding="utf-8").splitlines() if line[0] == "#"
    )
    assert "2026-11-24" in note


@pytest.mark.parametrize(("name", "count"), [("plover", 16), ("cameo", 32)])
def test_a_list_of_event_codes_holds_its_code_as_a_string(name: str, count: int) -> None:
    quads = read_rdf(Sources().ontology / "codes" / f"{name}.ttl").quads
    notations = {
        quad.subject.value: quad.object
        for quad in quads
        if quad.predicate == SKOS.notation and isinstance(quad.subject, ox.NamedNode)
    }
    assert set(notations) == checked_terms(LISTS[name])
    assert len(notations) == count
    assert [
        iri
        for iri, code in notations.items()
        if code != ox.Literal(iri.removeprefix(f"{ID}{name}/"))
    ] == []


def test_each_cameo_code_stands_under_the_code_it_begins_with() -> None:
    broader = {
        (quad.subject.value, quad.object.value)
        for quad in read_rdf(Sources().ontology / "codes" / "cameo.ttl").quads
        if quad.predicate == SKOS.broader
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
    assert len(broader) == 12
    assert [pair for pair in broader if pair[1] != pair[0][:-1]] == []


def test_the_television_episode_once_taken_for_an_attack_is_linked_nowhere() -> None:
    sources = Sources()
    folders = (sources.ontology, sources.reference, sources.articles)
    texts = [
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in {".ttl", ".trig", ".rq"}
    ]
    assert len(texts) > 10
    assert [file.name for file in texts if "Q1983062" in _text(file)] == []


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
