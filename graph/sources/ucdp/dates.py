"""Dates as UCDP's files and their copies have them.

The publisher writes ``2014-01-22``, with a time of midnight in some channels. A spreadsheet makes
``1/22/2014 12:00:00 AM`` or ``02/06/2023 00:00`` of it, both in one file. Whether the month or the
day comes first shows where one of them is above 12, and one file has one order.
"""

from __future__ import annotations

import polars as pl

ISO = r"^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$"
SLASHED = r"^(\d{1,2})/(\d{1,2})/(\d{4})(?: (?:00:00(?::00)?|12:00:00 AM))?$"


def day_first(*columns: pl.Series) -> bool | None:
    """Whether the day comes first in a file's slashed dates; None where no date tells.

    Where the dates contradict each other, the order of most of them that tell.
    """
    table = pl.concat([column.alias("date") for column in columns]).to_frame()
    parts = table.select(
        pl.col("date").str.extract(SLASHED, group).cast(pl.Int32).alias(name)
        for name, group in (("first", 1), ("second", 2))
    )
    by_day = parts.filter(pl.col("first") > 12).height
    by_month = parts.filter(pl.col("second") > 12).height
    return None if by_day == by_month == 0 else by_day > by_month


def day(text: pl.Expr, is_day_first: bool | None) -> pl.Expr:
    """The date of a cell; null where it is none or could be two days."""
    first, second = (text.str.extract(SLASHED, group) for group in (1, 2))
    months, days = (second, first) if is_day_first else (first, second)
    slashed = pl.concat_str(
        [text.str.extract(SLASHED, 3), months.str.zfill(2), days.str.zfill(2)], separator="-"
    )
    if is_day_first is None:
        slashed = pl.when(first == second).then(slashed)
    return pl.coalesce(text.str.extract(ISO, 1), slashed).str.to_date("%Y-%m-%d", strict=False)
