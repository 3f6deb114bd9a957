"""Exports over HTTP: the list, whole networks and neighbourhoods, and clients that go away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import httpx
import networkx
import pyoxigraph as ox
import pytest

from api.exports.process import Exports
from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from graph.errors import LimitReached, NotFound
from graph.export import EXPORTS, NETWORK_EXPORTS, RDF_EXPORTS, TREE_EXPORTS
from graph.exporting import Order, View
from graph.networks import network
from graph.networks.neighbourhood import Neighbourhood
from graph.vocabulary import ID
from tests.api.asking import get
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served, serving
from tests.queries.article_graph import article_graph

MEMORY = 2 * 1024**3


@pytest.fixture(scope="module")
def site(built_home: Path) -> Iterator[Served]:
    with serving(Pool(Versions(built_home), workers=1), Settings()) as server:
        yield server


def contents(data: bytes) -> dict[str, bytes]:
    """The files of an archive, whose own bytes depend on what it is written to; else the data."""
    if not is_zipfile(BytesIO(data)):
        return {"": data}
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def order(home: Path, format: str, view: View) -> Order:
    version = Versions(home).current()
    assert version is not None
    return Order(str(version.store), format, view, MEMORY)


def test_the_list_has_every_format_with_what_it_loses() -> None:
    listed = get(FakeEngine(), "/exports").json()

    assert [one["name"] for one in listed["formats"]] == list(EXPORTS)
    assert all(one["loses"] for one in listed["formats"])
    assert [one["name"] for one in listed["networks"]] == ["actors", "events"]


def test_a_browser_gets_the_list_as_a_page() -> None:
    answer = get(FakeEngine(), "/exports", headers={"Accept": "text/html"})

    assert 'exports/gexf?network=actors"' in answer.text


@pytest.mark.parametrize("name", NETWORK_EXPORTS)
def test_a_network_over_http_is_the_one_written_here(
    name: str, site: Served, built_home: Path
) -> None:
    answer = httpx.get(f"{site.address}/exports/{name}?network=actors", timeout=60)

    version = Versions(built_home).current()
    assert version is not None
    stream = BytesIO()
    NETWORK_EXPORTS[name].write(network(version.read().select, "actors"), stream)
    assert contents(answer.content) == contents(stream.getvalue())
    assert answer.headers["content-type"].startswith(EXPORTS[name].media_type)
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="polemos-actors-v1.{EXPORTS[name].suffix}"'
    )


def test_the_whole_graph_over_http(site: Served, built_home: Path) -> None:
    answer = httpx.get(f"{site.address}/exports/nquads", timeout=60)

    version = Versions(built_home).current()
    assert version is not None
    assert len(list(ox.parse(answer.content, ox.RdfFormat.N_QUADS))) == version.quads


def test_what_is_near_to_an_entity(site: Served) -> None:
    answer = httpx.get(f"{site.address}/exports/graphml?about=region:kyiv&depth=1", timeout=60)

    graph = networkx.parse_graphml(answer.text, force_multigraph=True)
    pairs = [edge[:2] for edge in graph.edges]
    assert pairs
    assert all(f"{ID}region/kyiv" in pair for pair in pairs)


def test_the_answer_to_a_canned_query(site: Served) -> None:
    address = f"{site.address}/exports/graphml?canned=network-of-actors&actor=actor:russia"
    answer = httpx.get(address, timeout=60)

    graph = networkx.parse_graphml(answer.text, force_multigraph=True)
    assert all(f"{ID}actor/russia" in edge[:2] for edge in graph.edges)
    assert (
        'filename="polemos-network-of-actors-v1.graphml"' in (answer.headers["content-disposition"])
    )


def test_the_answer_to_a_query_of_one_s_own(site: Served) -> None:
    query = f"DESCRIBE <{ID}region/kyiv>"
    answer = httpx.get(f"{site.address}/exports/turtle", params={"query": query}, timeout=60)

    subjects = {quad.subject for quad in ox.parse(answer.content, ox.RdfFormat.TURTLE)}
    assert subjects == {ox.NamedNode(f"{ID}region/kyiv")}


def test_who_has_the_export_is_told_so(site: Served) -> None:
    address = f"{site.address}/exports/geojson"
    tag = httpx.get(address, timeout=60).headers["etag"].replace("+gzip", "")

    assert httpx.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/exports/gefx", 404, "gexf"),
        ("/exports/gexf?network=people", 400, "actors or events"),
        ("/exports/turtle?network=actors", 400, "takes no network"),
        ("/exports/gexf?about=kyiv", 400, "region:kyiv"),
        ("/exports/gexf?about=region:atlantis", 404, "has nothing about"),
        ("/exports/gexf?depth=9", 422, "depth"),
        ("/exports/gexf?version=99", 404, "99"),
        ("/exports/gexf?language=%3Cb%3E", 400, "language"),
        ("/exports/gexf?time=loaded", 400, "happened or reported"),
        ("/exports/turtle?time=reported", 400, "takes no network"),
        ("/exports/gexf?canned=network-of-actor", 404, "network-of-actors"),
        ("/exports/gexf?canned=network-of-actors&actr=actor:russia", 400, "actr"),
        ("/exports/gexf?canned=network-of-actors&network=actors", 400, "leave out"),
        ("/exports/gexf?canned=timeline&query=ASK%7B%7D", 400, "not both"),
        ("/exports/gexf?query=SELECT%20*%20%7B", 400, "line 1"),
        ("/exports/gexf?query=ASK%7B%7D", 400, "not a SELECT"),
        ("/exports/jsonld-events?query=ASK%7B%7D", 400, "takes no query"),
        ("/exports/gexf?query=SELECT%20*" + "%7B" * 3000, 400, ""),
    ],
)
def test_what_cannot_be_exported_is_told(
    site: Served, address: str, status: int, said: str
) -> None:
    answer = httpx.get(f"{site.address}{address}", timeout=60)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.parametrize("mode", ["actors", "events"])
@pytest.mark.parametrize("name", ["event/2026-01-24-assault", "actor/russia", "region/kyiv"])
def test_a_neighbourhood_has_the_edges_of_the_whole_network(mode: str, name: str) -> None:
    about, select = f"{ID}{name}", article_graph().select
    whole = {edge.iri: edge for edge in network(select, mode).edges}

    near = {e.iri: e for e in network(select, mode, place=Neighbourhood(about)).edges}

    assert near == {
        iri: edge
        for iri, edge in whole.items()
        if about in (edge.source, edge.target) or iri.startswith(f"{about}#")
    }


def test_two_edges_away_are_the_edges_of_the_neighbours() -> None:
    about, select = f"{ID}region/kyiv", article_graph().select
    one = network(select, "events", place=Neighbourhood(about, 1))
    ends = {end for edge in one.edges for end in (edge.source, edge.target)}
    whole = network(select, "events").edges

    two = network(select, "events", place=Neighbourhood(about, 2))

    assert {edge.iri for edge in two.edges} == {
        edge.iri
        for edge in whole
        if {edge.source, edge.target} & ends or edge.iri.partition("#")[0] in ends
    }
    nodes = {node.iri for node in two.nodes}
    assert nodes == {end for edge in two.edges for end in (edge.source, edge.target)}


def test_an_entity_that_nobody_knows_is_told() -> None:
    with pytest.raises(NotFound, match="nothing about"):
        network(article_graph().select, "events", place=Neighbourhood(f"{ID}region/atlantis"))


def test_a_client_that_goes_away_ends_the_writing(built_home: Path) -> None:
    async def leave() -> tuple[int, int]:
        exports = Exports()
        written = await exports.begin(order(built_home, "nquads", View()))
        await anext(written)
        during = len(exports)
        await written.aclose()
        return during, len(exports)

    assert asyncio.run(leave()) == (1, 0)


def test_no_more_than_so_many_at_once_and_no_longer_than_so_long(built_home: Path) -> None:
    async def crowd() -> None:
        exports = Exports(at_once=1)
        written = await exports.begin(order(built_home, "nquads", View()))
        with pytest.raises(LimitReached, match="at once"):
            await exports.begin(order(built_home, "nquads", View()))
        await written.aclose()

    async def hurry() -> None:
        exports = Exports(seconds=0.0)
        written = await exports.begin(order(built_home, "gexf", View()))
        with pytest.raises(LimitReached, match="took longer"):
            await anext(written)
        await written.aclose()

    asyncio.run(crowd())
    asyncio.run(hurry())


def test_every_format_is_of_a_network_of_quads_or_of_trees() -> None:
    assert set(RDF_EXPORTS) | set(NETWORK_EXPORTS) | set(TREE_EXPORTS) == set(EXPORTS)
