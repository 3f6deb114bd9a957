"""Writes to a graph that was built: closed, judged by its shapes, refused with a report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.build import build, last_build
from graph.engine.versions import Versions
from graph.errors import Refused
from graph.writing.log import WriteLog
from tests.writing.served import Writable, writable

PREFIXES = (
    "PREFIX pol: <https://w3id.org/polemos/ontology#> PREFIX sh: <http://www.w3.org/ns/shacl#>"
    " PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    " PREFIX event: <https://w3id.org/polemos/id/event/>"
    " PREFIX actor: <https://w3id.org/polemos/id/actor/> "
)
ACTOR = "actor:test-group a pol:ArmedGroup ; rdfs:label 'Test group'@en ; pol:reason 'A test.'@en"


@pytest.fixture(scope="module")
def server(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    home = tmp_path_factory.mktemp("real") / "home"
    shutil.copytree(built_home, home)
    with writable(home) as served:
        yield served


def insert(server: Writable, triples: str, **fields: str) -> httpx.Response:
    return server.update(f"{PREFIXES}INSERT DATA {{ {triples} }}", **fields)


def asks(server: Writable, pattern: str) -> bool:
    return server.ask(f"{PREFIXES}ASK {{ {pattern} }}")


def test_what_follows_from_a_fact_is_written_too_and_goes_with_it(server: Writable) -> None:
    assert insert(server, ACTOR).json()["added"] > 3
    assert asks(server, "actor:test-group a pol:Actor")
    removed = server.update(f"{PREFIXES}DELETE WHERE {{ actor:test-group ?p ?o }}")
    assert removed.status_code == 200
    assert not asks(server, "actor:test-group a ?kind")


def test_a_superclass_stays_while_a_subclass_implies_it(server: Writable) -> None:
    assert insert(server, ACTOR).status_code == 200
    again = server.update(f"{PREFIXES}DELETE DATA {{ actor:test-group a pol:Actor }}")
    assert again.json()["removed"] == 0
    assert asks(server, "actor:test-group a pol:Actor")


def test_a_refusal_names_node_path_value_and_remedy(server: Writable) -> None:
    before = server.client.get("/health").json()["version"]
    label = "actor:second rdfs:label 'One'@en , 'Two'@en"
    refused = insert(server, f"actor:second a pol:ArmedGroup ; pol:reason 'A test.'@en . {label}")
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    (finding,) = refused.json()["findings"]
    assert finding == {
        "node": "https://w3id.org/polemos/id/actor/second",
        "path": "http://www.w3.org/2000/01/rdf-schema#label",
        "message": finding["message"],
        "severity": "Violation",
        "shape": "https://w3id.org/polemos/shapes#Label",
    }
    assert finding["message"].startswith("Give the entity an rdfs:label in English")
    assert not asks(server, "actor:second ?p ?o")
    assert server.client.get("/health").json()["version"] == before


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"],
)
def test_a_report_in_rdf(server: Writable, media_type: str) -> None:
    refused = insert(server, "event:x a pol:MissileAttack", Accept=media_type)
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith(media_type)
    format = ox.RdfFormat.from_media_type(media_type)
    assert format is not None
    store = ox.Store()
    store.load(refused.content, format)
    assert bool(
        store.query(
            f"{PREFIXES}ASK {{ ?report a sh:ValidationReport ; sh:conforms false ; sh:result"
            " [ sh:focusNode event:x ; sh:resultMessage ?m ; sh:resultPath rdfs:label ] }"
        )
    )


def test_a_slip_of_the_pen_is_refused(server: Writable) -> None:
    refused = insert(server, f"{ACTOR} ; a pol:ArmedGroop")
    assert refused.status_code == 422
    assert "Did you mean pol:ArmedGroup?" in refused.text


def test_an_entity_that_nothing_describes_is_refused(server: Writable) -> None:
    refused = insert(server, "<http://example.org/x> rdfs:seeAlso actor:nobody-knows")
    assert refused.status_code == 422
    assert "actor:nobody-knows" in refused.text


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "CLEAR GRAPH <https://w3id.org/polemos/id/graph/shapes>",
        "DELETE WHERE { GRAPH <https://w3id.org/polemos/id/graph/shapes> { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <https://w3id.org/polemos/id/graph/quality> { <a:a> <a:b> 1 } }",
        f"{PREFIXES} INSERT DATA {{ pol:Attack rdfs:label 'x' }}",
        f"{PREFIXES} DELETE WHERE {{ pol:Attack ?p ?o }}",
    ],
)
def test_what_comes_from_files_is_not_written(server: Writable, text: str) -> None:
    before = server.client.get("/health").json()["version"]
    assert server.update(text).status_code == 403
    assert server.client.get("/health").json()["version"] == before


def test_other_data_is_taken_as_it_is(server: Writable) -> None:
    put = server.client.put(
        "/rdf-graph-store?graph=http://example.org/g",
        content="<a:a> <a:b> [ <a:c> 1 ] .",
        headers={"Content-Type": "text/turtle"},
    )
    assert put.status_code == 201
    assert put.json()["added"] == 2


def test_a_build_does_not_drop_what_was_written(server: Writable) -> None:
    insert(server, "<a:a> <a:b> 'written'")
    versions = Versions(server.home)
    last, since = last_build(versions)
    assert last is not None
    assert since
    with pytest.raises(Refused, match="update by anybody"):
        build(server.home, force=True)


def test_the_log_says_who_what_when(server: Writable) -> None:
    text = f"{PREFIXES}INSERT DATA {{ <a:log> <a:b> 'ö' }}"
    version = server.update(text).json()["version"]
    entry = list(WriteLog(server.home).entries())[-1]
    assert {name: entry[name] for name in ("who", "kind", "text", "version", "outcome")} == {
        "who": "anybody",
        "kind": "update",
        "text": text,
        "version": version,
        "outcome": "published",
    }
    assert entry["bytes"] == len(text.encode())
    current = Versions(server.home).get(version)
    assert current.facts["writes"] == [entry]
    assert (server.home / "writes.jsonl").stat().st_mode & 0o777 == 0o600
