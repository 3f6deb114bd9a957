"""The page that has one event as each source has it; without an event, a list to choose from."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from fastapi import Request

from api.frame import Frame, frame_of
from api.linked_data.replies import addresses_of
from api.screens.canned import Row, canned
from api.screens.comparison import (
    DIFFERENCES,
    TYPE,
    Aspect,
    Comparison,
    Verdict,
    compare,
)
from api.screens.explore import long_iri
from api.screens.values import Bounds, Value, figure
from graph.engine.question import Engine, Question
from graph.errors import InvalidParameter, LimitReached
from graph.exporting import ABOUT
from graph.vocabulary import ID, POLEMOS, short

_MOST_EVENTS = 4
_WIDER = (Path(__file__).parent / "queries" / "wider.rq").read_text("utf-8")
_PLACED = frozenset({f"{POLEMOS}place", TYPE})
SIGNS: Mapping[Verdict, str] = {
    Verdict.AGAINST: "⇄",
    Verdict.DIFFER: "≠",
    Verdict.OVERLAP: "≈",
    Verdict.WIDER: "⊃",
    Verdict.SAME: "=",
    Verdict.BESIDE: "+",
    Verdict.ONE: "·",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure on the scale of its row, in hundredths of it; open where a bound is not known."""

    start: float
    width: float
    best: float | None
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal that two events may be one incident."""

    event: str
    label: str
    other: str
    other_label: str
    score: str


async def compare_page(request: Request) -> Mapping[str, Any]:
    """What the template ``compare.html`` shows."""
    texts = [text for text in request.query_params.getlist("event") if text][:_MOST_EVENTS]
    iris = [iri for text in texts if (iri := _checked(long_iri(text)))]
    frame = frame_of(request.scope)
    shown = {"short": short_iri, "page_of": addresses_of(request).local}
    if not iris:
        return {**shown, "comparison": None, **await _choice(request, frame)}
    return {**shown, **await _comparison(request, frame, iris)}


def short_iri(iri: str) -> str:
    """An IRI as the addresses of the screens have it."""
    kind, slash, name = iri.removeprefix(ID).partition("/")
    return f"{kind}:{name}" if iri.startswith(ID) and slash else iri


def _checked(iri: str) -> str | None:
    try:
        return str(ABOUT.term(iri).value)
    except InvalidParameter:
        return None


async def _choice(request: Request, frame: Frame) -> dict[str, Any]:
    """Events that several sources tell of, and pairs that may be one incident."""
    events, matches = await asyncio.gather(
        _ask(request, frame, "events-of-several-sources"),
        _ask(request, frame, "incidents-compared"),
    )
    return {"events": events, "pairs": _pairs(matches)}


async def _comparison(request: Request, frame: Frame, iris: list[str]) -> dict[str, Any]:
    found = await asyncio.gather(
        *(_ask(request, frame, "event-by-source", event=iri) for iri in iris),
        *(_ask(request, frame, "incidents-compared", of=iri, least="0") for iri in iris),
    )
    rows = list(chain.from_iterable(found[: len(iris)]))
    matches = _pairs(chain.from_iterable(found[len(iris) :]))
    by_speaker = _by_speaker(request, rows)
    comparison = compare(rows, by_speaker, await _wider(request.app.state.engine, rows))
    only = request.query_params.get("only") == "differences"
    return {
        "comparison": comparison,
        "titles": _titles(iris, rows),
        "by_speaker": by_speaker,
        "only": only,
        "aspects": [each for each in comparison.aspects if not only or each.verdict in DIFFERENCES],
        "pairs": [each for each in matches if {each.event, each.other} - set(iris)],
        "paired": [each for each in matches if {each.event, each.other} <= set(iris)],
        "signs": SIGNS,
        "counts": _counts(comparison),
        "figure": lambda value: figure(value.bounds, lambda n: number_in(frame, n)),
        "bar": bar_of,
        "address": lambda **changes: _address(frame, iris, by_speaker, only, changes),
    }


def _by_speaker(request: Request, rows: list[Row]) -> bool:
    """A column a speaker, if asked for, or where a single article is all there is."""
    asked = request.query_params.get("by")
    if asked in ("speaker", "source"):
        return asked == "speaker"
    return len({row.get("article") or row["source"] for row in rows}) < 2


def _titles(iris: list[str], rows: list[Row]) -> dict[str, str]:
    called = {row["event"]: row["eventLabel"] for row in rows if "eventLabel" in row}
    return {iri: called.get(iri, short(iri)) for iri in iris}


def _counts(comparison: Comparison) -> dict[str, int]:
    return {
        "agree": comparison.count({Verdict.SAME}),
        "compatible": comparison.count({Verdict.OVERLAP, Verdict.WIDER, Verdict.BESIDE}),
        "differ": comparison.count(DIFFERENCES),
        "one": comparison.count({Verdict.ONE}),
    }


def _address(
    frame: Frame, iris: list[str], by_speaker: bool, only: bool, changes: Mapping[str, str]
) -> str:
    now = {"by": "speaker" if by_speaker else "source", "only": "differences" if only else ""}
    wanted = {name: text for name, text in {**now, **changes}.items() if text}
    events = urlencode([("event", short_iri(iri)) for iri in iris])
    return f"{frame.link('/compare', **wanted)}&{events}"


def number_in(frame: Frame, number: float) -> str:
    """A number with its thousands apart; whole where it is whole."""
    return frame.language.number(int(number)) if number == int(number) else f"{number:g}"


def bar_of(value: Value, aspect: Aspect) -> Bar | None:
    """A figure as a bar; None where there is nothing to draw it by."""
    bounds, scale = value.bounds, aspect.scale
    if bounds is None or scale <= 0 or aspect.kind != "figure" or bounds == Bounds(-inf, inf, 0):
        return None
    start = 0.0 if bounds.low == -inf else 100 * max(bounds.low, 0) / scale
    end = 100.0 if bounds.high == inf else 100 * max(bounds.high, 0) / scale
    best = None if bounds.best is None else 100 * max(bounds.best, 0) / scale
    return Bar(start, end - start, best, bounds.low == -inf, bounds.high == inf)


def _pairs(rows: Iterable[Row]) -> list[Pair]:
    pairs = {
        (row["event"], row["other"]): Pair(
            row["event"],
            row.get("eventLabel", short(row["event"])),
            row["other"],
            row.get("otherLabel", short(row["other"])),
            row["score"],
        )
        for row in rows
    }
    return list(pairs.values())


async def _wider(engine: Engine, rows: list[Row]) -> dict[str, Collection[str]]:
    """By place or class in the rows those that hold it."""
    values = sorted({row["value"] for row in rows if row["property"] in _PLACED})
    found = await asyncio.gather(*(_holders(engine, value) for value in values))
    return dict(zip(values, found, strict=True))


async def _holders(engine: Engine, value: str) -> Collection[str]:
    bindings = {"narrow": str(ox.NamedNode(value))}
    answer = await engine.ask(Question(_WIDER, bindings=bindings, version=engine.version))
    body = json.loads(b"".join([chunk async for chunk in answer.chunks]))
    return {row["wide"]["value"] for row in body["results"]["bindings"]}


async def _ask(request: Request, frame: Frame, name: str, **values: str) -> list[Row]:
    engine = request.app.state.engine
    try:
        return await canned(engine, engine.version, name, language=frame.language.tag, **values)
    except LimitReached:
        return []
