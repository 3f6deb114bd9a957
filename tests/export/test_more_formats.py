"""The formats beside GEXF, GraphML, GeoJSON and CSV, each read back by a reader that is not ours.

What is read is compared in meaning: which nodes, which edges between which of them, which words.
"""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZipFile

import duckdb
import networkx
import polars
import pydot
import pyogrio
import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from lxml import etree
from ndex2.cx2 import RawCX2NetworkFactory

from graph.export import NETWORK_EXPORTS, RDF_EXPORTS
from graph.export.values import edge_values, node_values
from graph.network import Edge, Network, Node
from graph.vocabulary import PREFIXES
from tests.export.networks import HOSTILE, KYIV, SMALL, STRIKE, networks, xml_texts
from tests.queries.article_graph import article_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot.*")

Meaning = tuple[dict[str, str], list[tuple[str, str, str, str]]]


def written(name: str, network: Network = SMALL) -> bytes:
    stream = BytesIO()
    NETWORK_EXPORTS[name].write(network, stream)
    return stream.getvalue()


def document(name: str, network: Network = SMALL) -> Any:
    return json.loads(written(name, network))


def meaning(network: Network) -> Meaning:
    """The nodes' labels by IRI, and of each edge its IRI, ends and label."""
    nodes = {node.iri: node.label for node in network.nodes}
    return nodes, sorted((e.iri, e.source, e.target, e.label) for e in network.edges)


def with_words(words: str) -> Network:
    """A network that holds the words wherever words may stand."""
    node = Node(
        "urn:a", words, words or "Thing", "2026-01-24T00:00:00Z", longitude=1.0, latitude=2.0
    )
    edge = Edge("urn:e", "urn:a", "urn:a", words, words, claims=("urn:c",), speakers=(words,))
    noted = Node("urn:b", words, "Region", attributes=(("note", words),))
    return Network(words, (node, noted), (edge,))


def read_cyjs(network: Network) -> Meaning:
    graph = networkx.cytoscape_graph({"directed": True, "multigraph": True, **cyjs(network)})
    nodes = {id: data["label"] for id, data in graph.nodes(data=True)}
    edges = [(e["id"], s, t, e["label"]) for s, t, e in graph.edges(data=True)]
    return nodes, sorted(edges)


