"""How much the graph holds, for the page."""

from __future__ import annotations

import json

from api.pages import TEMPLATES
from graph.engine.question import Engine, Question
from graph.errors import LimitReached

_QUERY = TEMPLATES / "counts.rq"
_SECONDS = 2.0


class Counts:
    """The counts of the version that is served, asked for once.

    Where a version cannot be counted in a moment, that is kept too: a page is no reason to burden
    the engine again and again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._version: int | None = None
        self._counts: dict[str, int] = {}

    async def now(self) -> dict[str, int]:
        """Give the number of things of each kind; empty where counting takes too long."""
        if self._version != self._engine.version:
            self._version = self._engine.version
            self._counts = {}
            self._counts = await self._count()
        return self._counts

    async def _count(self) -> dict[str, int]:
        question = Question(_QUERY.read_text("utf-8"), seconds=_SECONDS)
        try:
            answer = await self._engine.ask(question)
            results = json.loads(b"".join([chunk async for chunk in answer.chunks]))
        except LimitReached:
            return {}
        return {
            name: int(term["value"])
            for row in results["results"]["bindings"]
            for name, term in row.items()
        }
