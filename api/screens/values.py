"""Values as sources give them: a thing, a figure with its bounds, a time, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf

from api.linked_data.view import local_name
from api.screens.canned import Row
from graph.vocabulary import short

_EXACT = frozenset({"", "Exactly", "BestEstimate"})
"""Modifiers by which a number without bounds is compared as it stands; none counts as exact."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so, where, and in which words; a record has no words."""

    iri: str
    speaker: str
    speaker_iri: str
    modality: str
    quote: str
    outlet: str
    article: str
    article_iri: str
    date: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where to where something can lie; infinite where a bound is not known."""

    low: float
    high: float
    best: float | None = None
    below: bool = False
    """The upper bound itself is excluded."""
    above: bool = False
    """The lower bound itself is excluded."""

    def meets(self, other: Bounds) -> bool:
        """Whether the two have a point in common."""
        one, two = sorted((self, other), key=lambda each: (each.low, each.high))
        return two.low < one.high or (two.low == one.high and not (one.below or two.above))


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a source gives it; ``key`` tells whether two are the same."""

    key: str
    text: str
    verbatim: str
    unit: str
    precision: str
    start: str
    end: str
    bounds: Bounds | None
    said: tuple[Said, ...]


def values_of(rows: Iterable[Row]) -> Iterator[Value]:
    """The different values in a cell, each with all who give it."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    for key, same in found.items():
        first = same[0]
        said = dict.fromkeys(_said(row) for row in same)
        yield Value(
            key,
            first.get("valueLabel", "") or _short(first),
            first.get("verbatim", ""),
            first.get("unit", ""),
            first.get("precision", ""),
            first.get("start", ""),
            first.get("end", ""),
            _bounds(first),
            tuple(said),
        )


def _key(row: Row) -> str:
    bounds = _bounds(row)
    if bounds is None:
        return row["value"]
    return f"{bounds.low} {bounds.high} {bounds.best} {row.get('unit', '')}"


def _short(row: Row) -> str:
    return short(row["value"]) if ":" in row["value"] else row["value"]


def _said(row: Row) -> Said:
    names = ("speakerLabel", "speaker", "modality", "quote", "outletLabel", "articleLabel")
    return Said(row["source"], *(row.get(n, "") for n in (*names, "article", "date")))


def _bounds(row: Row) -> Bounds | None:
    """What a figure or a time span leaves open; None for anything else."""
    if "start" in row or "end" in row:
        return Bounds(_moment(row.get("start"), -inf), _moment(row.get("end"), inf))
    point = _number(row.get("point"))
    low, high = _number(row.get("lower")), _number(row.get("upper"))
    if point is None and low is None and high is None:
        return None
    if low is None and high is None and point is not None:
        exact = local_name(row.get("modifier", "")) in _EXACT
        return Bounds(point, point, point) if exact else Bounds(-inf, inf, point)
    return Bounds(
        -inf if low is None else low,
        inf if high is None else high,
        point,
        row.get("upperInclusive") in ("false", "0"),
        row.get("lowerInclusive") in ("false", "0"),
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def _moment(text: str | None, open_end: float) -> float:
    if text is None:
        return open_end
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return open_end
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def figure(bounds: Bounds, number: Callable[[float], str]) -> str:
    """A figure in digits: ``4``, ``5 (3–8)``, ``> 370``, ``≤ 20``, ``≈ 20``."""
    low, high, best = bounds.low, bounds.high, bounds.best
    if low == high:
        return number(low)
    if low == -inf and high == inf:
        return f"≈ {number(best or 0)}"
    if high == inf:
        return f"{'>' if bounds.above else '≥'} {number(low)}"
    if low == -inf:
        return f"{'<' if bounds.below else '≤'} {number(high)}"
    span = f"{number(low)}–{number(high)}"
    return f"{number(best)} ({span})" if best is not None else span
