"""What several sources say of an event, side by side: a column a source, a row an aspect.

Pure: from the rows of the query ``event-by-source`` to what a page shows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import combinations
from math import inf

from api.linked_data.facts import groups
from api.linked_data.view import local_name
from api.screens.canned import Row
from graph.vocabulary import POLEMOS, RDF, short

TYPE = RDF.type.value
_LISTED = frozenset(
    f"{POLEMOS}{name}"
    for name in ("hit", "target", "primaryTarget", "weapon", "damage", "circumstance", "partOf")
) | {f"{POLEMOS}{name}" for name in ("issue", "about", "precedes", "addressee", "content")}
"""Properties of which a source may name some and another others without either being wrong."""
_LEFT_OUT = frozenset(f"{POLEMOS}{name}" for name in ("placeText", "content"))
_PART = "part"
_EXACT = frozenset({"", "Exactly", "BestEstimate"})
"""Modifiers by which a number without bounds is compared as it stands; none counts as exact."""
_SINGLE_FIRST = {f"{POLEMOS}time": 0, f"{POLEMOS}place": 1, TYPE: 2}
_PARTIES, _OTHERS = 10, 900


class Verdict(StrEnum):
    """How sources stand to each other in an aspect; each has its sign and words in the page."""

    AGAINST = "against"
    """A claim contradicts another, as a curator has read them."""
    DIFFER = "differ"
    """They cannot both be so, or are not known to be the same."""
    OVERLAP = "overlap"
    """Both can be so: the bounds have something in common."""
    WIDER = "wider"
    """One is more exact than the other."""
    SAME = "same"
    BESIDE = "beside"
    """Each names others, and neither excludes the other."""
    ONE = "one"
    """No two sources say anything of it."""


DIFFERENCES = frozenset({Verdict.AGAINST, Verdict.DIFFER})


@dataclass(frozen=True, slots=True)
class Column:
    """A source: an article, a speaker in it, or a record of a release; of one of the events."""

    key: str
    event: str
    event_label: str
    heading: str
    about: str
    """An IRI that has a page with more."""
    date: str = ""
    outlet: str = ""
    superseded: str = ""


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


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row: a cell a column, empty where the source says nothing, and the verdict."""

    key: str
    label: str
    kind: str
    """time, type, figure, party or thing."""
    cells: tuple[tuple[Value, ...], ...]
    verdict: Verdict

    @property
    def scale(self) -> float:
        """The largest number in it, of which bars are drawn as parts; 0 where there is none."""
        found = [value.bounds for cell in self.cells for value in cell if value.bounds]
        numbers = [n for each in found for n in (each.low, each.high, each.best or 0)]
        return max((n for n in numbers if abs(n) != inf), default=0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table."""

    columns: tuple[Column, ...]
    aspects: tuple[Aspect, ...]

    def count(self, verdicts: Collection[Verdict]) -> int:
        """In how many aspects the sources stand so to each other."""
        return sum(aspect.verdict in verdicts for aspect in self.aspects)


def compare(
    rows: Iterable[Row], by_speaker: bool, wider: Mapping[str, Collection[str]]
) -> Comparison:
    """Lay out the rows; ``wider`` has by place or class those that hold it."""
    kept = [row for row in rows if row["property"] not in _LEFT_OUT]
    columns = {column.key: column for column in (column_of(row, by_speaker) for row in kept)}
    events = list(dict.fromkeys(row["event"] for row in kept))
    ordered = tuple(
        sorted(columns.values(), key=lambda each: (events.index(each.event), each.date, each.key))
    )
    by_aspect: dict[tuple[str, ...], list[Row]] = {}
    for row in kept:
        by_aspect.setdefault(_aspect_of(row), []).append(row)
    aspects = [_aspect(found, ordered, by_speaker, wider) for found in by_aspect.values()]
    order = sorted(zip(by_aspect, aspects, strict=True), key=lambda pair: _rank(*pair))
    return Comparison(ordered, tuple(aspect for _, aspect in order))


def column_of(row: Row, by_speaker: bool) -> Column:
    """The column that a row belongs to."""
    event, source = row["event"], row["source"]
    called = row.get("eventLabel", short(event))
    if "release" in row:
        label = row.get("releaseLabel", short(row["release"]))
        dated = row.get("superseded", "")
        known = row.get("knownFrom", "")
        return Column(f"{event} {source}", event, called, label, source, known, superseded=dated)
    article, outlet = row.get("article", ""), row.get("outletLabel", "")
    date = row.get("date", "")
    if by_speaker:
        speaker = row.get("speaker", "")
        heading = row.get("speakerLabel", short(speaker) if speaker else "?")
        return Column(f"{event} {article} {speaker}", event, called, heading, speaker, date, outlet)
    heading = row.get("articleLabel", short(article) if article else short(source))
    return Column(
        f"{event} {article or source}", event, called, heading, article or source, date, outlet
    )


def _aspect_of(row: Row) -> tuple[str, ...]:
    figure = _PART if "sum" in row else "whole"
    return (row["property"], row.get("unit", ""), row.get("victim", ""), figure)


def _aspect(
    rows: list[Row],
    columns: tuple[Column, ...],
    by_speaker: bool,
    wider: Mapping[str, Collection[str]],
) -> Aspect:
    first = rows[0]
    by_column: dict[str, list[Row]] = {column.key: [] for column in columns}
    for row in rows:
        by_column[column_of(row, by_speaker).key].append(row)
    values = tuple(tuple(_values(by_column[column.key])) for column in columns)
    label = first.get("propertyLabel", short(first["property"]))
    named = f"{label}: {first['victim']}" if "victim" in first else label
    against = _against(rows, wider)
    verdict = Verdict.AGAINST if against else verdict_of(first["property"], values, wider)
    return Aspect(" ".join(_aspect_of(first)), named, _kind_of(first), values, verdict)


def _kind_of(row: Row) -> str:
    if row["property"] == TYPE:
        return "type"
    if "/role/" in row["property"]:
        return "party"
    if "start" in row or "end" in row:
        return "time"
    return "figure" if {"point", "lower", "upper"} & row.keys() else "thing"


def _rank(key: tuple[str, ...], aspect: Aspect) -> tuple[int, int, str, str]:
    property = key[0]
    if property in _SINGLE_FIRST:
        return (0, _SINGLE_FIRST[property], "", "")
    if aspect.kind == "party":
        return (0, _PARTIES, aspect.label, "")
    place, within, _ = groups().get(property, (_OTHERS, 0, ""))
    return (place + 1, within, f"{key[-1] == _PART} {aspect.label}", property)


def _against(rows: Iterable[Row], wider: Mapping[str, Collection[str]]) -> bool:
    """Whether one of the claims contradicts another of them, and says something else here."""
    by_claim: dict[str, list[Row]] = {}
    for row in rows:
        by_claim.setdefault(row["source"], []).append(row)
    return any(
        verdict_of(row["property"], (tuple(_values([row])), tuple(_values(others))), wider)
        is Verdict.DIFFER
        for found in by_claim.values()
        for row in found
        if (others := by_claim.get(row.get("opposed", "")))
    )


def _values(rows: Iterable[Row]) -> Iterator[Value]:
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


def verdict_of(
    property: str, cells: Iterable[tuple[Value, ...]], wider: Mapping[str, Collection[str]]
) -> Verdict:
    """How sources stand to each other that give these values; those that give none do not count."""
    given = [cell for cell in cells if cell]
    if len(given) < 2:
        return Verdict.ONE
    sets = [frozenset(value.key for value in cell) for cell in given]
    if len(set(sets)) == 1:
        return Verdict.SAME
    if any(value.bounds for cell in given for value in cell):
        apart = any(_apart(one, other) for one, other in combinations(given, 2))
        return Verdict.DIFFER if apart else Verdict.OVERLAP
    if all(_holds(one, other, wider) for one, other in combinations(sets, 2)):
        return Verdict.WIDER
    return Verdict.BESIDE if property in _LISTED else Verdict.DIFFER


def _apart(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    """Whether no figure of the one can be a figure of the other."""
    pairs = ((a.bounds, b.bounds) for a in one for b in other)
    return not any(a.meets(b) for a, b in pairs if a and b)


def _holds(
    one: frozenset[str], other: frozenset[str], wider: Mapping[str, Collection[str]]
) -> bool:
    """Whether each value of the one is, holds, or lies within one of the other."""
    return all(
        any(a == b or b in wider.get(a, ()) or a in wider.get(b, ()) for b in other) for a in one
    )


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
