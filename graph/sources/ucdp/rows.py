"""From cells of text to rows with types; a row that cannot be taken at its word is set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from graph.errors import InvalidInput
from graph.sources.files import AT_ONCE, OVERLONG, ROW, Make, read_table, unpacked
from graph.sources.source import ROW_HASH, ROW_ID, Rows
from graph.sources.ucdp import articles, dates
from graph.sources.ucdp.pages import read_pages

_COLUMNS = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
"""
COLUMNS = tuple(_COLUMNS.split())
"""The 49 columns in their order since 17.1; best, high, low stand in this order."""
_NUMBERS = """
type_of_violence conflict_new_id dyad_new_id side_a_new_id side_b_new_id number_of_sources
where_prec country_id event_clarity date_prec deaths_a deaths_b deaths_civilians deaths_unknown
best high low
"""
NUMBERS = tuple(_NUMBERS.split())
_TEXTS = """
code_status conflict_name dyad_name side_a side_b source_article source_original
where_coordinates where_description adm_1 adm_2 country
"""
TEXTS = tuple(_TEXTS.split())
STATES = ("gwnoa", "gwnob")
DAYS = ("date_start", "date_end")
CODES = {"type_of_violence": 3, "where_prec": 7, "date_prec": 5, "event_clarity": 2}
"""The highest code of each list; the lowest is 1."""
SAID = (*NUMBERS, *TEXTS, *STATES, *DAYS, "active_year", "latitude", "longitude")
"""What the digest of a row is made of: all that enters the graph. The deprecated identifiers,
relid (it changes with the year) and what repeats other columns do not count."""
NUMBER = r"^(-?\d+)(?:\.0+)?$"
FILE = "file"
TWICE = "a row above has the same id"


def read_files(paths: Sequence[Path]) -> Rows:
    """The rows of one release's files: CSV, archives of it, or pages of the API as JSON.

    An identifier that occurs twice is taken the first time. Raises InvalidInput where a file is
    none of these.
    """
    rows = pl.concat([_rows(path) for path in paths], how="vertical")
    again = ~pl.col(ROW_ID).is_first_distinct() & pl.col("reason").is_null()
    rows = rows.with_columns(
        pl.when(again).then(pl.lit(TWICE)).otherwise(pl.col("reason")).alias("reason")
    )
    sound = rows.filter(pl.col("reason").is_null()).select(ROW_ID, *SAID, "offices", ROW_HASH)
    broken = rows.filter(pl.col("reason").is_not_null())
    return Rows(sound, broken.select(FILE, ROW, ROW_ID, "reason", "cells"))


def _rows(path: Path) -> pl.DataFrame:
    """The rows of one file, made slice by slice: most of the text in it is not kept."""
    if path.suffix.lower() in {".json", ".jsonl"}:
        pages = read_pages(path, COLUMNS).with_row_index(ROW, 1)
        return _made(path, lambda make: pl.concat(map(make, pages.iter_slices(AT_ONCE))))
    with unpacked(path) as plain:
        return _made(path, partial(_table, path, plain))


def _table(path: Path, plain: Path, make: Make) -> pl.DataFrame:
    """What is made of the table, with the file's own name in what is said about it."""
    try:
        return read_table(plain, COLUMNS, make)
    except InvalidInput as error:
        raise InvalidInput(str(error).replace(plain.name, path.name)) from error


def _made(path: Path, cells: Callable[[Make], pl.DataFrame]) -> pl.DataFrame:
    """The rows of a file: its days are looked through first, for what their layout is."""
    days = cells(lambda some: some.select(DAYS))
    is_day_first = dates.day_first(*days)
    named = pl.lit(path.name).alias(FILE)
    return cells(lambda some: _typed(some.with_columns(named), is_day_first))


def _typed(cells: pl.DataFrame, is_day_first: bool | None) -> pl.DataFrame:
    """The cells as numbers, dates and texts.

    Where a row is to be set aside, ``reason`` says why and ``cells`` has it as it stands.
    """
    stripped = cells.with_columns(_stripped(name) for name in COLUMNS)
    typed = stripped.with_columns(
        _whole("id").cast(pl.String).alias(ROW_ID),
        *(_whole(name) for name in NUMBERS),
        *(dates.day(pl.col(name), is_day_first) for name in DAYS),
        *(_states(name) for name in STATES),
        *(_degrees(name) for name in ("latitude", "longitude")),
        pl.col("active_year").str.to_lowercase().is_in(["true", "1", "1.0"]),
        articles.offices(pl.col("source_article"), pl.col("source_office")).alias("offices"),
    ).with_columns(_reason())
    recorded = pl.when(pl.col("number_of_sources") >= 0).then(pl.col("number_of_sources"))
    checked = typed.with_columns(
        recorded.alias("number_of_sources"), _as_given(cells, typed["reason"])
    )
    kept = checked.select(FILE, ROW, ROW_ID, *SAID, "offices", "reason", "cells")
    return kept.with_columns(_hashes(kept.select(SAID)))


