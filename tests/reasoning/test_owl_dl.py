"""What a reasoner is given: what is added, what is left out, what is refused."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.errors import InvalidInput
from graph.owl_dl import LeftOut, OwlDocument, owl_document

PREFIXES = """
PREFIX : <urn:example:>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def document(text: str) -> OwlDocument:
    return owl_document(ox.parse(PREFIXES + text, ox.RdfFormat.TRIG))


def lines(result: OwlDocument) -> list[str]:
    shortened = (str(triple).replace("<urn:example:", "<:") for triple in result.triples)
    return [line.replace("http://www.w3.org/2002/07/owl#", "owl:") for line in shortened]


TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def test_a_triple_in_two_graphs_is_read_once() -> None:
    result = document(":Event a owl:Class . :e a :Event . :claim { :e a :Event }")
    assert lines(result) == [f"<:Event> {TYPE} <owl:Class>", f"<:e> {TYPE} <:Event>"]
    assert (result.individuals, result.axioms) == (1, 1)


def test_classes_and_properties_of_others_get_their_declaration() -> None:
    result = document("""
        :place a owl:ObjectProperty ; rdfs:subPropertyOf :theirPlace .
        :e a :TheirEvent ; :place :p ; :note "seen" .
    """)
    assert lines(result)[:3] == [
        f"<:TheirEvent> {TYPE} <owl:Class>",
        f"<:note> {TYPE} <owl:AnnotationProperty>",
        f"<:theirPlace> {TYPE} <owl:ObjectProperty>",
    ]
    assert result.supplied == (
        "urn:example:TheirEvent",
        "urn:example:note",
        "urn:example:theirPlace",
    )
    assert (result.individuals, result.axioms) == (2, 3)


def test_a_date_is_left_out_and_counted() -> None:
    result = document("""
        :day a owl:DatatypeProperty . :moment a owl:DatatypeProperty .
        :e :day "2026-01-24"^^xsd:date , "2026-01-25"^^xsd:date ;
            :moment "2026-01-24T01:00:00Z"^^xsd:dateTime .
    """)
    assert result.left_out == (LeftOut("xsd:date", 2),)
    assert result.axioms == 1


def test_a_property_used_against_its_kind_is_left_out_and_counted() -> None:
    result = document("""
        :place a owl:ObjectProperty . :name a owl:DatatypeProperty .
        :e :place "Kyiv" ; :name :kyiv .
    """)
    assert result.left_out == (
        LeftOut("<urn:example:name> with an individual, where it leads to a literal", 1),
        LeftOut("<urn:example:place> with a literal, where it leads to an individual", 1),
    )
    assert (result.individuals, result.axioms) == (0, 0)


def test_what_is_said_of_an_ontology_is_not_for_the_reasoner() -> None:
    result = document(':o a owl:Ontology ; owl:imports :other ; owl:versionInfo "1" .')
    assert result == OwlDocument((), 0, 0, (), ())


def test_a_group_of_disjoint_classes_is_one_axiom() -> None:
    result = document("""
        :A a owl:Class . :B a owl:Class . :C a owl:Class .
        [] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .
    """)
    assert (result.individuals, result.axioms) == (0, 1)


def test_a_property_of_two_kinds_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        document(":place a owl:ObjectProperty , owl:DatatypeProperty .")
    assert str(caught.value) == (
        "<urn:example:place>: a property of two kinds at once, which OWL 2 DL keeps apart."
        " Use each name for one of them only."
    )


def test_a_class_that_is_an_individual_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        document(":Drone a owl:Class , :Weapon . :e a :Drone .")
    assert str(caught.value) == (
        "<urn:example:Drone>: a class and an individual at once, which OWL 2 DL keeps apart."
        " Use each name for one of them only."
    )
