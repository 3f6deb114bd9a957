"""The schema: what the graph says of its terms, what the shapes ask, and how often each is used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.linked_data.triples import Term, Triples
from api.schema.terms import make_schema
from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from graph.vocabulary import OWL, RDF, RDFS
from tests.api.serving import Served, serving

POL = "https://w3id.org/polemos/ontology#"


@pytest.fixture(scope="module")
def site(built_home: Path) -> Iterator[Served]:
    with serving(Pool(Versions(built_home), workers=2), Settings()) as server:
        yield server


@pytest.fixture(scope="module")
def schema(site: Served) -> dict[str, Any]:
    return counted(site).json()  # type: ignore[no-any-return]  # JSON of any kind to httpx


def counted(site: Served) -> httpx.Response:
    """The schema once its figures are there."""
    deadline = time.monotonic() + 60
    while not (answer := httpx.get(f"{site.address}/schema", timeout=60)).json()["counted"]:
        assert time.monotonic() < deadline
        assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    return answer


def found(terms: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (one,) = (term for term in terms if term["iri"] == POL + name)
    return one


def test_a_class_has_its_names_and_what_its_instances_have(schema: dict[str, Any]) -> None:
    attack = found(schema["classes"], "Attack")

    assert schema["version"] == 1
    assert schema["counted"] is True
    assert attack["label"] == {"en": "attack", "uk": "напад"}
    assert attack["definition"]["en"].startswith("One use of armed force")
    assert attack["above"] == [f"{POL}ConflictEvent"]
    assert attack["entities"] == 3
    assert attack["properties"][f"{POL}place"] == 3


def test_a_property_has_the_classes_of_its_rules_and_of_its_values(schema: dict[str, Any]) -> None:
    killed = found(schema["properties"], "killed")
    place = found(schema["properties"], "place")

    assert (killed["triples"], killed["domain"]) == (1, [f"{POL}Event"])
    assert killed["values"] == [f"{POL}ReportedQuantity"]
    assert killed["above"] == [f"{POL}harm"]
    assert place["range"] == [f"{POL}Place"]


def test_it_has_the_prefixes_of_vocabularies_and_of_kinds(schema: dict[str, Any]) -> None:
    assert schema["prefixes"]["pol"] == POL
    assert schema["prefixes"]["region"] == "https://w3id.org/polemos/id/region/"


def test_it_is_kept_by_its_entity_tag(site: Served) -> None:
    first = counted(site)

    again = httpx.get(f"{site.address}/schema", headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert first.headers["polemos-version"] == "1"
    assert first.headers["cache-control"] == "public, max-age=10, must-revalidate"


def test_what_is_not_counted_yet_has_no_figures() -> None:
    attack, label = Term("uri", f"{POL}Attack"), Term("literal", "attack", "en")
    terms = Triples(
        (
            (attack, Term("uri", RDF.type.value), Term("uri", OWL.Class.value)),
            (attack, Term("uri", RDFS.label.value), label),
        )
    )

    schema = make_schema(7, terms, [], None)

    assert (schema.version, schema.counted, schema.properties) == (7, False, [])
    assert [(one.iri, one.label, one.entities) for one in schema.classes] == [
        (f"{POL}Attack", {"en": "attack"}, None)
    ]
