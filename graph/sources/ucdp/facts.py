"""From rows to statements: an event with what a row says of it, and the record that says so.

UCDP defines an event as armed force of one organised party against another or against civilians
with at least one death (codebook 19.1, section 2): a pol:Attack, or, of the third type of violence,
pol:ViolenceAgainstCivilians. Where the report gives several events together (event_clarity 2) it is
a pol:AggregateReport, no attack that could be counted. Who fights whom is said of the dyad that the
event is part of: a row has no roles of its own.

An event has a pol:killed with the best, low and high estimate as they stand, and one for each of
the four partitions that is above 0, included in it: they add up to best, so that one that is not
there is 0. Where the three estimates are one number and a partition is that number, both would say
the same of the same people (in 85% of the rows on Ukraine); then there is one quantity, which has
the partition's victims.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pyoxigraph as ox

from graph.sources.source import ROW_HASH, ROW_ID, Naming
from graph.sources.statements import about, each_of, node, text, typed, written
from graph.sources.ucdp import articles, places
from graph.vocabulary import POL, RDFS, XSD, entity

PARTITIONS = {
    "deaths_a": ("side-a", "SideA"),
    "deaths_b": ("side-b", "SideB"),
    "deaths_civilians": ("civilians", "Civilian"),
    "deaths_unknown": ("unknown", "Unknown"),
}
"""The columns that best is the sum of: their part in IRIs, and the victims they count."""
PERSON = entity("unit", "Person")
FALSE = ox.Literal("false", datatype=XSD.boolean)


def facts(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The events and quantities of rows."""
    located = places.located(rows)
    return written(located, [*_events(naming), _total(naming), *_partitions(naming)])


def records(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The records of rows: how they were coded, who said it, where it was reported."""
    record = _record(naming)
    unclear = pl.col("code_status") != "Clear"
    described = about(
        record,
        (POL.ofRelease, naming.dataset.release(naming.release)),
        (POL.recordId, text(pl.col(ROW_ID))),
        (POL.recordHash, text(pl.col(ROW_HASH))),
        (POL.codeStatus, pl.when(unclear).then(text(pl.col("code_status")))),
        (POL.activeYear, pl.when(~pl.col("active_year")).then(pl.lit(str(FALSE)))),
        (POL.numberOfSources, typed(pl.col("number_of_sources"), "integer")),
        (POL.speakerText, text(pl.col("source_original"))),
        (POL.sourceText, text(pl.col("source_article"))),
        kind="DatasetRecord",
    )
    slugs = (
        pl.col("offices").list.eval(articles.slug(pl.element())).list.unique(maintain_order=True)
    )
    return written(rows, [described, each_of(record, POL.reportedBy, "outlet", slugs)])


def _record(naming: Naming) -> pl.Expr:
    return node("record", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID))


def _event() -> pl.Expr:
    return node("event", "ucdp-", pl.col(ROW_ID))


def _quantity(naming: Naming, part: str) -> pl.Expr:
    return node("quantity", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID), f"/{part}")


def _events(naming: Naming) -> Iterator[pl.Expr]:
    event = _event()
    one_sided = pl.col("type_of_violence") == 3
    aggregate = pl.col("event_clarity") == 2
    for kind, chosen in (
        ("AggregateReport", aggregate),
        ("ViolenceAgainstCivilians", ~aggregate & one_sided),
        ("Attack", ~aggregate & ~one_sided),
    ):
        yield pl.when(chosen).then(about(event, kind=kind, graph=naming.graph))
    named = pl.concat_str(
        ["dyad_name", "where_coordinates", pl.col("date_start").cast(pl.String)], separator=", "
    )
    yield about(
        event,
        (RDFS.label, text(named, "en")),
        (POL.time, places.time_span()),
        (POL.place, places.location()),
        (POL.placeText, text(pl.col("where_description"))),
        (POL.partOf, node("ucdp/dyad", pl.col("dyad_new_id").cast(pl.String))),
        (POL.accordingTo, _record(naming)),
        (POL.killed, _quantity(naming, "killed")),
        graph=naming.graph,
    )


def _total(naming: Naming) -> pl.Expr:
    return about(
        _quantity(naming, "killed"),
        (POL.pointValue, typed(pl.col("best"), "integer")),
        (POL.lowerBound, typed(pl.col("low"), "integer")),
        (POL.upperBound, typed(pl.col("high"), "integer")),
        (POL.modifier, entity("modifier", "EstimateRange")),
        (POL.unit, PERSON),
        (POL.victimCategory, _victims()),
        (POL.accordingTo, _record(naming)),
        kind="ReportedQuantity",
        graph=naming.graph,
    )


def _is_all(column: str) -> pl.Expr:
    """Whether a partition is the whole, the others are 0, and the whole is one number above 0."""
    best = pl.col("best")
    one = (pl.col("low") == best) & (pl.col("high") == best) & (best > 0)
    return one & (pl.col(column) == best) & (pl.sum_horizontal(*PARTITIONS) == best)


def _victims() -> pl.Expr:
    """The victims of the total where a partition is the whole, else null."""
    return pl.coalesce(
        pl.when(_is_all(column)).then(pl.lit(str(entity("victim", victims))))
        for column, (_, victims) in PARTITIONS.items()
    )


def _partitions(naming: Naming) -> Iterator[pl.Expr]:
    for column, (part, victims) in PARTITIONS.items():
        quantity = _quantity(naming, part)
        described = about(
            quantity,
            (POL.pointValue, typed(pl.col(column), "integer")),
            (POL.modifier, entity("modifier", "BestEstimate")),
            (POL.unit, PERSON),
            (POL.victimCategory, entity("victim", victims)),
            (POL.includedIn, _quantity(naming, "killed")),
            (POL.accordingTo, _record(naming)),
            kind="ReportedQuantity",
            graph=naming.graph,
        )
        led_to = about(_event(), (POL.killed, quantity), graph=naming.graph)
        apart = (pl.col(column) > 0) & ~_is_all(column)
        yield pl.when(apart).then(pl.concat_str([led_to, described]))