def cyjs(network: Network) -> dict[str, Any]:
    """As networkx wants it: the network's data as pairs, a value a node, a key an edge."""
    found: dict[str, Any] = document("cyjs", network)
    for node in found["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]
    for number, edge in enumerate(found["elements"]["edges"]):
        edge["data"]["key"] = number
    return {**found, "data": list(found["data"].items())}


def read_d3(network: Network) -> Meaning:
    graph: Any = networkx.node_link_graph(document("d3", network), edges="links")
    nodes = {id: data["label"] for id, data in graph.nodes(data=True)}
    edges = graph.edges(data=True, keys=True)
    return nodes, sorted((key, s, t, data["label"]) for s, t, key, data in edges)


def read_graphology(network: Network) -> Meaning:
    found = document("graphology", network)
    assert found["options"] == {"type": "directed", "multi": True, "allowSelfLoops": True}
    nodes = {node["key"]: node["attributes"]["label"] for node in found["nodes"]}
    edges = [(e["key"], e["source"], e["target"], e["attributes"]["label"]) for e in found["edges"]]
    return nodes, sorted(edges)


def read_cx2(network: Network) -> Meaning:
    found = RawCX2NetworkFactory().get_cx2network(document("cx2", network))
    nodes = {node["v"]["iri"]: node["v"]["label"] for node in found.get_nodes().values()}
    iris = {id: node["v"]["iri"] for id, node in found.get_nodes().items()}
    edges = [
        (edge["v"]["iri"], iris[edge["s"]], iris[edge["t"]], edge["v"]["label"])
        for edge in found.get_edges().values()
    ]
    return nodes, sorted(edges)


def read_parquet(network: Network) -> Meaning:
    nodes = polars.read_parquet(BytesIO(written("nodes-parquet", network)))
    edges = polars.read_parquet(BytesIO(written("edges-parquet", network)))
    return (
        dict(nodes.select("iri", "label").iter_rows()),
        sorted(edges.select("iri", "source", "target", "label").iter_rows()),
    )


def read_geopackage(network: Network) -> Meaning:
    with NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(written("geopackage", network))
        file.flush()
        nodes = pyogrio.read_dataframe(file.name, layer="nodes", read_geometry=False)
        edges = pyogrio.read_dataframe(file.name, layer="edges")
    labels = zip(nodes["iri"], nodes["label"], strict=True)
    rows = edges[["iri", "source", "target", "label"]].itertuples(index=False, name=None)
    return dict(labels), sorted(rows)


READERS = {
    "geopackage": read_geopackage,
    "cyjs": read_cyjs,
    "d3": read_d3,
    "graphology": read_graphology,
    "cx2": read_cx2,
    "nodes-parquet": read_parquet,
}


@pytest.mark.parametrize("name", READERS)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(network=networks())
def test_any_network_comes_back(name: str, network: Network) -> None:
    read, told = READERS[name](network), meaning(network)

    assert read == (_without_nul(told) if name == "geopackage" else told)


def _without_nul(told: Meaning) -> Meaning:
    """What GeoPackage keeps of texts."""
    nodes, edges = told
    return (
        {iri: label.replace("\0", "") for iri, label in nodes.items()},
        [(iri, source, target, label.replace("\0", "")) for iri, source, target, label in edges],
    )


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("name", READERS)
def test_hostile_words_come_back(name: str, words: str) -> None:
    assert READERS[name](with_words(words)) == meaning(with_words(words))


def test_what_is_known_of_nodes_and_edges_comes_back_from_cytoscape() -> None:
    elements = document("cyjs")["elements"]

    for node, read in zip(SMALL.nodes, elements["nodes"], strict=True):
        assert node_values(node).items() <= read["data"].items()
    for edge, read in zip(SMALL.edges, elements["edges"], strict=True):
        assert edge_values(edge).items() <= read["data"].items()
        assert read["data"]["interaction"] == edge.kind


def test_cx2_declares_the_type_of_each_attribute() -> None:
    found = RawCX2NetworkFactory().get_cx2network(document("cx2"))

    assert found.get_attribute_declarations()["nodes"]["killed"]["d"] == "long"
    assert found.get_attribute_declarations()["edges"]["weight"]["d"] == "double"
    (strike,) = (n["v"] for n in found.get_nodes().values() if n["v"]["iri"] == STRIKE)
    assert strike["killed"] == 1
    assert found.get_name() == SMALL.title


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    file = tmp_path / "nodes.parquet"
    file.write_bytes(written("nodes-parquet"))

    found = duckdb.sql(f"DESCRIBE SELECT killed, longitude, \"in office\", label FROM '{file}'")

    assert found is not None
    assert [row[1] for row in found.fetchall()] == ["BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR"]


def test_neo4j_gets_tables_with_typed_heads_and_a_command(tmp_path: Path) -> None:
    with ZipFile(BytesIO(written("neo4j"))) as archive:
        archive.extractall(tmp_path)

    nodes = rows(tmp_path / "nodes.csv")
    edges = rows(tmp_path / "relationships.csv")
    assert {node["iri:ID"]: node["label:string"] for node in nodes} == meaning(SMALL)[0]
    assert (nodes[0][":LABEL"], nodes[0]["killed:long"]) == ("Attack", "1")
    assert (
        sorted((e["iri:string"], e[":START_ID"], e[":END_ID"], e["label:string"]) for e in edges)
        == meaning(SMALL)[1]
    )
    assert [edge[":TYPE"] for edge in edges] == ["place", "target", "reported"]
    assert "--nodes=nodes.csv --relationships=relationships.csv" in (
        tmp_path / "load.sh"
    ).read_text("utf-8")


@pytest.mark.parametrize("words", [words for words in HOSTILE if words])
def test_hostile_words_come_back_from_neo4j_s_tables(words: str, tmp_path: Path) -> None:
    with ZipFile(BytesIO(written("neo4j", with_words(words)))) as archive:
        archive.extractall(tmp_path)

    node, _ = rows(tmp_path / "nodes.csv")

    assert node["label:string"] == words


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table as DuckDB reads CSV, every cell a text."""
    found = duckdb.sql(
        f"SELECT * FROM read_csv('{file}', header=true, all_varchar=true, delim=',', quote='\"',"
        " escape='\"', strict_mode=false)"
    )
    assert found is not None
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_from_dot(words: str) -> None:
    (graph,) = pydot.graph_from_dot_data(written("dot", with_words(words)).decode()) or []

    labels = [unquoted(node.get("label")) for node in graph.get_nodes()]
    assert labels == [words, words]
    (edge,) = graph.get_edges()
    assert unquoted(edge.get("label")) == words
    assert (unquoted(edge.get_source()), unquoted(edge.get_destination())) == ("urn:a", "urn:a")


def unquoted(text: object) -> str:
    return re.sub(r"\\([\\\"])", r"\1", str(text)[1:-1])


@given(xml_texts)
def test_any_word_comes_back_from_kml(words: str) -> None:
    document = etree.fromstring(written("kml", with_words(words)))

    (placemark,) = document.iter("{*}Placemark")
    assert (placemark.findtext("{*}name") or "") == words
    assert placemark.findtext("{*}Point/{*}coordinates") == "1.0,2.0"


def test_kml_has_times_and_positions() -> None:
    places = list(etree.fromstring(written("kml")).iter("{*}Placemark"))

    data = {d.get("name"): d.findtext("{*}value") for d in places[0].iter("{*}Data")}
    assert [place.findtext("{*}TimeSpan/{*}begin") for place in places] == [
        "2026-01-24T00:00:00+02:00",
        None,
    ]
    assert (data["iri"], data["killed"], data["date precision"]) == (STRIKE, "1", "Night")
    assert places[1].findtext("{*}ExtendedData/{*}Data/{*}value") == KYIV


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_no_html_on_a_timeline(words: str) -> None:
    (slide,) = document("timelinejs", with_words(words))["events"]

    assert "<" not in slide["text"]["headline"]
    assert html.unescape(slide["text"]["headline"]) == words


def test_a_timeline_has_dates_in_utc() -> None:
    (slide,) = document("timelinejs")["events"]

    assert slide["unique_id"] == STRIKE
    assert slide["start_date"] == dict(
        zip(
            ("year", "month", "day", "hour", "minute", "second"),
            (2026, 1, 23, 22, 0, 0),
            strict=True,
        )
    )
    assert slide["end_date"]["day"] == 24


def test_compressed_quads_are_the_quads() -> None:
    graph, stream = article_graph(), BytesIO()

    RDF_EXPORTS["nquads-zst"].write(graph.dump, stream, PREFIXES)

    plain = zstandard.ZstdDecompressor().stream_reader(stream.getvalue()).read()
    assert set(ox.parse(plain, ox.RdfFormat.N_QUADS)) == set(graph.quads())
