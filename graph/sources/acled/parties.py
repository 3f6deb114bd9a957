"""Actors and outlets: what all rows of them share.

An actor is known by its name. Its class follows the type that ACLED gives it in the last row that
has it: a rebel group or militia is a pol:ArmedGroup, a crowd or civilians a pol:GroupOfPeople,
state and external forces an organisation; what is only named beside others is a pol:Actor.
"""

from __future__ import annotations

import polars as pl
import pyoxigraph as ox

from graph.sources.acled import places
from graph.sources.source import Reference
from graph.sources.statements import about, node, text, written
from graph.vocabulary import POL, RDFS

UNCHECKED = ox.Literal("No Wikidata link: nobody has checked one.", language="en")
KINDS = {
    "Organisation": (1, 8),
    "ArmedGroup": (2, 3, 4),
    "GroupOfPeople": (5, 6, 7),
}
SEPARATORS = r"[^\p{L}\p{N}]+"


def slug(name: pl.Expr) -> pl.Expr:
    """The part of a name in an IRI: letters and digits, in lower case, with hyphens."""
    return name.str.to_lowercase().str.replace_all(SEPARATORS, "-").str.strip_chars("-")


def listed(column: str) -> pl.Expr:
    """The items of a cell between semicolons, each once."""
    items = pl.col(column).str.split(";").list.eval(pl.element().str.strip_chars())
    kept = items.list.eval(pl.element().filter(slug(pl.element()).str.len_chars() > 0))
    return kept.list.unique(maintain_order=True)


def shared(rows: pl.DataFrame, reference: Reference) -> bytes:
    """Everything that rows refer to and that is no code and no reference entity."""
    return b"".join(
        (
            places.locations(rows, reference),
            places.time_spans(rows),
            _actors(rows),
            _outlets(rows),
        )
    )


def _actors(rows: pl.DataFrame) -> bytes:
    parts = [
        rows.select(pl.col(f"actor{at}").alias("name"), pl.col(f"inter{at}").alias("type"), "day")
        for at in (1, 2)
    ]
    parts += [
        rows.select(
            listed(f"assoc_actor_{at}").alias("name"), pl.lit(None, pl.Int64).alias("type"), "day"
        ).explode("name")
        for at in (1, 2)
    ]
    actors = (
        pl.concat(parts)
        .drop_nulls("name")
        .with_columns(slug(pl.col("name")).alias("slug"))
        .sort("day", maintain_order=True)
        .group_by("slug", maintain_order=True)
        .agg(pl.col("name").last(), pl.col("type").drop_nulls().last())
        .sort("slug")
    )
    actor = node("acled/actor", pl.col("slug"))
    kinds = [
        pl.when(pl.col("type").is_in(types)).then(about(actor, kind=kind))
        for kind, types in KINDS.items()
    ]
    described = about(
        actor,
        (RDFS.label, text(pl.col("name"), "en")),
        (POL.actorType, node("acled-actor", pl.col("type").cast(pl.String))),
        (POL.reason, UNCHECKED),
    )
    unknown = pl.when(pl.col("type").is_null()).then(about(actor, kind="Actor"))
    return written(actors, [*kinds, unknown, described])


def _outlets(rows: pl.DataFrame) -> bytes:
    outlets = (
        rows.select(listed("source").explode().alias("name"))
        .drop_nulls()
        .with_columns(slug(pl.col("name")).alias("slug"))
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
