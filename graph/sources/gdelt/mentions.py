"""GDELT 2.0 Mentions: each place in a document at which a coding was read, at whatever time later.

A file has 16 columns between tabs, no header and no quoting (Event Database codebook 2.0). A row
says of a coding of the events file, loaded or not, which document has it, in which sentence and at
which characters, and how sure the machine is. It has no identifier: the digest of what it says is
one. Offsets count characters of the English text, a translation where the document is not English,
and may lie slightly beside what a browser shows; -1 means that none is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from graph.errors import InvalidInput
from graph.sources.acled.parties import UNCHECKED, slug
from graph.sources.gdelt import releases
from graph.sources.gdelt.rows import FILE, ROW, text_of
from graph.sources.source import ROW_HASH, ROW_ID, Dataset, Naming, Reference, Rows, Source
from graph.sources.statements import about, decimal, escaped, node, text, typed, written
from graph.vocabulary import POL, RDFS

COLUMNS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName"),
    *("MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset"),
    *("ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone"),
    *("MentionDocTranslationInfo", "Extras"),
)
"""The 16 columns in their order; the last is empty so far, and may be missing."""
OFFSETS = ("Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset")
NUMBERS = ("MentionType", "SentenceID", *OFFSETS, "InRawText", "Confidence", "MentionDocLen")
SAID = ("coding", "moment", *NUMBERS, "MentionDocTone", "name", "document", "translation")
ADDRESSED = (1, 6)
"""The types whose identifier is an address: the web, and television by its captions."""


def read_files(paths: Sequence[Path]) -> Rows:
    """The rows of one release's files; raises InvalidInput where a file has no row of 16 cells."""
    rows = pl.concat([_typed(_cells(path)) for path in paths])
    again = ~pl.col(ROW_ID).is_first_distinct() & pl.col("reason").is_null()
    twice = pl.lit("a row above says the same")
    rows = rows.with_columns(pl.when(again).then(twice).otherwise(pl.col("reason")).alias("reason"))
    sound = rows.filter(pl.col("reason").is_null()).select(ROW_ID, ROW_HASH, *SAID)
    broken = rows.filter(pl.col("reason").is_not_null())
    return Rows(sound, broken.select(FILE, ROW, ROW_ID, "reason", "cells"))


def _cells(path: Path) -> pl.DataFrame:
    lines = [line for line in text_of(path).split("\n") if line.strip()]
    if not any(_is_row(line) for line in lines):
        raise InvalidInput(
            f"{path.name} has no row of {len(COLUMNS)} cells between tabs. Give a file of GDELT 2.0"
            " Mentions, such as 20180101000000.mentions.CSV; the events go to the source gdelt."
        )
    cells = pl.DataFrame({"cells": lines}, {"cells": pl.String}).with_row_index(ROW, 1)
    return cells.with_columns(
        pl.lit(path.name).alias(FILE),
        pl.Series("is_row", map(_is_row, lines), pl.Boolean),
        pl.col("cells").str.split("\t").alias("each"),
    ).with_columns(_cell(at, name) for at, name in enumerate(COLUMNS))


def _is_row(line: str) -> bool:
    return len(COLUMNS) - 1 <= line.count("\t") + 1 <= len(COLUMNS)


def _cell(at: int, name: str) -> pl.Expr:
    value = pl.col("each").list.get(at, null_on_oob=True).str.strip_chars()
    return pl.when(value != "").then(value).alias(name)


def _typed(cells: pl.DataFrame) -> pl.DataFrame:
    whole = [pl.col(name).cast(pl.Int64, strict=False) for name in NUMBERS]
    typed_ = cells.with_columns(
        *whole,
        pl.col("GLOBALEVENTID").str.extract(r"^(\d+)$", 1).alias("coding"),
        _moment("MentionTimeDate").alias("moment"),
        pl.col("MentionDocTone").cast(pl.Float64, strict=False).round(6),
        pl.col("MentionSourceName").alias("name"),
        pl.col("MentionIdentifier").alias("document"),
        pl.col("MentionDocTranslationInfo").alias("translation"),
    ).with_columns(_reason())
    hashed = typed_.with_columns(_hashes(typed_.select(SAID)))
    identifier = pl.concat_str(["coding", pl.col(ROW_HASH).str.slice(0, 16)], separator="-")
    return hashed.with_columns(identifier.alias(ROW_ID)).select(
        FILE, ROW, ROW_ID, ROW_HASH, *SAID, "reason", "cells"
    )


def _moment(name: str) -> pl.Expr:
    """The end of a quarter of an hour, YYYYMMDDHHMMSS in UTC."""
    return pl.col(name).str.to_datetime("%Y%m%d%H%M%S", strict=False)


