"""GeoPackage 1.4 (OGC 12-128r19): nodes as a layer of points, edges as a table beside it.

An SQLite file, made in a temporary file and then copied, for SQLite writes where it likes.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeAlias

from graph.export.geojson import position
from graph.export.json_text import edge_data, node_data
from graph.export.moments import utc
from graph.export.values import EDGE_COLUMNS, NODE_COLUMNS, Value, ValueType, literal, with_columns
from graph.network import Edge, Network, Node

Cell: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = Mapping[str, Cell]

_SCHEMA = Path(__file__).with_name("geopackage.sql")
_TYPES: Mapping[ValueType, str] = {
    "boolean": "BOOLEAN",
    "long": "INTEGER",
    "double": "DOUBLE",
    "string": "TEXT",
}
_NODES = {"fid": "INTEGER PRIMARY KEY", "geom": "POINT", "iri": "TEXT", "label": "TEXT"}
_TIMES = {"start_utc": "DATETIME", "end_utc": "DATETIME"}
_EDGES = {
    **{"fid": "INTEGER PRIMARY KEY", "iri": "TEXT", "source": "TEXT", "target": "TEXT"},
    **{"label": "TEXT", "weight": "DOUBLE"},
}
_HEAD = struct.pack("<2sBBi", b"GP", 0, 1, 4326)  # version, little-endian without envelope, SRS


def write_geopackage(network: Network, stream: BinaryIO) -> None:
    """Write the nodes as points (without one where there is no position) and the edges as rows.

    ``start_utc`` and ``end_utc`` are times for a map's time line; what is none stays a text in
    ``start`` or ``end``. NUL, at which readers end a text, is left out.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "network.gpkg"
        with closing(sqlite3.connect(file, isolation_level=None)) as made:
            made.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            made.executescript(_SCHEMA.read_text(encoding="utf-8"))
            made.execute("BEGIN")
            with with_columns(network.nodes) as (columns, nodes):
                kinds = {**NODE_COLUMNS, **columns}
                names = {**_NODES, **{n: _TYPES[t] for n, t in kinds.items()}, **_TIMES}
                _fill(made, "nodes", names, (_node(node, kinds) for node in nodes))
            edges = {**_EDGES, **{name: "TEXT" for name in EDGE_COLUMNS}}
            _fill(made, "edges", edges, map(_edge, network.edges))
            made.execute("COMMIT")
        with file.open("rb") as written:
            shutil.copyfileobj(written, stream)


def _fill(
    made: sqlite3.Connection, table: str, columns: Mapping[str, str], rows: Iterable[Row]
) -> None:
    """Make a table and write its rows, each with its number."""
    heads = zip(_distinct(columns), columns.values(), strict=True)
    made.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {type}' for name, type in heads)})")
    places = ", ".join("?" * len(columns))
    made.executemany(
        f"INSERT INTO {table} VALUES ({places})",
        (
            [number, *(row.get(name) for name in list(columns)[1:])]
            for number, row in enumerate(rows, 1)
        ),
    )


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Names as SQL quotes them; SQLite takes “Side” and “side” for one, so one gets a ``_``."""
    taken: set[str] = set()
    for name in names:
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        yield '"' + _text(name).replace('"', '""') + '"'


def _node(node: Node, types: Mapping[str, ValueType]) -> Row:
    known = node_data(node)
    label = known.pop("label")
    values = {name: _as(types[name], value) for name, value in known.items()}
    times = {"start_utc": _time(utc(node.start)), "end_utc": _time(utc(node.end))}
    return {**values, **times, "iri": _text(node.iri), "label": _text(label), "geom": _blob(node)}


def _edge(edge: Edge) -> Row:
    ends = {"iri": edge.iri, "source": edge.source, "target": edge.target}
    known = {name: _text(value) for name, value in {**ends, **edge_data(edge)}.items()}
    return {**known, "weight": float(edge.weight)}


def _as(type: ValueType, value: Value) -> Cell:
    if type == "string":
        return _text(value)
    return float(value) if type == "double" else int(value)


def _text(value: Value) -> str:
    """A value as text; half a character (a surrogate) becomes ``?``."""
    return literal(value).replace("\0", "").encode("utf-8", "replace").decode()


def _time(at: datetime | None) -> str | None:
    """A time as GeoPackage writes it (table 1, DATETIME), to the millisecond."""
    if at is None:
        return None
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _blob(node: Node) -> bytes | None:
    """A point as GeoPackage writes it (2.1.3.1): a head of its own, then WKB."""
    from shapely import Point, to_wkb

    at = position(node)
    return None if at is None else _HEAD + to_wkb(Point(at), byte_order=1)
