"""What the situation screen is told: what can be chosen, and without a script the events too."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from api.frame import frame_of
from api.kinds import called
from api.linked_data.replies import addresses_of
from api.overview.reading import Overview, Overviews, Row
from api.screens.canned import canned
from graph.errors import InvalidParameter
from graph.vocabulary import POL, POLEMOS, RDFS

DAYS = {"from": "T00:00:00Z", "until": "T23:59:59Z"}
"""The parameters that are days in the form, and which moment of the day is meant."""
CHOSEN = ("kind", "actor", "place", "reportedIn")
_PATIENCE = 3.0
"""Seconds to wait for what can be chosen: a form without choices is of little use."""
LISTED = 200
"""So many events the list without scripts has."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen; ``n``: how many events there are of it, where counted."""

    iri: str
    name: str
    n: int | None = None


@dataclass(slots=True)
class Listed:
    """An event of the list."""

    row: Row
    page: str
    sources: dict[str, str] = field(default_factory=dict)
    """Names by the addresses of their pages."""


async def situation_page(request: Request) -> Mapping[str, Any]:
    """The choices of the form, and the events where the address has ``list``."""
    language = frame_of(request.scope).language.tag
    overviews: Overviews = request.app.state.overviews
    overview = await overviews.newest(_PATIENCE)
    asked = {name: value for name, value in request.query_params.items() if value}
    told: dict[str, Any] = {
        "choices": {
            name: _with_chosen(options, asked.get(name), asked.get(f"{name}2"))
            for name, options in _choices(overview, language).items()
        },
        "asked": asked,
        "events": None,
        "total": None,
        "wrong": "",
    }
    if "list" not in asked:
        return told
    try:
        return told | await _listed(request, asked, language)
    except InvalidParameter as error:
        return told | {"wrong": str(error)}


def _choices(overview: Overview | None, language: str) -> dict[str, list[Option]]:
    kinds = [Option(iri, called(iri, language)) for iri in _below("Attack", "Negotiation")]
    if overview is None:
        return {"kind": kinds, "actor": [], "place": [], "reportedIn": []}
    articles = [_option(row, "article", language) for row in overview.articles]
    datasets = [
        Option(row["dataset"], row.get("label", row["dataset"])) for row in overview.datasets
    ]
    return {
        "kind": kinds,
        "actor": [_option(row, "thing", language) for row in overview.parties],
        "place": [_option(row, "thing", language) for row in overview.regions],
        "reportedIn": [*datasets, *articles],
    }


def _option(row: Row, iri: str, language: str) -> Option:
    ending = row[iri].rpartition("/")[2]
    name = row.get(language) or row.get("en") or row.get("uk") or ending
    return Option(row[iri], name, int(row["n"]) if iri == "thing" else None)


def _with_chosen(options: Sequence[Option], *chosen: str | None) -> list[Option]:
    """The options, and those that the address chose though they are not among them."""
    known = {option.iri for option in options}
    others = dict.fromkeys(iri for iri in chosen if iri and iri not in known)
    return [*options, *(Option(iri, iri.rpartition("/")[2] or iri) for iri in others)]


def _below(*names: str) -> list[str]:
    """The IRIs of classes with the classes below them, each after the one above it."""
    found: list[str] = []
    for name in names:
        iri = f"{POLEMOS}{name}"
        found.append(iri)
        narrower = (
            quad.subject.value.removeprefix(POLEMOS)  # type: ignore[union-attr]  # a named class
            for quad in POL.quads
            if quad.predicate == RDFS.subClassOf and getattr(quad.object, "value", "") == iri
        )
        found += _below(*sorted(narrower))
    return found


async def _listed(request: Request, asked: Mapping[str, str], language: str) -> dict[str, Any]:
    given = {name: asked[name] for name in CHOSEN if name in asked}
    days = {name: asked[name] + end for name, end in DAYS.items() if name in asked}
    engine = request.app.state.engine
    rows, months = await asyncio.gather(
        canned(engine, engine.version, "situation", **given, **days, language=language),
        canned(engine, engine.version, "situation-months", **given),
    )
    events: dict[str, Listed] = {}
    addresses = addresses_of(request)
    for row in rows:
        page = addresses.local(row["event"]) or row["event"]
        event = events.setdefault(row["event"], Listed(row, page))
        if "source" in row:
            at = addresses.local(row["source"]) or row["source"]
            event.sources[at] = row.get("sourceLabel", row["source"])
    return {
        "events": list(events.values())[:LISTED],
        "total": sum(int(row["events"]) for row in months),
        "held": len(events),
    }
