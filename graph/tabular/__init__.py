"""Results of a query as tables with types: Arrow and Parquet, for data frames and databases.

They are made from results in JSON by :mod:`graph.tabular.convert`. pyarrow is large and not needed
to serve, so it comes with the extra ``tables``; without it there are no such formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format of tables whose columns have types."""

    name: str
    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()


_FORMATS = (
    TableFormat("parquet", "application/vnd.apache.parquet", "parquet", ("application/x-parquet",)),
    TableFormat("arrow", "application/vnd.apache.arrow.stream", "arrows"),
)

TABLE_FORMATS: Mapping[str, TableFormat] = (
    {format.name: format for format in _FORMATS} if find_spec("pyarrow") else {}
)
"""The formats by name, the ones that can be made here."""
