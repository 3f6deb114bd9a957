"""The figures of a version, read once in the background."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.engine.question import Engine, Question
from graph.engine.running import ASKER
from graph.errors import PolemosError
from graph.vocabulary import POLEMOS

_log = logging.getLogger(__name__)
_QUERIES = Path(__file__).parent
_SECONDS = 60.0
_PATIENCE = 0.7
"""Seconds that a page waits for figures; without them it says that they are being counted."""

Row = Mapping[str, str]
"""The text of each term of a solution, by variable."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What was counted in a version; what could not be counted is empty."""

    version: int
    kinds: Mapping[str, int]
    """Numbers of things by the local name of their class."""
    years: Mapping[int, Mapping[str, int]]
    """Numbers of events by the year in which they began, then by the local name of the class."""
    articles: tuple[Row, ...]
    """The newest: ``article``, ``n`` claims and, where known, ``date``, labels ``en``, ``uk``."""
    datasets: tuple[Row, ...]
    """Each with ``dataset``, ``n`` records and, where known, ``label`` and ``licence``."""
    parties: tuple[Row, ...]
    """Those in most events: ``thing``, ``n`` and, where known, labels ``en``, ``uk``."""
    regions: tuple[Row, ...]
    """The same of where most events took place."""


class Overviews:
    """Reads the version that is served when somebody first asks, one query at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._done: Overview | None = None
        self._task: asyncio.Task[Overview] | None = None

    async def newest(self, patience: float = _PATIENCE) -> Overview | None:
        """The figures of the version that is served, or of the one before while they are counted.

        ``patience``: seconds to wait for them. None where there are none yet.
        """
        if self._done is None or self._done.version != self._engine.version:
            if self._task is None:
                self._task = asyncio.get_running_loop().create_task(self._read())
            done, _ = await asyncio.wait({self._task}, timeout=patience)
            if done:
                self._done, self._task = self._task.result(), None
        return self._done

    def close(self) -> None:
        """Stop counting."""
        if self._task is not None:
            self._task.cancel()

    async def _read(self) -> Overview:
        ASKER.set("")
        version = self._engine.version
        kinds = await self._rows("kinds", version)
        years = await self._rows("years", version)
        return Overview(
            version,
            {_local(row["kind"]): int(row["n"]) for row in kinds},
            by_year(years),
            tuple(await self._rows("articles", version)),
            tuple(await self._rows("datasets", version)),
            tuple(await self._rows("parties", version)),
            tuple(await self._rows("regions", version)),
        )

    async def _rows(self, name: str, version: int) -> list[Row]:
        question = Question(_text(name), seconds=_SECONDS, version=version, own=True)
        try:
            answer = await self._engine.ask(question)
            results = json.loads(b"".join([chunk async for chunk in answer.chunks]))
        except PolemosError as error:
            _log.warning("%s of version %d were not counted: %s", name, version, error)
            return []
        return [
            {variable: term["value"] for variable, term in row.items()}
            for row in results["results"]["bindings"]
        ]


def by_year(rows: Sequence[Row]) -> dict[int, dict[str, int]]:
    """The numbers of rows with ``year``, ``kind`` and ``n``, by year and kind."""
    years: dict[int, dict[str, int]] = {}
    for row in rows:
        if "year" in row:
            years.setdefault(int(row["year"]), {})[_local(row["kind"])] = int(row["n"])
    return years


def _local(iri: str) -> str:
    return iri.removeprefix(POLEMOS)


@cache
def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text("utf-8")
