"""From rows to statements: a coding of a mention, and the record that says so.

A row says that a machine read an act of one actor towards another in a report. Actor1 is who acts
and Actor2 whom the act is directed at; a code like USAGOV holds country, group, religion and type
run together, so that their columns are not repeated. The counts are those of the first 15 minutes.
"""

from __future__ import annotations

import polars as pl
import pyoxigraph as ox

from graph.sources.gdelt import places
from graph.sources.source import ROW_HASH, ROW_ID, Naming
from graph.sources.statements import about, coded, decimal, escaped, node, text, typed, written
from graph.vocabulary import POL, RDFS, XSD

TRUE = ox.Literal("true", datatype=XSD.boolean)
QUADS = {number: str(number) for number in range(1, 5)}


def facts(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The codings of rows."""
    actor, recipient = (pl.col(f"Actor{at}Name").fill_null("nobody named") for at in (1, 2))
    where = pl.col("ActionGeo_FullName").fill_null("nowhere named")
    act = pl.concat_str(["EventCode", actor], separator=", ")
    label = pl.concat_str(
        [pl.concat_str([act, recipient], separator=" – "), where, pl.col("day").cast(pl.String)],
        separator=", ",
    )
    described = about(
        node("mention-coding", "gdelt-", pl.col(ROW_ID)),
        (RDFS.label, text(label, "en")),
        (POL.eventCode, node("cameo", pl.col("EventCode"))),
        (POL.quadClass, coded(pl.col("QuadClass"), "gdelt-quad-class", QUADS)),
        (POL.rootEvent, pl.when(pl.col("IsRootEvent") == 1).then(pl.lit(str(TRUE)))),
        (POL.time, places.time_span()),
        (POL.place, places.location()),
        (POL.actorText, text(pl.col("Actor1Name"))),
        (POL.actorCode, text(pl.col("Actor1Code"))),
        (POL.actorCountryCode, text(pl.col("Actor1CountryCode"))),
        (POL.recipientText, text(pl.col("Actor2Name"))),
        (POL.recipientCode, text(pl.col("Actor2Code"))),
        (POL.recipientCountryCode, text(pl.col("Actor2CountryCode"))),
        (POL.documentAddress, typed(escaped(pl.col("SOURCEURL")), "anyURI")),
        (POL.firstMentions, typed(pl.col("NumMentions"), "integer")),
        (POL.firstSources, typed(pl.col("NumSources"), "integer")),
        (POL.firstArticles, typed(pl.col("NumArticles"), "integer")),
        (POL.tone, typed(decimal(pl.col("AvgTone")), "decimal")),
        (POL.accordingTo, _record(naming)),
        kind="MentionCoding",
        graph=naming.graph,
    )
    return written(places.located(rows), [described])


def records(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The records of rows."""
    described = about(
        _record(naming),
        (POL.ofRelease, naming.dataset.release(naming.release)),
        (POL.recordId, text(pl.col(ROW_ID))),
        (POL.recordHash, text(pl.col(ROW_HASH))),
        kind="DatasetRecord",
    )
    return written(rows, [described])


def _record(naming: Naming) -> pl.Expr:
    return node("record", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID))
