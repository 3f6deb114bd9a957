"""The other clock: when something was reported, in place of when it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from graph.network import Edge, Network, Node
from graph.networks.answers import Questions, Row
from graph.networks.nodes import DATE_PRECISION

HAPPENED, REPORTED = "happened", "reported"
TIMES = (HAPPENED, REPORTED)
"""Whose time a network has: that of the events, or that of the reports about them."""

Days: TypeAlias = tuple[str | None, str | None]


class Calendar(Protocol):
    """When things were reported."""

    def of(self, about: str) -> Days:
        """The first moment of the first day and the last of the last, in UTC; or neither."""
        ...


def by_report(network: Network, calendar: Calendar) -> Network:
    """The network with the days of reports as its time; what nobody reported has none.

    An edge has the days of what it is about. How precisely it is known when something happened is
    left out.
    """
    return Network(network.title, _Nodes(network, calendar), _Edges(network, calendar))


@dataclass(frozen=True, slots=True)
class _Nodes:
    network: Network
    calendar: Calendar

    def __iter__(self) -> Iterator[Node]:
        for node in self.network.nodes:
            start, end = self.calendar.of(node.iri)
            known = tuple(pair for pair in node.attributes if pair[0] != DATE_PRECISION)
            yield replace(node, start=start, end=end, attributes=known)


@dataclass(frozen=True, slots=True)
class _Edges:
    network: Network
    calendar: Calendar

    def __iter__(self) -> Iterator[Edge]:
        for edge in self.network.edges:
            about = edge.iri.partition("#")[0]
            start, end = self.calendar.of(about)
            yield replace(edge, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Single:
    """Asks for one thing at a time: for networks of few."""

    questions: Questions

    def of(self, about: str) -> Days:
        """See :class:`Calendar`."""
        try:
            term = ox.NamedNode(about)
        except ValueError:
            return None, None
        return _span(self.questions.ask("reported", {"about": term}))


class Whole:
    """Asks once for everything, and goes along with whoever asks in the order of IRIs."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._rows: Iterable[Row] | None = None
        self._begin()

    def _begin(self) -> None:
        self._at = ""
        self._groups: Iterator[tuple[str, Days]] = iter(())
        if self._rows is not None:
            grouped = groupby(self._rows, key=lambda row: row["about"])
            self._groups = ((about, _span(rows)) for about, rows in grouped)
        self._next: tuple[str, Days] | None = next(self._groups, None)

    def of(self, about: str) -> Days:
        """See :class:`Calendar`; it starts anew where the order is broken."""
        if self._rows is None:
            self._rows = self._questions.ask("reported")
            self._begin()
        if about < self._at:
            self._begin()
        self._at = about
        while self._next is not None and self._next[0] < about:
            self._next = next(self._groups, None)
        return self._next[1] if self._next is not None and self._next[0] == about else (None, None)


def _span(rows: Iterable[Row]) -> Days:
    days = sorted(row["day"] for row in rows)
    return (f"{days[0]}T00:00:00Z", f"{days[-1]}T23:59:59Z") if days else (None, None)
