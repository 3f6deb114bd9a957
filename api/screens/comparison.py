"""What several sources say of an event, side by side: a column a source, a row an aspect.

Pure: from the rows of the query ``event-by-source`` to what a page shows of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import inf

from api.linked_data.facts import groups
from api.screens.canned import Row
from api.screens.values import Value, values_of
from graph.vocabulary import POLEMOS, RDF, short

TYPE = RDF.type.value
_LISTED = frozenset(
    f"{POLEMOS}{name}"
    for name in ("hit", "target", "primaryTarget", "weapon", "damage", "circumstance", "partOf")
) | {f"{POLEMOS}{name}" for name in ("issue", "about", "precedes", "addressee", "content")}
"""Properties of which a source may name some and another others without either being wrong."""
_LEFT_OUT = frozenset(f"{POLEMOS}{name}" for name in ("placeText", "content"))
_PART = "part"
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
    values = tuple(tuple(values_of(by_column[column.key])) for column in columns)
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
        verdict_of(row["property"], (tuple(values_of([row])), tuple(values_of(others))), wider)
        is Verdict.DIFFER
        for found in by_claim.values()
        for row in found
        if (others := by_claim.get(row.get("opposed", "")))
    )


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
