"""From cells of text to rows with types; a row that cannot be taken at its word is set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from graph.sources.acled.cells import COLUMNS, read_cells
from graph.sources.acled.types import ACTORS, DISORDERS, SUB_EVENTS
from graph.sources.source import ROW_HASH, ROW_ID, Rows

TEXTS = (
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "country",
    "admin1",
    "admin2",
    "location",
    "source",
    "source_scale",
    "notes",
    "tags",
)
NUMBERS = ("time_precision", "geo_precision", "iso", "fatalities", "timestamp")
SAID = (
    "day",
    "sub_event",
    "disorders",
    "inter1",
    "inter2",
    "targeted",
    "latitude",
    "longitude",
    *NUMBERS[:-1],
    *TEXTS,
)
"""What the digest of a row is made of: timestamp tells when it was edited, and not what it says."""
NUMBER = r"^(-?\d+)(?:\.0+)?$"
FILE, ROW = "file", "row"
TWICE = "a row above has the same event_id_cnty"


def read_files(paths: Sequence[Path]) -> Rows:
    """The rows of exports, CSV or JSON; an identifier that occurs twice is taken the first time.

    Raises InvalidInput where a file is no export of ACLED.
    """
    rows = pl.concat([_typed(_numbered(path)) for path in paths])
    again = ~pl.col(ROW_ID).is_first_distinct() & pl.col("reason").is_null()
    rows = rows.with_columns(
        pl.when(again).then(pl.lit(TWICE)).otherwise(pl.col("reason")).alias("reason")
    )
    sound = rows.filter(pl.col("reason").is_null()).select(ROW_ID, *SAID, "timestamp")
    broken = rows.filter(pl.col("reason").is_not_null())
    return Rows(
        sound.with_columns(_hashes(sound.select(SAID))),
        broken.select(FILE, ROW, ROW_ID, "reason", "cells"),
    )


def _numbered(path: Path) -> pl.DataFrame:
    return read_cells(path).with_columns(pl.lit(path.name).alias(FILE)).with_row_index(ROW, 1)


def _typed(cells: pl.DataFrame) -> pl.DataFrame:
    stripped = cells.with_columns(
        pl.concat_str(pl.col(COLUMNS).fill_null(""), separator="\t").alias("cells"),
        *(_stripped(name) for name in COLUMNS),
    )
    typed = stripped.with_columns(
        pl.col("event_id_cnty").str.extract(r"^([A-Za-z0-9]+)$", 1).alias(ROW_ID),
        _day(),
        _named("sub_event_type", SUB_EVENTS).alias("sub_event"),
        _disorders().alias("disorders"),
        *(_actor_type(name).alias(name) for name in ("inter1", "inter2")),
        (pl.col("civilian_targeting").is_not_null()).alias("targeted"),
        *(_whole(name) for name in NUMBERS),
        *(
            pl.col(name).cast(pl.Float64, strict=False).round(6)
            for name in ("latitude", "longitude")
        ),
    )
    return typed.with_columns(_reason()).select(
        FILE, ROW, ROW_ID, *SAID, "timestamp", "reason", "cells"
    )


def _stripped(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _whole(name: str) -> pl.Expr:
    return pl.col(name).str.extract(NUMBER, 1).cast(pl.Int64, strict=False).alias(name)


def _day() -> pl.Expr:
    """The API writes 2026-01-24, older exports 24 January 2026."""
    text = pl.col("event_date")
    return pl.coalesce(
        text.str.to_date("%Y-%m-%d", strict=False),
        text.str.to_date("%d %B %Y", strict=False),
        text.str.to_date("%d-%B-%Y", strict=False),
    ).alias("day")


def _named(column: str, codes: dict[str, str]) -> pl.Expr:
    """The code of a name, in whatever case and with whatever spaces."""
    name = pl.col(column).str.to_lowercase().str.replace_all(r"\s+", " ")
    return name.replace_strict(codes, default=None, return_dtype=pl.String)


def _disorders() -> pl.Expr:
    """The codes of a list such as ``Political violence; Demonstrations``, joined by semicolons."""
    names = pl.col("disorder_type").str.to_lowercase().str.split(";")
    codes = names.list.eval(
        pl.element()
        .str.strip_chars()
        .replace_strict(DISORDERS, default=None, return_dtype=pl.String)
    )
    return codes.list.drop_nulls().list.join(";").replace("", None)


def _actor_type(column: str) -> pl.Expr:
    """The number of an actor type: older exports have it, newer ones its name. 0 is nobody."""
    text = pl.col(column)
    number = text.str.extract(r"^([1-8])(?:\.0+)?$", 1)
    return pl.coalesce(number, _named(column, ACTORS)).cast(pl.Int64)


def _reason() -> pl.Expr:
    """The first reason to set a row aside, null for a sound row."""
    faults = [
        (pl.col(ROW_ID).is_null(), "event_id_cnty is no identifier of letters and digits"),
        (pl.col("day").is_null(), "event_date is no date"),
        (pl.col("sub_event").is_null(), "sub_event_type is no type of ACLED"),
        (_beyond("latitude", 90), "latitude is none of -90 to 90"),
        (_beyond("longitude", 180), "longitude is none of -180 to 180"),
        (~pl.col("time_precision").is_between(1, 3), "time_precision is none of 1 to 3"),
        (~pl.col("geo_precision").is_between(1, 3), "geo_precision is none of 1 to 3"),
        (pl.col("fatalities").fill_null(0) < 0, "fatalities is below 0"),
        (pl.col("actor1").is_null(), "actor1 is missing"),
        (pl.col("location").is_null(), "location is missing"),
    ]
    return pl.coalesce(
        pl.when(fault.fill_null(True)).then(pl.lit(words)) for fault, words in faults
    ).alias("reason")


def _beyond(name: str, limit: int) -> pl.Expr:
    return pl.col(name).is_null() | pl.col(name).is_nan() | ~pl.col(name).is_between(-limit, limit)


def _hashes(rows: pl.DataFrame) -> pl.Series:
    """128 bits of the SHA-256 of each row, in hexadecimal digits."""
    said = rows.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    digests = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in said]
    return pl.Series(ROW_HASH, digests, pl.String)
