"""Events by year as a chart of columns, drawn by the server: it needs no script."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 150
"""Of the drawing, in its own units."""
KINDS = ("Attack", "Negotiation")
FEWEST = 4
"""Fewer years are said in words."""
_GAP = 0.25
_LABELS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of the chart."""

    kind: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Year:
    """The bars of a year, and whether the year is written below them."""

    year: int
    labelled: bool
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The years from the first to the last, those without events among them."""

    years: tuple[Year, ...]
    top: int
    """The number that the upper edge stands for."""


def chart_of(years: Mapping[int, Mapping[str, int]]) -> Chart | None:
    """Lay the chart out; None where the years are too few for one."""
    if len(years) < FEWEST:
        return None
    first, last = min(years), max(years)
    top = _round_up(max(count for counts in years.values() for count in counts.values()))
    step = WIDTH / (last - first + 1)
    every = math.ceil((last - first + 1) / _LABELS)
    drawn = [
        Year(
            year,
            (last - year) % every == 0,
            round((year - first + 0.5) * step, 2),
            _bars(years.get(year, {}), (year - first) * step, step, top),
        )
        for year in range(first, last + 1)
    ]
    return Chart(tuple(drawn), top)


def _bars(counts: Mapping[str, int], left: float, step: float, top: int) -> tuple[Bar, ...]:
    width = step * (1 - _GAP) / len(KINDS)
    bars = []
    for place, kind in enumerate(KINDS):
        count = counts.get(kind, 0)
        height = max(HEIGHT * count / top, 1.5) if count else 0.0
        x = left + step * _GAP / 2 + place * width
        bars.append(
            Bar(kind, count, *(round(each, 2) for each in (x, HEIGHT - height, width, height)))
        )
    return tuple(bars)


def _round_up(count: int) -> int:
    """The next number of one digit and zeros, or five and ten of it."""
    unit: int = 10 ** max(len(str(count)) - 1, 0)
    return next(unit * n for n in (1, 2, 3, 4, 5, 6, 8, 10) if unit * n >= count)
