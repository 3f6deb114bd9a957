"""What follows from a class or a property, and the names of blank nodes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.claims import merged
from graph.closure import closed
from graph.skolem import labelled, skolemised
from graph.turtle import RdfFile, read_rdf
from tests.curation import tiny

ONTOLOGY = read_rdf(tiny.DATA / "ontology" / "polemos.ttl").quads
PREFIXES = "PREFIX pol: <https://w3id.org/polemos/ontology#> PREFIX ex: <https://example.org/>\n"


def quads(text: str) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(PREFIXES + text, ox.RdfFormat.TRIG))


def test_superclasses_are_written_out_to_the_top() -> None:
    given = quads("ex:e a pol:DroneAttack .")

    assert set(closed(given, ONTOLOGY)) == set(
        quads("ex:e a pol:DroneAttack , pol:Attack , pol:Event .")
    )


def test_super_properties_are_written_out_to_the_top() -> None:
    given = quads("ex:e pol:killed ex:q .")

    assert set(closed(given, ONTOLOGY)) == set(
        quads("ex:e pol:killed ex:q ; pol:harm ex:q ; pol:quantity ex:q .")
    )


def test_a_class_of_another_vocabulary_follows_where_the_ontology_names_it() -> None:
    given = quads("ex:p a pol:Passage .")

    assert set(closed(given, ONTOLOGY)) == set(
        quads("ex:p a pol:Passage , <http://www.w3.org/ns/oa#SpecificResource> .")
    )


def test_alignments_take_no_part() -> None:
    given = quads("ex:c a pol:Claim .")

    assert closed(given, ONTOLOGY) == given


def test_a_circle_of_classes_comes_to_an_end() -> None:
    circle = quads(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        " ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A ."
    )

    assert set(closed(quads("ex:e a ex:A ."), circle)) == set(quads("ex:e a ex:A , ex:B ."))


def test_a_triple_of_two_claims_is_in_the_default_graph_once() -> None:
    given = quads("ex:c1 { ex:e a pol:Attack . } ex:c2 { ex:e a pol:Attack . } ex:e a pol:Attack .")

    assert tuple(merged(given)) == quads("ex:e a pol:Attack .")


def test_a_blank_node_keeps_its_name_when_something_else_is_written() -> None:
    alone = skolemised(file("ex:e ex:time [ ex:from 1 ] ."))
    among = skolemised(file("ex:d ex:time [ ex:from 2 ] . ex:e ex:time [ ex:from 1 ] ."))

    name = "https://w3id.org/polemos/id/.well-known/genid/227364b367329357c640"
    assert set(alone) == set(quads(f"ex:e ex:time <{name}> . <{name}> ex:from 1 ."))
    assert set(alone) < set(among)


def test_blank_nodes_with_different_owners_stay_apart() -> None:
    both = skolemised(file("ex:d ex:time [ ex:from 1 ] . ex:e ex:time [ ex:from 1 ] ."))

    assert len(set(both)) == 4


def test_a_list_of_the_ontology_stays_blank_under_a_lasting_label() -> None:
    text = "ex:a ex:members ( ex:b ex:c ) ."

    once, again = labelled(file(text)), labelled(file(text))

    assert once == again
    assert file(text).quads != file(text).quads
    assert canonical(once) == canonical(quads(text))


def canonical(given: tuple[ox.Quad, ...]) -> ox.Dataset:
    dataset = ox.Dataset(given)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def file(text: str) -> RdfFile:
    return RdfFile(Path("tiny/facts.trig"), text, quads(text))
