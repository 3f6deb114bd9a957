"""Conflicts, dyads, actors, outlets and countries: what all rows of them share.

A conflict of the first two types of violence is a pol:ArmedConflict, one of the third
pol:OneSidedViolence; a dyad is part of its conflict. A party with a Gleditsch-Ward number is a
government, affiliated to the state of that number where the reference entities have it; the
others are armed groups, and the civilians of one-sided violence a group of people.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import pyoxigraph as ox

from graph.sources.source import Reference
from graph.sources.statements import about, node, text, typed, written
from graph.sources.ucdp import articles, places
from graph.vocabulary import POL, RDFS, SKOS, entity

UNCHECKED = ox.Literal("No Wikidata link: nobody has checked one.", language="en")
ONE_SIDED = 3
ROLES = {True: ("Attacker", "Target"), False: ("Belligerent", "Belligerent")}
"""The roles of the two sides, in one-sided violence and otherwise."""


def shared(rows: pl.DataFrame, reference: Reference) -> bytes:
    """Everything that rows refer to and that is no code and no reference entity."""
    return b"".join(
        (
            places.locations(rows, reference),
            places.time_spans(rows),
            places.open_span(),
            _countries(rows, reference),
            _actors(rows, reference),
            _conflicts(rows),
            _dyads(rows),
            _outlets(rows),
        )
    )


def _named(rows: pl.DataFrame, key: str, name: str, *more: str) -> pl.DataFrame:
    """One row for each key: with the name it has last, and its other names as a list."""
    ordered = rows.sort("date_end", maintain_order=True)
    return (
        ordered.group_by(key, maintain_order=True)
        .agg(
            pl.col(name).last(),
            pl.col(name).unique(maintain_order=True).alias("names"),
            *(pl.col(each).drop_nulls().last() for each in more),
        )
        .with_columns(pl.col("names").list.set_difference(pl.concat_list(name)))
        .sort(key)
    )


def _also_called(subject: pl.Expr) -> pl.Expr:
    """Other names, each a statement of its own."""
    line = pl.concat_str([subject, pl.lit(f" {SKOS.altLabel} ")])
    escaped = pl.col("names").list.eval(text(pl.element(), "en"))
    joined = escaped.list.join(pl.concat_str([pl.lit(" .\n"), line]))
    return pl.when(pl.col("names").list.len() > 0).then(
        pl.concat_str([line, joined, pl.lit(" .\n")])
    )


def _id(kind: str, column: str) -> pl.Expr:
    return node(f"ucdp/{kind}", pl.col(column).cast(pl.String))


def _countries(rows: pl.DataFrame, reference: Reference) -> bytes:
    unknown = rows.filter(
        pl.col("country_id").is_not_null()
        & pl.col("country").is_not_null()
        & ~pl.col("country_id").is_in(list(reference.countries))
    )
    country = _id("country", "country_id")
    described = about(
        country,
        (RDFS.label, text(pl.col("country"), "en")),
        (POL.gleditschWard, typed(pl.col("country_id"), "integer")),
        (POL.reason, UNCHECKED),
        kind="Region",
    )
    return written(_named(unknown, "country_id", "country"), [described, _also_called(country)])


def _actors(rows: pl.DataFrame, reference: Reference) -> bytes:
    sides = pl.concat(
        [
            rows.select(
                pl.col(f"side_{side}_new_id").alias("actor"),
                pl.col(f"side_{side}").alias("name"),
                pl.col(f"gwno{side}").alias("states"),
                ((pl.col("type_of_violence") == ONE_SIDED) & (side == "b")).alias("civilians"),
                "date_end",
            )
            for side in ("a", "b")
        ]
    )
    actors = _named(sides, "actor", "name", "states", "civilians")
    actor = _id("actor", "actor")
    kinds = {
        "GroupOfPeople": pl.col("civilians"),
        "Government": ~pl.col("civilians") & pl.col("states").is_not_null(),
        "ArmedGroup": ~pl.col("civilians") & pl.col("states").is_null(),
    }
    typed_ = [pl.when(chosen).then(about(actor, kind=kind)) for kind, chosen in kinds.items()]
    named = about(actor, (RDFS.label, text(pl.col("name"), "en")), (POL.reason, UNCHECKED))
    return written(
        actors, [*typed_, named, _also_called(actor), *_affiliations(actor, actors, reference)]
    )


def _affiliations(actor: pl.Expr, actors: pl.DataFrame, reference: Reference) -> Iterable[pl.Expr]:
    """A government's numbers, and the states that they are known to be of."""
    numbers = pl.col("states").str.split(";").list.eval(pl.element().cast(pl.Int64))
    known = {number: f"<{iri}>" for number, iri in reference.states.items()}
    most = actors.select(numbers.list.len().max()).item() or 0
    for at in range(most):
        number = numbers.list.get(at, null_on_oob=True)
        state = number.replace_strict(known, default=None, return_dtype=pl.String)
        yield about(actor, (POL.gleditschWard, typed(number, "integer")), (POL.affiliation, state))


