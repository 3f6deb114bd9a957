"""Two tables for ``neo4j-admin database import``, and the command that loads them.

The header dialect is that of the Neo4j operations manual, "Import", "CSV header format". Times stay
texts: one that Neo4j cannot read would stop the whole import.
"""

from __future__ import annotations

import csv
import zipfile
from typing import BinaryIO, cast

from graph.export.json_text import writer
from graph.export.values import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    ValueType,
    edge_values,
    literal,
    node_values,
    with_columns,
)
from graph.network import Network

LOAD = """\
neo4j-admin database import full neo4j --multiline-fields=true \\
  --nodes=nodes.csv --relationships=relationships.csv
"""


def write_neo4j(network: Network, stream: BinaryIO) -> None:
    """Write a ZIP archive of nodes.csv, relationships.csv and load.sh."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in (("nodes.csv", _write_nodes), ("relationships.csv", _write_edges)):
            with archive.open(_entry(name), "w", force_zip64=True) as table:
                write(network, cast(BinaryIO, table))
        archive.writestr(_entry("load.sh"), LOAD)


def _entry(name: str) -> zipfile.ZipInfo:
    # ZipInfo's own date, 1980, stays: one version of the graph gives the same bytes every time.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_nodes(network: Network, stream: BinaryIO) -> None:
    rows = csv.writer(writer(stream))
    with with_columns(network.nodes) as (columns, nodes):
        known = {**NODE_COLUMNS, **columns}
        rows.writerow(("iri:ID", "label:string", ":LABEL", *map(_head, known.items())))
        for node in nodes:
            values = node_values(node)
            cells = (literal(values[name]) if name in values else "" for name in known)
            rows.writerow((node.iri, node.label, _one(node.kind, "Thing"), *cells))


def _write_edges(network: Network, stream: BinaryIO) -> None:
    rows = csv.writer(writer(stream))
    ends = (":START_ID", ":END_ID", ":TYPE", "iri:string", "label:string", "weight:double")
    rows.writerow((*ends, *map(_head, EDGE_COLUMNS.items())))
    for edge in network.edges:
        values = edge_values(edge)
        cells = (literal(values[name]) if name in values else "" for name in EDGE_COLUMNS)
        names = (_one(edge.kind, "related"), edge.iri, edge.label, literal(float(edge.weight)))
        rows.writerow((edge.source, edge.target, *names, *cells))


def _head(column: tuple[str, ValueType]) -> str:
    """A column with its type, which Neo4j names as we do."""
    name, type = column
    return f"{name.replace(':', '_')}:{type}"


def _one(name: str, otherwise: str) -> str:
    """A label or type: never empty, and one, though it hold what parts several."""
    return name.replace(";", ",") or otherwise
