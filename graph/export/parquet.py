"""Parquet: a table of nodes and one of edges, with the types of their columns (needs pyarrow).

Read by pandas, polars, DuckDB and Neo4j alike. Times are texts, as given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import BinaryIO

from graph.export.json_text import edge_data, node_data
from graph.export.values import EDGE_COLUMNS, NODE_COLUMNS, Value, ValueType, literal, with_columns
from graph.network import Network

_NODE_NAMES: Mapping[str, ValueType] = {"iri": "string", "label": "string"}
_EDGE_NAMES: Mapping[str, ValueType] = {
    **_NODE_NAMES,
    "source": "string",
    "target": "string",
    "weight": "double",
}
_ROWS = 10_000


def write_nodes_parquet(network: Network, stream: BinaryIO) -> None:
    """Write the nodes, a row each; attributes follow the columns all nodes have."""
    with with_columns(network.nodes) as (columns, nodes):
        rows = ({"iri": node.iri, **node_data(node)} for node in nodes)
        _write(rows, {**_NODE_NAMES, **NODE_COLUMNS, **columns}, stream)


def write_edges_parquet(network: Network, stream: BinaryIO) -> None:
    """Write the edges, a row each."""
    rows = (
        {"iri": edge.iri, "source": edge.source, "target": edge.target, **edge_data(edge)}
        for edge in network.edges
    )
    _write(rows, {**_EDGE_NAMES, **EDGE_COLUMNS}, stream)


def _write(
    rows: Iterable[Mapping[str, Value]], columns: Mapping[str, ValueType], stream: BinaryIO
) -> None:
    import pyarrow as pa  # an extra, and slow to load
    import pyarrow.parquet

    types = {"boolean": pa.bool_(), "long": pa.int64(), "double": pa.float64()}
    schema = pa.schema(
        [pa.field(name, types.get(type, pa.string())) for name, type in columns.items()]
    )
    remaining = iter(rows)
    with pa.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _ROWS)):
            data = {
                name: [_as(type, row[name]) if name in row else None for row in batch]
                for name, type in columns.items()
            }
            writer.write_table(pa.table(data, schema=schema))


def _as(type: ValueType, value: Value) -> Value:
    """A value as its column's type has it; half a character (a surrogate) becomes ``?``."""
    if type == "string":
        return literal(value).encode("utf-8", "replace").decode()
    return float(value) if type == "double" else value