def _as_given(cells: pl.DataFrame, reasons: pl.Series) -> pl.Series:
    """The cells of the rows that are set aside, null for the others: most rows are sound."""
    at = reasons.is_not_null().arg_true()
    joined = pl.concat_str(pl.col(COLUMNS).fill_null(""), separator="\t")
    texts = cells[at].select(joined).to_series()
    return pl.Series("cells", [None], pl.String).new_from_index(0, len(cells)).scatter(at, texts)


def _stripped(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _whole(name: str) -> pl.Expr:
    """A whole number; copies that went through a data frame write 369.0."""
    return pl.col(name).str.extract(NUMBER, 1).cast(pl.Int64, strict=False).alias(name)


def _degrees(name: str) -> pl.Expr:
    """Degrees to six decimal places, some ten centimetres."""
    return pl.col(name).cast(pl.Float64, strict=False).round(6).alias(name)


def _states(name: str) -> pl.Expr:
    """Gleditsch-Ward numbers: one, or a list like 2;200;900."""
    numbers = (
        pl.col(name).str.split(";").list.eval(pl.element().str.strip_chars().str.extract(NUMBER, 1))
    )
    return numbers.list.drop_nulls().list.join(";").replace("", None).alias(name)


def _reason() -> pl.Expr:
    """The first reason to set a row aside, null for a sound row."""
    faults = [
        (pl.col(OVERLONG), "the row has more cells than there are columns"),
        (pl.col(ROW_ID).is_null(), "id is no whole number"),
        *((_outside(name, top), f"{name} is none of 1 to {top}") for name, top in CODES.items()),
        *(
            (pl.col(name).is_null(), f"{name} is no whole number")
            for name in ("conflict_new_id", "dyad_new_id", "side_a_new_id", "side_b_new_id")
        ),
        *((pl.col(name).is_null(), f"{name} is no date, or could be two") for name in DAYS),
        (pl.col("date_end") < pl.col("date_start"), "date_end is before date_start"),
        (_beyond("latitude", 90), "latitude is none of -90 to 90"),
        (_beyond("longitude", 180), "longitude is none of -180 to 180"),
        *(
            (pl.col(name).is_null() | (pl.col(name) < 0), f"{name} is no number of 0 or more")
            for name in NUMBERS[-7:]
        ),
        *(
            (pl.col(name).is_null(), f"{name} is missing")
            for name in ("conflict_name", "dyad_name", "side_a", "side_b", "where_coordinates")
        ),
    ]
    return pl.coalesce(pl.when(fault).then(pl.lit(words)) for fault, words in faults).alias(
        "reason"
    )


def _outside(name: str, top: int) -> pl.Expr:
    return pl.col(name).is_null() | ~pl.col(name).is_between(1, top)


def _beyond(name: str, limit: int) -> pl.Expr:
    return pl.col(name).is_null() | pl.col(name).is_nan() | ~pl.col(name).is_between(-limit, limit)


def _hashes(rows: pl.DataFrame) -> pl.Series:
    """128 bits of the SHA-256 of each row, in hexadecimal digits."""
    said = rows.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    digests = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in said]
    return pl.Series(ROW_HASH, digests, pl.String)


def covered(held: pl.DataFrame, release: pl.DataFrame) -> pl.DataFrame:
    """The rows held, all texts, that lie in the countries and days that a release has rows of.

    An extract may end within a year: what lies after its last day is not withdrawn by it.
    """
    countries = release["country_id"].cast(pl.String).unique()
    first, last = release["date_start"].min(), release["date_end"].max()
    started, ended = (pl.col(name).str.to_date() for name in ("date_start", "date_end"))
    return held.filter(
        pl.col("country_id").is_in(countries.implode()) & (started >= first) & (ended <= last)
    )
