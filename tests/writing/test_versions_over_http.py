"""Versions listed, compared, asked by number and by time; many writers at once; old ones pruned."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.engine.pruning import Retention, prune
from graph.engine.versions import Version, Versions
from graph.writing.log import WriteLog
from tests.api.asking import request
from tests.api.fake_engine import FakeEngine
from tests.command.running import polemos
from tests.writing.served import Writable, writable

ALL = "SELECT ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    """Version 2 holds 1, version 3 holds 1 and 2, version 4 holds 2 and a graph."""
    with writable(tmp_path_factory.mktemp("versions")) as served:
        served.update("INSERT DATA { <a:a> <a:b> 1 }")
        served.update("INSERT DATA { <a:a> <a:b> 2 }")
        served.update(
            "DELETE DATA { <a:a> <a:b> 1 } ; INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 3 } }"
        )
        yield served


def values(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(row["o"]["value"] for row in answer.json()["results"]["bindings"])


def test_the_list(server: Writable) -> None:
    listed = server.client.get("/versions").json()["versions"]
    assert [each["version"] for each in listed] == [4, 3, 2, 1]
    assert listed[0]["parent"] == 3
    assert listed[0]["quads"] == 2
    for link in listed[0]["links"].values():
        assert httpx.get(link, params={"query": ALL} if "sparql" in link else {}).status_code == 200


def test_the_list_as_a_page(server: Writable) -> None:
    page = server.client.get("/versions", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "update by anybody" in page.text


def test_one_version(server: Writable) -> None:
    version = server.client.get("/versions/3").json()
    assert version["writes"][0]["who"] == "anybody"
    assert server.client.get("/versions/99").status_code == 404
    assert server.client.get("/versions/x").status_code == 422


def test_a_difference_as_a_patch(server: Writable) -> None:
    patch = server.client.get("/versions/2/diff/4")
    assert patch.headers["content-type"] == "application/rdf-patch"
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    lines = patch.text.splitlines()
    assert lines[0] == "TX ."
    assert sorted(lines[1:-1]) == [
        f'A <a:a> <a:b> "2"^^{integer} .',
        f'A <a:a> <a:b> "3"^^{integer} <a:g> .',
        f'D <a:a> <a:b> "1"^^{integer} .',
    ]
    assert lines[-1] == "TC ."


def test_a_difference_as_two_graphs(server: Writable) -> None:
    trig = server.client.get("/versions/2/diff/4", headers={"Accept": "application/trig"})
    quads = ox.parse(trig.content, ox.RdfFormat.TRIG, base_iri="http://example.org/")
    found = {(str(quad.graph_name), str(quad.object.value)) for quad in quads}
    assert found == {
        ("<http://example.org/#removed>", "1"),
        ("<http://example.org/#added>", "2"),
        ("<http://example.org/#added>", "3"),
    }
    assert server.client.get("/versions/2/diff/99").status_code == 404
    other = server.client.get("/versions/2/diff/4", headers={"Accept": "text/csv"})
    assert other.status_code == 406


def test_an_older_version_by_its_number(server: Writable) -> None:
    answer = server.client.get("/sparql", params={"query": ALL, "version": "2"})
    assert values(answer) == ["1"]
    created = Versions(server.home).get(2).created
    moment = datetime.fromisoformat(created)
    assert answer.headers["memento-datetime"] == format_datetime(moment, usegmt=True)
    assert 'rel="original timegate"' in answer.headers["link"]


def test_an_older_version_by_a_time(server: Writable) -> None:
    begun = datetime.fromisoformat(Versions(server.home).get(1).created) - timedelta(days=1)
    before = {"Accept-Datetime": format_datetime(begun, usegmt=True)}
    answer = server.client.get("/sparql", params={"query": ALL}, headers=before)
    assert values(answer) == []
    assert answer.headers["polemos-version"] == "1"
    assert "Accept-Datetime" in answer.headers["vary"]
    memento = answer.headers["content-location"]
    assert memento.endswith("&version=1")
    assert httpx.get(memento).content == answer.content
    now = {"Accept-Datetime": format_datetime(datetime.now(UTC), usegmt=True)}
    assert values(server.client.get("/sparql", params={"query": ALL}, headers=now)) == ["2"]
    posted = server.client.post("/sparql", data={"query": ALL}, headers=before)
    assert posted.headers["polemos-version"] == "1"
    bad = server.client.get("/sparql", params={"query": ALL}, headers={"Accept-Datetime": "soon"})
    assert bad.status_code == 400


def test_every_answer_may_differ_by_time(server: Writable) -> None:
    assert "Accept-Datetime" in server.client.get("/sparql", params={"query": ALL}).headers["vary"]


def test_a_graph_of_an_older_version(server: Writable) -> None:
    here = "/rdf-graph-store?graph=a:g"
    assert server.client.get(here).status_code == 200
    assert server.client.get(f"{here}&version=3").status_code == 404


def test_a_graph_is_changed_only_as_it_was_read(tmp_path: Path) -> None:
    with writable(tmp_path) as server:
        turtle = {"Content-Type": "text/turtle"}
        address = "/rdf-graph-store?graph=a:g"
        server.client.put(address, content="<a:a> <a:b> 1 .", headers=turtle)
        tag = server.client.get(address).headers["etag"]
        unchanged = server.client.get(address, headers={"If-None-Match": tag})
        assert unchanged.status_code == 304
        fields = {**turtle, "If-Match": tag}
        assert server.client.put(address, content="", headers=fields).status_code == 204
        assert server.client.put(address, content="", headers=fields).status_code == 412


def test_each_of_many_writers_reads_what_it_wrote(tmp_path: Path) -> None:
    def write(served: Writable, number: int) -> tuple[int, int, bool]:
        if number % 5 == 0:
            return served.update("INSERT DATA { <a:a> }").status_code, 0, True
        answer = served.update(f"INSERT DATA {{ <a:a> <a:b> {number} }}")
        read = served.ask(f"ASK {{ <a:a> <a:b> {number} }}")
        return answer.status_code, answer.json()["version"], read

    with writable(tmp_path) as server:
        with ThreadPoolExecutor(8) as threads:
            written = list(threads.map(partial(write, server), range(40)))
        versions = Versions(server.home).all()
    assert all(read for _, _, read in written)
    assert [status for status, _, _ in written] == [400 if n % 5 == 0 else 200 for n in range(40)]
    assert len(versions) < 32, "a burst of writes becomes one version"
    logged = {entry["version"] for entry in WriteLog(tmp_path).entries() if "version" in entry}
    assert logged == {version for _, version, _ in written if version}


def test_the_log_is_completed_from_the_versions(tmp_path: Path) -> None:
    with writable(tmp_path) as server:
        for number in range(3):
            server.update(f"INSERT DATA {{ <a:a> <a:b> {number} }}")
    log = WriteLog(tmp_path)
    whole = list(log.entries())
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(lines[0] + lines[1][:20])
    assert log.reconcile(Versions(tmp_path)) == 2
    assert list(log.entries()) == whole
    assert log.reconcile(Versions(tmp_path)) == 0


def made(home: Path, count: int) -> Versions:
    versions = Versions(home)
    for number in range(count):
        with versions.draft() as draft:
            draft.publish(f"made {number}")
    return versions


def test_pruning_keeps_the_newest_and_what_is_read(tmp_path: Path) -> None:
    versions = made(tmp_path, 5)
    reading = versions.get(2).read()
    assert prune(versions, Retention(newest=2)) == (1, 3)
    assert versions.numbers() == (2, 4, 5)
    assert len(reading) == 0
    assert prune(versions, Retention(newest=1, days=1)) == ()
    assert prune(versions, Retention()) == ()


def test_what_is_spent() -> None:
    now = datetime(2026, 1, 24, tzinfo=UTC)
    ages = (40, 31, 5, 0)
    versions = tuple(
        Version(Path(str(age)), n, (now - timedelta(days=age)).isoformat(), "", None, 0)
        for n, age in enumerate(ages, start=1)
    )

    def numbers(retention: Retention) -> list[int]:
        return [version.number for version in retention.spent(versions, now)]

    assert numbers(Retention(days=30)) == [1, 2]
    assert numbers(Retention(newest=3, days=30)) == [1]
    assert numbers(Retention(newest=1)) == [1, 2, 3]
    assert numbers(Retention(days=0)) == [1, 2, 3]
    assert numbers(Retention()) == []


def test_the_command_prunes(tmp_path: Path) -> None:
    made(tmp_path, 3)
    assert polemos("versions", "prune", "--home", tmp_path).code == 1
    ran = polemos("versions", "prune", "--keep", "1", "--home", tmp_path)
    assert ran.text == "2 versions deleted, 1 left.\n"


def test_where_writing_is_off() -> None:
    engine = FakeEngine()
    assert request(engine, "PUT", "/rdf-graph-store?default", content=b"").status_code == 403
    update = {"Content-Type": "application/sparql-update"}
    assert request(engine, "POST", "/sparql", content=b"", headers=update).status_code == 403


def test_a_server_starts_and_writes_wait_while_a_version_is_prepared(tmp_path: Path) -> None:
    versions = made(tmp_path, 1)
    with versions.writing(), writable(tmp_path) as server:
        answer = server.update("INSERT DATA { <a:a> <a:b> 1 }")
    assert answer.status_code == 503
    assert "Another version is being prepared" in answer.text
    assert [entry["outcome"] for entry in WriteLog(tmp_path).entries()] == ["refused"]
