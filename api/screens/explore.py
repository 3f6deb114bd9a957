"""What the page of the explorer says before any script runs: what is around the entities."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from api.frame import frame_of
from api.linked_data.replies import addresses_of
from api.linked_data.view import local_name
from api.screens.canned import Row, canned
from graph.errors import InvalidParameter, LimitReached
from graph.exporting import ABOUT
from graph.vocabulary import ID, POLEMOS, short

_BEGINNINGS = ("event:2026-01-24-assault", "event:2026-01-abu-dhabi-talks", "actor:ukraine")
_MOST = 4
"""So many of the entities in the address are told of before a script runs."""
_KIND = re.compile(r"([a-z-]+):(?!//)(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Connections:
    """To how many things an entity is connected by one property or role; ``key`` as in messages."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is around one entity."""

    label: str
    kind: str
    href: str
    counts: tuple[Connections, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """An entity to begin with."""

    short: str
    label: str


async def explore_page(request: Request) -> Mapping[str, Any]:
    """The neighbourhoods of the entities in the address, or entities to begin with."""
    texts = [text for text in request.query_params.getlist("entity") if text][:_MOST]
    found = await asyncio.gather(*(_neighbourhood(request, long_iri(text)) for text in texts))
    begun = () if found else await asyncio.gather(*(_beginning(request, e) for e in _BEGINNINGS))
    return {
        "neighbourhoods": [each for each in found if each],
        "beginnings": [each for each in begun if each],
    }


def long_iri(text: str) -> str:
    """The IRI that the address of the explorer has in short: ``actor:russia``, ``ucdp:dyad/1``."""
    if text.startswith("pol:"):
        return POLEMOS + text.removeprefix("pol:")
    kind = _KIND.fullmatch(text)
    return f"{ID}{kind[1]}/{kind[2]}" if kind and kind[1] != "urn" else text


async def _neighbourhood(request: Request, iri: str) -> Neighbourhood | None:
    try:
        term = f"<{ABOUT.term(iri).value}>"
    except InvalidParameter:
        return None
    brief, counts = await asyncio.gather(
        _ask(request, "in-brief", term), _ask(request, "neighbour-counts", term)
    )
    first: Row = brief[0] if brief else {}
    return Neighbourhood(
        first.get("label", short(iri)),
        first.get("classLabel", ""),
        addresses_of(request).local(iri) or "",
        tuple(_connections(row) for row in counts),
    )


def _connections(row: Row) -> Connections:
    kind, direction = row["kind"], row["direction"]
    label = row.get("kindLabel", short(kind))
    if "/role/" in kind:
        return Connections(f"explore-role-{direction}", label, int(row["count"]))
    key = "explore-property-out" if direction == "out" else f"explore-inverse-{local_name(kind)}"
    return Connections(key, label, int(row["count"]))


async def _beginning(request: Request, entity: str) -> Beginning | None:
    rows = await _ask(request, "in-brief", entity)
    return Beginning(entity, rows[0].get("label", entity)) if rows else None


async def _ask(request: Request, name: str, entity: str) -> list[Row]:
    """The rows, or none where asking takes too long: the script asks again."""
    engine = request.app.state.engine
    language = frame_of(request.scope).language.tag
    try:
        return await canned(engine, engine.version, name, entity=entity, language=language)
    except LimitReached:
        return []
