"""Parquet: a table of nodes and one of edges, with the types of their columns (needs pyarrow).

Read by pandas, polars, DuckDB and Neo4j alike. Times are texts, as given; GeoParquet has them as
times in UTC as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import BinaryIO, TypeAlias

from graph.export.geojson import position
from graph.export.json_text import edge_data, node_data
from graph.export.moments import utc
from graph.export.values import EDGE_COLUMNS, NODE_COLUMNS, Value, ValueType, literal, with_columns
from graph.network import Network, Node

Cell: TypeAlias = Value | datetime | bytes
ColumnType: TypeAlias = ValueType | str
"""The type of a value, ``point`` (WKB) or ``moment`` (a time in UTC)."""

_NODE_NAMES: Mapping[str, ColumnType] = {"iri": "string", "label": "string"}
_EDGE_NAMES: Mapping[str, ColumnType] = {
    **_NODE_NAMES,
    "source": "string",
    "target": "string",
    "weight": "double",
}
_PLACE_AND_TIME: Mapping[str, ColumnType] = {
    "start_utc": "moment",
    "end_utc": "moment",
    "geometry": "point",
}
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
"""The metadata of GeoParquet 1.1; without ``crs`` it is OGC:CRS84, longitude first."""
_ROWS = 10_000


def write_nodes_parquet(network: Network, stream: BinaryIO) -> None:
    """Write the nodes, a row each; attributes follow the columns all nodes have."""
    with with_columns(network.nodes) as (columns, nodes):
        rows = ({"iri": node.iri, **node_data(node)} for node in nodes)
        _write(rows, {**_NODE_NAMES, **NODE_COLUMNS, **columns}, stream)


def write_geoparquet(network: Network, stream: BinaryIO) -> None:
    """Write the nodes as GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/), a point each.

    A node without a position has no geometry; a time that cannot stand in UTC is left out of the
    columns of time, and stays a text in ``start`` or ``end``.
    """
    with with_columns(network.nodes) as (columns, nodes):
        named = {**_NODE_NAMES, **NODE_COLUMNS, **columns, **_PLACE_AND_TIME}
        _write(_placed(nodes), named, stream, {"geo": json.dumps(_GEO)})


def _placed(nodes: Iterable[Node]) -> Iterator[Mapping[str, Cell]]:
    from shapely import Point, to_wkb

    for node in nodes:
        at = position(node)
        cells = {
            "start_utc": utc(node.start),
            "end_utc": utc(node.end),
            "geometry": to_wkb(Point(at)) if at is not None else None,
        }
        known = {name: cell for name, cell in cells.items() if cell is not None}
        yield {"iri": node.iri, **node_data(node), **known}


def write_edges_parquet(network: Network, stream: BinaryIO) -> None:
    """Write the edges, a row each."""
    rows = (
        {"iri": edge.iri, "source": edge.source, "target": edge.target, **edge_data(edge)}
        for edge in network.edges
    )
    _write(rows, {**_EDGE_NAMES, **EDGE_COLUMNS}, stream)


def _write(
    rows: Iterable[Mapping[str, Cell]],
    columns: Mapping[str, ColumnType],
    stream: BinaryIO,
    metadata: Mapping[str, str] | None = None,
) -> None:
    import pyarrow as pa  # an extra, and slow to load
    import pyarrow.parquet

    types = {
        "boolean": pa.bool_(),
        "long": pa.int64(),
        "double": pa.float64(),
        "point": pa.binary(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    schema = pa.schema(
        [pa.field(name, types.get(type, pa.string())) for name, type in columns.items()],
        metadata=metadata,
    )
    remaining = iter(rows)
    with pa.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _ROWS)):
            data = {
                name: [_as(type, row[name]) if name in row else None for row in batch]
                for name, type in columns.items()
            }
            writer.write_table(pa.table(data, schema=schema))


def _as(type: ColumnType, cell: Cell) -> Cell:
    """A value as its column's type has it; half a character (a surrogate) becomes ``?``."""
    if isinstance(cell, datetime | bytes):
        return cell
    if type == "string":
        return literal(cell).encode("utf-8", "replace").decode()
    return float(cell) if type == "double" else cell
