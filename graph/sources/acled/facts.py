"""From rows to statements: an event with what a row says of it, and the record that says so.

ACLED's actor1 and actor2 have no direction, so that they are parties, or belligerents of a battle;
only civilians in violence against civilians are known to be the victims. Fatalities of 0 mean none
or unknown, and nothing is stated of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pyoxigraph as ox

from graph.sources.acled import parties, places
from graph.sources.acled.types import CLASSES
from graph.sources.source import ROW_HASH, ROW_ID, Naming
from graph.sources.statements import about, each_of, node, text, typed, written
from graph.vocabulary import ID, POL, RDFS, XSD, entity

TRUE = ox.Literal("true", datatype=XSD.boolean)
CIVILIANS = 7
MOST_ASSOCIATES = 12
"""More actors than this named beside one party are left to the text of the record."""


def facts(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The events, participations and quantities of rows."""
    located = places.located(rows).with_columns(
        pl.col("sub_event")
        .replace_strict(CLASSES, default="Event", return_dtype=pl.String)
        .alias("class")
    )
    parts = (*_events(naming), _killed(naming), *_parties(naming), *_associates(naming))
    return written(located, parts)


def records(rows: pl.DataFrame, naming: Naming) -> bytes:
    """The records of rows: who reported it, what ACLED's own sentences say."""
    record = _record(naming)
    edited = pl.from_epoch("timestamp", "s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    described = about(
        record,
        (POL.ofRelease, naming.dataset.release(naming.release)),
        (POL.recordId, text(pl.col(ROW_ID))),
        (POL.recordHash, text(pl.col(ROW_HASH))),
        (POL.sourceText, text(pl.col("source"))),
        (POL.sourceScale, text(pl.col("source_scale"))),
        (POL.notes, text(pl.col("notes"))),
        (POL.tags, text(pl.col("tags"))),
        (POL.lastEdited, typed(edited, "dateTime")),
        kind="DatasetRecord",
    )
    slugs = parties.listed("source").list.eval(parties.slug(pl.element()))
    outlets = slugs.list.unique(maintain_order=True)
    return written(rows, [described, each_of(record, POL.reportedBy, "outlet", outlets)])


def _record(naming: Naming) -> pl.Expr:
    return node("record", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID))


def _event() -> pl.Expr:
    return node("event", "acled-", pl.col(ROW_ID))


def _events(naming: Naming) -> Iterator[pl.Expr]:
    event = _event()
    for kind in ("Event", *sorted(set(CLASSES.values()))):
        yield pl.when(pl.col("class") == kind).then(about(event, kind=kind, graph=naming.graph))
    who = pl.concat_str(["actor1", pl.col("actor2")], separator=" – ", ignore_nulls=True)
    label = pl.concat_str([who, "location", pl.col("day").cast(pl.String)], separator=", ")
    yield about(
        event,
        (RDFS.label, text(label, "en")),
        (POL.eventCode, node("acled", pl.col("sub_event"))),
        (POL.time, places.time_span()),
        (POL.place, places.location()),
        (POL.civiliansTargeted, pl.when(pl.col("targeted")).then(pl.lit(str(TRUE)))),
        (POL.accordingTo, _record(naming)),
        graph=naming.graph,
    )
    for at in (0, 1):
        disorder = pl.col("disorders").str.split(";").list.get(at, null_on_oob=True)
        yield about(event, (POL.eventCode, node("acled-disorder", disorder)), graph=naming.graph)


def _killed(naming: Naming) -> pl.Expr:
    quantity = node("quantity", f"acled/{naming.release}/", pl.col(ROW_ID), "/killed")
    described = about(
        quantity,
        (POL.pointValue, typed(pl.col("fatalities"), "integer")),
        (POL.modifier, entity("modifier", "BestEstimate")),
        (POL.unit, entity("unit", "Person")),
        (POL.accordingTo, _record(naming)),
        kind="ReportedQuantity",
        graph=naming.graph,
    )
    led_to = about(_event(), (POL.killed, quantity), graph=naming.graph)
    return pl.when(pl.col("fatalities") > 0).then(pl.concat_str([led_to, described]))


def _parties(naming: Naming) -> Iterator[pl.Expr]:
    battle = pl.col("class") == "GroundBattle"
    for at in (1, 2):
        victim = (pl.col("class") == "ViolenceAgainstCivilians") & (
            pl.col(f"inter{at}") == CIVILIANS
        )
        name = pl.when(battle).then(pl.lit("Belligerent"))
        role = name.when(victim.fill_null(False)).then(pl.lit("Victim")).otherwise(pl.lit("Party"))
        actor = pl.col(f"actor{at}")
        taken = _participation(str(at), parties.slug(actor), role, naming)
        yield pl.when(actor.is_not_null()).then(taken)


def _associates(naming: Naming) -> Iterator[pl.Expr]:
    for at in (1, 2):
        names = parties.listed(f"assoc_actor_{at}")
        for number in range(MOST_ASSOCIATES):
            name = names.list.get(number, null_on_oob=True)
            part = f"{at}-{number + 1}"
            taken = _participation(part, parties.slug(name), pl.lit("Associate"), naming)
            yield pl.when(name.is_not_null()).then(taken)


def _participation(part: str, actor: pl.Expr, role: pl.Expr, naming: Naming) -> pl.Expr:
    taking_part = node("participation", "acled-", pl.col(ROW_ID), f"-{part}")
    described = about(
        taking_part,
        (POL.participant, node("acled/actor", actor)),
        (POL.role, pl.concat_str([pl.lit(f"<{ID}role/"), role, pl.lit(">")])),
        (POL.accordingTo, _record(naming)),
        kind="Participation",
        graph=naming.graph,
    )
    led_to = about(_event(), (POL.participation, taking_part), graph=naming.graph)
    return pl.concat_str([led_to, described])
