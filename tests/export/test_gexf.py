"""GEXF: the grammar it promises, and the network that comes back from it."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given
from lxml import etree

from graph.export.gexf import write_gexf
from graph.export.values import parted
from graph.network import Edge, Network, Node
from tests.export.networks import (
    FORBIDDEN_IN_XML,
    HOSTILE,
    KYIV,
    SMALL,
    STRIKE,
    networks,
    xml_texts,
)

HERE = Path(__file__).parent
DIALECT = etree.RelaxNG(etree.parse(HERE / "gexf-dialect.rng"))
GEXF = "{http://gexf.net/1.3}"


def written(network: Network) -> bytes:
    stream = BytesIO()
    write_gexf(network, stream)
    return stream.getvalue()


def read(gexf: bytes) -> networkx.MultiDiGraph[str]:
    """What networkx reads.

    Its reader knows 1.3's namespace, but of the time formats only "date" (a KeyError otherwise);
    Gephi tells the two apart when it displays them, not when it reads.
    """
    readable = gexf.replace(b'timeformat="dateTime"', b'timeformat="date"')
    return networkx.MultiDiGraph(networkx.read_gexf(BytesIO(readable)))


def test_the_small_network() -> None:
    assert written(SMALL) == (HERE / "expected" / "small.gexf").read_bytes()


@given(networks(xml_texts))
def test_what_is_written_keeps_to_the_dialect(network: Network) -> None:
    DIALECT.assertValid(etree.fromstring(written(network)))


def test_the_published_grammar_accepts_it() -> None:
    folder = os.environ.get("GEXF_GRAMMAR")
    if folder is None:
        pytest.skip("GEXF_GRAMMAR does not name a folder with specs/1.3/*.rng of gephi/gexf")
    grammar = etree.RelaxNG(etree.parse(Path(folder) / "gexf.rng"))
    # The grammar names its namespace with www, Gephi's own exporter without.
    gexf = written(SMALL).replace(b'"http://gexf.net/', b'"http://www.gexf.net/')
    grammar.assertValid(etree.fromstring(gexf))


def test_networkx_reads_nodes_edges_and_claims() -> None:
    graph = read(written(SMALL))

    assert graph.nodes[STRIKE] == {
        "label": 'Strike on "Kyiv"',
        "kind": "Attack",
        "start": "2026-01-23T22:00:00+00:00",
        "end": "2026-01-24T04:00:00+00:00",
        "longitude": 30.5234,
        "latitude": 50.4501,
        "date precision": "Night",
        "killed": 1,
        "size_": 2.5,
        "weapon": "drone | missile",
    }
    assert [
        (data["predicate"], data["weight"]) for data in graph.get_edge_data(STRIKE, KYIV).values()
    ] == [("place", 2.0), ("target", 1.0)]
    place = graph.edges[STRIKE, KYIV, "https://w3id.org/polemos/id/edge/1"]
    assert parted(place["speakers"]) == ("Mayor", "Air Force | Ukraine")
    assert parted(place["quotes"]) == ('one fatality, "four" injuries', "=cmd() ]]> <b>")


@given(networks(xml_texts))
def test_what_goes_in_comes_out(network: Network) -> None:
    graph = read(written(network))

    assert {iri: data["label"] for iri, data in graph.nodes(data=True)} == {
        node.iri: node.label for node in network.nodes
    }
    assert {(source, target, data["id"], data["label"], data["predicate"], data["weight"])
            for source, target, data in graph.edges(data=True)} == {
        (edge.source, edge.target, edge.iri, edge.label, edge.kind, edge.weight)
        for edge in network.edges
    }  # fmt: skip
    lists = {data["id"]: lists_of(data) for *_, data in graph.edges(data=True)}
    assert lists == {
        edge.iri: [list(edge.claims), list(edge.speakers), list(edge.quotes)]
        for edge in network.edges
    }


def lists_of(data: dict[str, Any]) -> list[list[str]]:
    return [
        list(parted(data[name])) if name in data else []
        for name in ("claims", "speakers", "quotes")
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_arrive_unchanged(words: str) -> None:
    graph = read(written(Network(words, (Node("urn:a", words, words),))))

    assert graph.nodes["urn:a"] == {"label": words, "kind": words}


def test_characters_that_xml_forbids_are_left_out() -> None:
    graph = read(written(Network("", (Node("urn:a", f"a{FORBIDDEN_IN_XML}b", "Actor"),))))

    assert graph.nodes["urn:a"]["label"] == "ab"


@pytest.mark.parametrize(
    ("start", "end", "interval"),
    [
        ("2026-01-24T00:00:00Z", None, {"start": "2026-01-24T00:00:00+00:00"}),
        (None, "2026-01-24T01:00:00+02:00", {"end": "2026-01-23T23:00:00+00:00"}),
        ("2026-01-24T10:00+00:00", None, {"start": "2026-01-24T10:00:00+00:00"}),
        ("2026-01-25T00:00:00Z", "2026-01-24T00:00:00Z", {}),
        ("2026", None, {}),
        ("2026-01-24T00:00:00", None, {}),
        ("-0044-03-15T00:00:00Z", None, {}),
        ("0001-01-01T00:00:00+14:00", None, {}),
    ],
)
def test_only_what_is_an_interval_stands_on_the_time_line(
    start: str | None, end: str | None, interval: dict[str, str]
) -> None:
    node, edge = elements(Network("", (Node("urn:a", "", "", start, end),), (
        Edge("urn:e", "urn:a", "urn:a", "", "", start, end),
    )))  # fmt: skip

    for element in (node, edge):
        bounds = {name: element.get(name) for name in ("start", "end")}
        assert {name: bound for name, bound in bounds.items() if bound is not None} == interval
        columns = {
            value.get("for"): value.get("value") for value in element.iter(f"{GEXF}attvalue")
        }
        assert (columns.get("start"), columns.get("end")) == (start, end)


def elements(network: Network) -> list[etree._Element]:
    root = etree.fromstring(written(network))
    return [*root.iter(f"{GEXF}node"), *root.iter(f"{GEXF}edge")]