def _reason() -> pl.Expr:
    """The first reason to set a row aside, null for a sound row."""
    faults = [
        (~pl.col("is_row"), f"the row has not {len(COLUMNS)} cells"),
        (pl.col("coding").is_null(), "GLOBALEVENTID is no whole number"),
        (pl.col("moment").is_null(), "MentionTimeDate is no time"),
        (~pl.col("MentionType").is_between(1, 6), "MentionType is none of 1 to 6"),
        (pl.col("name").is_null(), "MentionSourceName is missing"),
        (pl.col("document").is_null(), "MentionIdentifier is missing"),
        (pl.col("SentenceID") < 1, "SentenceID is no number of 1 or more"),
        *((pl.col(name) < -1, f"{name} is no number of -1 or more") for name in OFFSETS),
        (~pl.col("InRawText").is_between(0, 1), "InRawText is none of 0 and 1"),
        (~pl.col("Confidence").is_between(0, 100), "Confidence is none of 0 to 100"),
        (pl.col("MentionDocLen") < 0, "MentionDocLen is no number of 0 or more"),
    ]
    return pl.coalesce(
        pl.when(fault.fill_null(True)).then(pl.lit(words)) for fault, words in faults
    ).alias("reason")


def _hashes(rows: pl.DataFrame) -> pl.Series:
    said = rows.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    digests = [hashlib.sha256(each.encode()).hexdigest()[:32] for each in said]
    return pl.Series(ROW_HASH, digests, pl.String)


def facts(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The mentions of rows."""
    label = pl.format(
        "{}, mentioned by {}, {}", "coding", "name", pl.col("moment").dt.to_string("%Y-%m-%d %H:%M")
    )
    addressed = pl.col("MentionType").is_in(ADDRESSED)
    described = about(
        node("mention", "gdelt-", pl.col(ROW_ID)),
        (RDFS.label, text(label, "en")),
        (POL.ofCoding, node("mention-coding", "gdelt-", pl.col("coding"))),
        (POL.mentionedAt, typed(pl.col("moment").dt.to_string("%Y-%m-%dT%H:%M:%SZ"), "dateTime")),
        (
            POL.documentAddress,
            pl.when(addressed).then(typed(escaped(pl.col("document")), "anyURI")),
        ),
        (POL.documentCitation, pl.when(~addressed).then(text(pl.col("document")))),
        (POL.sentenceNumber, typed(pl.col("SentenceID"), "integer")),
        (POL.actorOffset, _offset("Actor1CharOffset")),
        (POL.recipientOffset, _offset("Actor2CharOffset")),
        (POL.actOffset, _offset("ActionCharOffset")),
        (POL.inRawText, typed((pl.col("InRawText") == 1).cast(pl.String), "boolean")),
        (POL.percentConfidence, typed(pl.col("Confidence"), "integer")),
        (POL.documentLength, typed(pl.col("MentionDocLen"), "integer")),
        (POL.tone, typed(decimal(pl.col("MentionDocTone")), "decimal")),
        (POL.translation, text(pl.col("translation"))),
        (POL.accordingTo, _record(naming)),
        kind="Mention",
        graph=naming.graph,
    )
    return written(rows, [described])


def _offset(name: str) -> pl.Expr:
    return typed(pl.when(pl.col(name) >= 0).then(pl.col(name)), "integer")


def records(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The records of rows, with the outlet of the document."""
    described = about(
        _record(naming),
        (POL.ofRelease, naming.dataset.release(naming.release)),
        (POL.recordId, text(pl.col(ROW_ID))),
        (POL.recordHash, text(pl.col(ROW_HASH))),
        (POL.reportedBy, node("outlet", slug(pl.col("name")))),
        kind="DatasetRecord",
    )
    return written(rows, [described])


def shared(rows: pl.DataFrame, reference: Reference) -> bytes:
    """The outlets of the documents."""
    outlets = (
        rows.select("name", slug(pl.col("name")).alias("slug"))
        .unique("slug", keep="first", maintain_order=True)
        .sort("slug")
    )
    described = about(
        node("outlet", pl.col("slug")),
        (RDFS.label, text(pl.col("name"), "en")),
        (POL.reason, UNCHECKED),
        kind="Outlet",
    )
    return written(outlets, [described])


def _record(naming: Naming) -> pl.Expr:
    return node("record", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID))


SOURCE = Source(
    dataset=Dataset(
        slug="gdelt-mentions",
        label="GDELT 2.0 Mentions",
        licence="https://www.gdeltproject.org/about.html",
        page="https://www.gdeltproject.org/",
        citation="The GDELT Project, https://www.gdeltproject.org/",
    ),
    read=read_files,
    release_in=releases.in_name,
    published=releases.published,
    complete=lambda release: False,
    address=lambda release: releases.address(release, "mentions"),
    publisher="http://data.gdeltproject.org/",
    fetch=None,
    token="",
    facts=facts,
    records=records,
    shared=shared,
    columns=Path(__file__).parent / "mentions.rq",
    covered=lambda held, release: held.clear(),
)
