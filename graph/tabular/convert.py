"""Results in JSON to a table in a file: in this process where they are few, else in one of its own.

``python -P -m graph.tabular.convert <format> <file>`` reads them from standard input.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pyoxigraph as ox

from graph.engine.child import limit_memory
from graph.engine.question import Limits
from graph.tabular.columns import Column, Typed

BOOLEAN = "boolean"
"""The column of an ASK."""
_ROWS = 65_536


def convert(results: BinaryIO | bytes, name: str, file: Path) -> None:
    """Write results of SPARQL in JSON as a table in the format of a name."""
    table = table_of(results)
    with file.open("wb") as stream:
        _WRITERS[name](table, stream)


def table_of(results: BinaryIO | bytes) -> pa.Table:
    """The table of results in JSON: a column a variable, or one boolean."""
    found = ox.parse_query_results(results, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return pa.table({BOOLEAN: [bool(found)]})
    names = [variable.value for variable in found.variables]
    columns = [Column() for _ in names]
    for solution in found:
        for column, term in zip(columns, solution, strict=True):
            column.add(term)
    return _table(names, (column.typed() for column in columns))


def _table(names: list[str], columns: Iterable[Typed]) -> pa.Table:
    fields: list[pa.Field] = []
    arrays: list[pa.ChunkedArray] = []
    for name, column in zip(names, columns, strict=True):
        fields.append(pa.field(name, column.values.type, metadata=dict(column.metadata)))
        arrays.append(column.values)
        if column.beside is not None:
            ending, more = column.beside
            beside = _free(f"{name}_{ending}", names)
            fields.append(pa.field(beside, more.type, metadata={"of": name}))
            arrays.append(more)
    return pa.table(arrays, schema=pa.schema(fields))


def _free(name: str, names: list[str]) -> str:
    """The name, with as many ``_`` behind it as keep it apart from those of the query."""
    while name in names:
        name += "_"
    return name


def _write_parquet(table: pa.Table, stream: BinaryIO) -> None:
    pa.parquet.write_table(table, stream, compression="zstd", row_group_size=_ROWS)


def _write_arrow(table: pa.Table, stream: BinaryIO) -> None:
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table, max_chunksize=_ROWS)


_WRITERS: Mapping[str, Callable[[pa.Table, BinaryIO], None]] = {
    "parquet": _write_parquet,
    "arrow": _write_arrow,
}


def main() -> None:
    """Convert what comes on standard input."""
    name, file = sys.argv[1:]
    limit_memory(Limits().memory_bytes)
    convert(sys.stdin.buffer, name, Path(file))


if __name__ == "__main__":
    main()
