"""GraphML: what each of its readers looks for, and the network that comes back from it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from lxml import etree

from graph.export.graphml import write_graphml
from graph.export.values import parted
from graph.network import Network, Node
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
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
YED = "{http://www.yworks.com/xml/graphml}"


def written(network: Network) -> bytes:
    stream = BytesIO()
    write_graphml(network, stream)
    return stream.getvalue()


def read(network: Network) -> networkx.MultiDiGraph[str]:
    return networkx.MultiDiGraph(
        networkx.read_graphml(BytesIO(written(network)), force_multigraph=True)
    )


def test_the_small_network() -> None:
    assert written(SMALL) == (HERE / "expected" / "small.graphml").read_bytes()


def test_networkx_reads_nodes_edges_and_claims() -> None:
    graph = read(SMALL)

    assert graph.nodes[KYIV] == {
        "label": "Київ",
        "name": "Київ",
        "iri": KYIV,
        "kind": "Region",
        "longitude": 30.5234,
        "latitude": 50.4501,
        "wikidata": "Q1899",
    }
    assert graph.nodes[STRIKE]["killed"] == 1
    assert [data["interaction"] for data in graph.get_edge_data(STRIKE, KYIV).values()] == [
        "place",
        "target",
    ]
    place = graph.edges[STRIKE, KYIV, "https://w3id.org/polemos/id/edge/1"]
    assert parted(place["speakers"]) == ("Mayor", "Air Force | Ukraine")
    assert parted(place["quotes"]) == ('one fatality, "four" injuries', "=cmd() ]]> <b>")


@given(networks(xml_texts))
def test_what_goes_in_comes_out(network: Network) -> None:
    graph = read(network)

    assert {
        iri: (data["name"], data["kind"], data.get("start"), data.get("end"), data.get("wikidata"))
        for iri, data in graph.nodes(data=True)
    } == {
        node.iri: (node.label, node.kind, node.start, node.end, node.wikidata)
        for node in network.nodes
    }
    assert {
        key: (source, target, data["name"], data["interaction"], data["weight"], data.get("end"))
        for source, target, key, data in graph.edges(keys=True, data=True)
    } == {
        edge.iri: (edge.source, edge.target, edge.label, edge.kind, edge.weight, edge.end)
        for edge in network.edges
    }
    for edge in network.edges:
        data = graph.edges[edge.source, edge.target, edge.iri]
        for name, texts in (("claims", edge.claims), ("quotes", edge.quotes)):
            assert parted(data.get(name, "")) == (texts or ("",))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_arrive_unchanged(words: str) -> None:
    data = read(Network(words, (Node("urn:a", words, words),))).nodes["urn:a"]

    assert (data["name"], data["kind"]) == (words, words)
    # The label of yEd comes last; networkx reads an empty one as None.
    assert (data["label"] or "") == words


def test_characters_that_xml_forbids_are_left_out() -> None:
    graph = read(Network("", (Node("urn:a", f"a{FORBIDDEN_IN_XML}b", "Actor"),)))

    assert graph.nodes["urn:a"]["label"] == "ab"


def test_key_ids_are_unique_and_none_is_taken_for_a_label_of_yed() -> None:
    keys = [key.get("id") for key in etree.fromstring(written(SMALL)).iter(f"{GRAPHML}key")]

    assert len(keys) == len(set(keys))
    assert not {"d3", "d7"} & set(keys)


def test_graphics_for_yed_come_after_all_that_cytoscape_reads() -> None:
    root = etree.fromstring(written(SMALL))

    for element in (*root.iter(f"{GRAPHML}node"), *root.iter(f"{GRAPHML}edge")):
        *plain, last = element.iter(f"{GRAPHML}data")
        assert all(len(data) == 0 for data in plain)
        assert last[0].tag in (f"{YED}ShapeNode", f"{YED}PolyLineEdge")


def test_an_attribute_never_takes_a_name_that_a_reader_has_a_use_for() -> None:
    node = Node("urn:a", "A", "Actor", attributes=(("label", "other"), ("X", 1), ("r", 2)))

    data = read(Network("", (node,))).nodes["urn:a"]

    assert (data["label"], data["label_"], data["X_"], data["r_"]) == ("A", "other", 1, 2)
