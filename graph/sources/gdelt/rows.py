"""From cells of text to rows with types; a row that cannot be taken at its word is set aside.

A file has 61 columns between tabs, no header and no quoting: a quotation mark is a character like
any other. Bytes that are no UTF-8 become U+FFFD, and the row is kept. Codes stay texts: 043 is not
43.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.files import ONTOLOGY
from graph.sources.files import LARGEST
from graph.sources.source import ROW_HASH, ROW_ID, Rows
from graph.turtle import read_rdf
from graph.vocabulary import SKOS

_ACTOR = """
Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code
Type3Code
"""
_PLACE = """
Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID
"""
_ACT = """
IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources
NumArticles AvgTone
"""
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{at}{name}" for at in (1, 2) for name in _ACTOR.split()),
    *_ACT.split(),
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in _PLACE.split()),
    "DATEADDED",
    "SOURCEURL",
)
"""The 61 columns in their order."""
WHOLE = ("QuadClass", "NumMentions", "NumSources", "NumArticles", "IsRootEvent", "ActionGeo_Type")
NUMBERS = ("AvgTone", "ActionGeo_Lat", "ActionGeo_Long")
TEXTS = (
    *(f"Actor{at}{name}" for at in (1, 2) for name in ("Code", "Name", "CountryCode")),
    "EventCode",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_FeatureID",
    "SOURCEURL",
)
SAID = ("day", *WHOLE, *NUMBERS, *TEXTS)
"""What enters the graph, and what the digest of a row is made of."""
FILE, ROW = "file", "row"


def read_files(paths: Sequence[Path]) -> Rows:
    """The rows of one release's files, each plain or in an archive.

    An identifier that occurs twice is taken the first time. Raises InvalidInput where a file has
    no row of 61 cells.
    """
    rows = pl.concat([_typed(_cells(path)) for path in paths])
    again = ~pl.col(ROW_ID).is_first_distinct() & pl.col("reason").is_null()
    twice = pl.lit("a row above has the same GLOBALEVENTID")
    rows = rows.with_columns(pl.when(again).then(twice).otherwise(pl.col("reason")).alias("reason"))
    sound = rows.filter(pl.col("reason").is_null()).select(ROW_ID, *SAID, "damaged")
    broken = rows.filter(pl.col("reason").is_not_null())
    return Rows(
        sound.with_columns(_hashes(sound.select(SAID))),
        broken.select(FILE, ROW, ROW_ID, "reason", "cells"),
    )


def _cells(path: Path) -> pl.DataFrame:
    lines = [line.split("\t") for line in text_of(path).split("\n") if line.strip()]
    if not any(len(cells) == len(COLUMNS) for cells in lines):
        raise InvalidInput(
            f"{path.name} has no row of {len(COLUMNS)} cells between tabs. Give an export of GDELT"
            " 2.0 Events; those of version 1.0 have 58 cells."
        )
    columns = zip(*map(_padded, lines), strict=True)
    named = dict(zip(COLUMNS, columns, strict=True))
    return (
        pl.DataFrame(named, dict.fromkeys(COLUMNS, pl.String))
        .with_columns(
            pl.Series("width", [len(cells) for cells in lines]),
            pl.Series("cells", ["\t".join(cells) for cells in lines], pl.String),
            pl.lit(path.name).alias(FILE),
        )
        .with_row_index(ROW, 1)
    )


def _padded(cells: list[str]) -> list[str | None]:
    width = len(COLUMNS)
    return [each.strip() or None for each in cells[:width]] + [None] * (width - len(cells))


def text_of(path: Path) -> str:
    """A file's text, plain or out of its archive; raises InvalidInput for one that is no export."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    with zipfile.ZipFile(path) as archive:
        member = _only_member(archive, path)
        with archive.open(member) as file:
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InvalidInput(f"{path.name} unpacks to more than {LARGEST:,} bytes; it is no export.")
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _only_member(archive: zipfile.ZipFile, path: Path) -> str:
    for name in archive.namelist():
        if name.lower().endswith(".csv"):
            return name
    raise InvalidInput(f"{path.name} holds no file that ends in .CSV. Fetch it again.")


def _typed(cells: pl.DataFrame) -> pl.DataFrame:
    whole = [pl.col(name).cast(pl.Int64, strict=False) for name in WHOLE]
    numbers = [pl.col(name).cast(pl.Float64, strict=False).round(6) for name in NUMBERS]
    typed = cells.with_columns(
        pl.col("GLOBALEVENTID").str.extract(r"^(\d+)$", 1).alias(ROW_ID),
        pl.col("SQLDATE").str.to_date("%Y%m%d", strict=False).alias("day"),
        pl.col("cells").str.contains("\ufffd").alias("damaged"),
        *whole,
        *numbers,
    )
    return typed.with_columns(_reason()).select(
        FILE, ROW, ROW_ID, *SAID, "damaged", "reason", "cells"
    )


def _reason() -> pl.Expr:
    """The first reason to set a row aside, null for a sound row."""
    faults = [
        (pl.col("width") != len(COLUMNS), f"the row has not {len(COLUMNS)} cells"),
        (pl.col(ROW_ID).is_null(), "GLOBALEVENTID is no whole number"),
        (pl.col("day").is_null(), "SQLDATE is no date"),
        (~pl.col("EventCode").is_in(sorted(_codes())), "EventCode is no code of CAMEO"),
        (~pl.col("QuadClass").is_between(1, 4), "QuadClass is none of 1 to 4"),
        (~pl.col("ActionGeo_Type").is_between(0, 5), "ActionGeo_Type is none of 0 to 5"),
        (_beyond("ActionGeo_Lat", 90), "ActionGeo_Lat is none of -90 to 90"),
        (_beyond("ActionGeo_Long", 180), "ActionGeo_Long is none of -180 to 180"),
    ]
    return pl.coalesce(
        pl.when(fault.fill_null(True)).then(pl.lit(words)) for fault, words in faults
    ).alias("reason")


def _beyond(name: str, limit: int) -> pl.Expr:
    """Whether a coordinate is out of bounds; one that is missing is not."""
    value = pl.col(name)
    return value.is_not_null() & (value.is_nan() | ~value.is_between(-limit, limit))


@cache
def _codes() -> frozenset[str]:
    """The codes of CAMEO, from the code lists."""
    files = sorted((ONTOLOGY / "codes").glob("cameo*.ttl"))
    quads = (quad for file in files for quad in read_rdf(file).quads)
    return frozenset(
        quad.object.value
        for quad in quads
        if quad.predicate == SKOS.notation and isinstance(quad.object, ox.Literal)
    )


def _hashes(rows: pl.DataFrame) -> pl.Series:
    """128 bits of the SHA-256 of each row, in hexadecimal digits."""
    said = rows.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    digests = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in said]
    return pl.Series(ROW_HASH, digests, pl.String)


def damaged(rows: Rows) -> int:
    """How many sound rows had bytes that are no UTF-8."""
    return int(rows.sound["damaged"].sum())
