"""Where places are, asked for one at a time and remembered for a while: events share places."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from graph.networks.answers import Questions, Row

REMEMBERED = 50_000
"""Places: some twenty megabytes."""


class Positions:
    """The coordinates of places, and what they stand for."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._remembered = lru_cache(REMEMBERED)(self._asked)

    def of(self, place: str) -> Row:
        """The row about a place, empty where nothing around it has coordinates."""
        return self._remembered(place)

    def _asked(self, place: str) -> Row:
        if place.startswith("_:") or ":" not in place:
            return {}
        return self._questions.ask("position", {"where": ox.NamedNode(place)}).first() or {}