def _conflicts(rows: pl.DataFrame) -> bytes:
    conflicts = _named(rows, "conflict_new_id", "conflict_name", "type_of_violence")
    conflict = _id("conflict", "conflict_new_id")
    one_sided = pl.col("type_of_violence") == ONE_SIDED
    described = [
        pl.when(one_sided).then(about(conflict, kind="OneSidedViolence")),
        pl.when(~one_sided).then(about(conflict, kind="ArmedConflict")),
        _of_a_kind(conflict, "conflict_name"),
        _also_called(conflict),
    ]
    sides = pl.concat(
        [
            rows.select(
                "conflict_new_id",
                "type_of_violence",
                pl.col(f"side_{side}_new_id").alias("actor"),
                pl.lit(side == "a").alias("first"),
            )
            for side in ("a", "b")
        ]
    ).unique(["conflict_new_id", "actor"], keep="first", maintain_order=True)
    part = node(
        "participation",
        "ucdp-conflict-",
        pl.col("conflict_new_id").cast(pl.String),
        "-",
        pl.col("actor").cast(pl.String),
    )
    taken = [
        pl.when(
            (pl.col("type_of_violence") == ONE_SIDED).eq(side_kind) & (pl.col("first") == first)
        ).then(_participation(conflict, part, _id("actor", "actor"), role))
        for side_kind, roles in ROLES.items()
        for first, role in zip((True, False), roles, strict=True)
    ]
    return written(conflicts, described) + written(sides, taken)


def _dyads(rows: pl.DataFrame) -> bytes:
    more = ("conflict_new_id", "type_of_violence", "side_a_new_id", "side_b_new_id")
    dyads = _named(rows, "dyad_new_id", "dyad_name", *more)
    dyad = _id("dyad", "dyad_new_id")
    described = [
        about(dyad, kind="Dyad"),
        _of_a_kind(dyad, "dyad_name"),
        _also_called(dyad),
        about(dyad, (POL.partOf, _id("conflict", "conflict_new_id"))),
    ]
    for one_sided, roles in ROLES.items():
        chosen = (pl.col("type_of_violence") == ONE_SIDED).eq(one_sided)
        for side, role in zip("ab", roles, strict=True):
            part = node(
                "participation", "ucdp-dyad-", pl.col("dyad_new_id").cast(pl.String), f"-{side}"
            )
            actor = _id("actor", f"side_{side}_new_id")
            described.append(pl.when(chosen).then(_participation(dyad, part, actor, role)))
    return written(dyads, described)


def _of_a_kind(subject: pl.Expr, name: str) -> pl.Expr:
    return about(
        subject,
        (RDFS.label, text(pl.col(name), "en")),
        (POL.violenceType, node("ucdp-violence", pl.col("type_of_violence").cast(pl.String))),
        (POL.time, pl.lit(places.OPEN)),
    )


def _participation(event: pl.Expr, part: pl.Expr, actor: pl.Expr, role: str) -> pl.Expr:
    taken = about(
        part,
        (POL.participant, actor),
        (POL.role, entity("role", role)),
        kind="Participation",
    )
    return pl.concat_str([about(event, (POL.participation, part)), taken])


def _outlets(rows: pl.DataFrame) -> bytes:
    offices = (
        rows.select(pl.col("offices").explode().alias("name"))
        .drop_nulls()
        .group_by("name")
        .len()
        .with_columns(articles.slug(pl.col("name")).alias("slug"))
        .sort("slug", "len", "name", descending=[False, True, False])
        .unique("slug", keep="first", maintain_order=True)
    )
    outlet = node("outlet", pl.col("slug"))
    described = about(
        outlet, (RDFS.label, text(pl.col("name"), "en")), (POL.reason, UNCHECKED), kind="Outlet"
    )
    return written(offices, [described])
