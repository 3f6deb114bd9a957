"""CSV (RFC 4180) with the column names that Gephi's spreadsheet import knows.

A table of nodes, a table of edges, and both in one ZIP archive.

Texts that a spreadsheet would take for a formula get an apostrophe before them: the tables hold
words from articles and datasets, and who opens one with a double click must not run what somebody
said. The mark can be undone exactly, see :func:`unguarded`; for words to the letter there is RDF.
"""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO, cast

from graph.export.values import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Value,
    edge_values,
    literal,
    node_values,
    with_columns,
)
from graph.network import Network

# What Excel, LibreOffice and Google Sheets start a formula with, the full-width forms included.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

_NODE_HEAD = ("Id", "Label", *(name.capitalize() for name in NODE_COLUMNS))
_EDGE_REST = tuple(name for name in EDGE_COLUMNS if name != "predicate")
_EDGE_HEAD = (
    *("Source", "Target", "Type", "Kind", "Id", "Label", "Weight"),
    *(name.capitalize() for name in _EDGE_REST),
)


def write_csv(network: Network, stream: BinaryIO) -> None:
    """Write a ZIP archive of ``nodes.csv`` and ``edges.csv``; the stream need not be seekable."""
    tables = {"nodes.csv": write_nodes_csv, "edges.csv": write_edges_csv}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in tables.items():
            _add(archive, name, network, write)


def write_nodes_csv(network: Network, stream: BinaryIO) -> None:
    """Write the nodes, a row each, in UTF-8; attributes follow the columns all nodes have."""
    rows = csv.writer(codecs.getwriter("utf-8")(stream, "replace"))
    with with_columns(network.nodes) as (columns, nodes):
        names = (*NODE_COLUMNS, *columns)
        rows.writerow((*_NODE_HEAD, *map(guarded, columns)))
        for node in nodes:
            values = node_values(node)
            cells = (_cell(values.get(name)) for name in names)
            rows.writerow((guarded(node.iri), guarded(node.label), *cells))


def write_edges_csv(network: Network, stream: BinaryIO) -> None:
    """Write the edges, a row each, in UTF-8."""
    rows = csv.writer(codecs.getwriter("utf-8")(stream, "replace"))
    rows.writerow(_EDGE_HEAD)
    for edge in network.edges:
        values = edge_values(edge)
        ends = (guarded(edge.source), guarded(edge.target), "Directed")
        names = (guarded(edge.kind), guarded(edge.iri), guarded(edge.label))
        rest = (_cell(values.get(name)) for name in _EDGE_REST)
        rows.writerow((*ends, *names, literal(float(edge.weight)), *rest))


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'Tis")
    ("'=1+1", "''=1+1", "'Tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else literal(value)


def _add(
    archive: zipfile.ZipFile,
    name: str,
    network: Network,
    write: Callable[[Network, BinaryIO], None],
) -> None:
    # ZipInfo's own date, 1980, stays: one version of the graph gives the same bytes every time.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as table:
        write(network, cast(BinaryIO, table))
