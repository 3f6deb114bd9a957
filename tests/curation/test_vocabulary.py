"""Terms by name, and what a slip of the pen gives."""

from __future__ import annotations

import pytest

from graph.errors import InvalidInput
from graph.files import QUERIES, Sources
from graph.vocabulary import PROV, Vocabulary, entity, short
from tests.curation import tiny

TINY = Vocabulary(tiny.DATA / "ontology" / "polemos.ttl")


def test_a_term_by_its_name() -> None:
    assert TINY.Attack.value == "https://w3id.org/polemos/ontology#Attack"
    assert TINY["killed"].value == "https://w3id.org/polemos/ontology#killed"
    assert PROV.wasQuotedFrom.value == "http://www.w3.org/ns/prov#wasQuotedFrom"


def test_an_unknown_name_is_refused_with_the_closest() -> None:
    with pytest.raises(InvalidInput) as failed:
        _ = TINY.kiled

    assert (
        str(failed.value) == "There is no term pol:kiled in polemos.ttl. Did you mean pol:killed?"
    )


def test_an_unknown_name_that_is_like_no_other() -> None:
    with pytest.raises(InvalidInput) as failed:
        _ = TINY.xyz

    assert str(failed.value) == "There is no term pol:xyz in polemos.ttl."


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (entity("actor", "mayor").value, "actor:mayor"),
        (entity("claim", "2026-01-01-tiny/killed").value, "claim:killed"),
        ("https://w3id.org/polemos/ontology#killed", "pol:killed"),
        ("http://www.w3.org/2000/01/rdf-schema#label", "rdfs:label"),
        ("https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_an_iri_as_people_write_it(iri: str, shown: str) -> None:
    assert short(iri) == shown


def test_the_folders_shipped_are_there() -> None:
    shipped = Sources()

    assert shipped.core.is_file()
    assert QUERIES.is_dir()
    for group in (shipped.shapes, shipped.codes, shipped.entities, shipped.article_folders):
        assert group
