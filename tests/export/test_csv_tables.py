"""CSV: two tables, read back cell by cell, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export import Writer
from graph.export.csv_tables import (
    guarded,
    unguarded,
    write_csv,
    write_edges_csv,
    write_nodes_csv,
)
from graph.export.values import parted
from graph.network import Edge, Network, Node
from tests.export.networks import HOSTILE, SMALL, networks

EXPECTED = Path(__file__).parent / "expected"


def written(write: Writer, network: Network) -> bytes:
    stream = BytesIO()
    write(network, stream)
    return stream.getvalue()


def rows(write: Writer, network: Network) -> list[dict[str, str]]:
    text = written(write, network).decode()
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    ("write", "name"),
    [(write_nodes_csv, "small.nodes.csv"), (write_edges_csv, "small.edges.csv")],
)
def test_the_small_network(write: Writer, name: str) -> None:
    assert written(write, SMALL) == (EXPECTED / name).read_bytes()


def test_the_archive_holds_both_tables_and_is_the_same_each_time() -> None:
    archive = written(write_csv, SMALL)

    with ZipFile(BytesIO(archive)) as tables:
        assert {name: tables.read(name) for name in tables.namelist()} == {
            "nodes.csv": (EXPECTED / "small.nodes.csv").read_bytes(),
            "edges.csv": (EXPECTED / "small.edges.csv").read_bytes(),
        }
    assert archive == written(write_csv, SMALL)


@given(networks())
def test_nodes_that_go_in_come_out(network: Network) -> None:
    for node, row in zip(network.nodes, rows(write_nodes_csv, network), strict=True):
        assert (row["Id"], unguarded(row["Label"])) == (node.iri, node.label)
        assert unguarded(row["Kind"]) == node.kind
        assert (row["Start"], row["End"]) == (node.start or "", node.end or "")
        assert row["Longitude"] == ("" if node.longitude is None else str(node.longitude))
        assert unguarded(row["Wikidata"]) == (node.wikidata or "")


@given(networks())
def test_edges_that_go_in_come_out(network: Network) -> None:
    for edge, row in zip(network.edges, rows(write_edges_csv, network), strict=True):
        assert (row["Source"], row["Target"], row["Type"]) == (edge.source, edge.target, "Directed")
        assert (row["Id"], unguarded(row["Label"])) == (edge.iri, edge.label)
        assert (unguarded(row["Kind"]), float(row["Weight"])) == (edge.kind, edge.weight)
        for name, texts in (("Speakers", edge.speakers), ("Quotes", edge.quotes)):
            assert parted(unguarded(row[name])) == (texts or ("",))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_arrive_unchanged(words: str) -> None:
    nodes = (Node("urn:a", words, "Actor", attributes=(("note", words),)),)

    (row,) = rows(write_nodes_csv, Network("", nodes))

    assert (unguarded(row["Label"]), unguarded(row["note"])) == (words, words)


@pytest.mark.parametrize("formula", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "'=1"])
def test_no_text_begins_a_formula(formula: str) -> None:
    edge = Edge(
        "urn:e", "urn:a", "urn:a", formula, formula,
        claims=(formula,), speakers=(formula,), quotes=(formula,),
    )  # fmt: skip
    node = Node("urn:a", formula, formula, attributes=((formula, formula),))

    for write in (write_nodes_csv, write_edges_csv):
        table = written(write, Network(formula, (node,), (edge,))).decode()
        for row in csv.reader(StringIO(table, newline="")):
            assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


def test_numbers_stay_numbers() -> None:
    nodes = (Node("urn:a", "A", "Region", longitude=-70.5, attributes=(("change", -3),)),)

    (row,) = rows(write_nodes_csv, Network("", nodes))

    assert (row["Longitude"], row["change"]) == ("-70.5", "-3")


@given(st.text() | st.from_regex(r"'*=.*"))
def test_the_guard_can_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text
