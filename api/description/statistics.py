"""The figures of a version: counted once, in the background, by the queries in ``counting/``."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from graph.engine.question import Engine, Question
from graph.engine.running import ASKER
from graph.errors import LimitReached, PolemosError

_log = logging.getLogger(__name__)

_QUERIES = Path(__file__).parent / "counting"
_SECONDS = 600.0
"""So long one count may take, however short the time limit of clients is."""
_PATIENCE = 2.0
_RETRY_AFTER = 10
PLACEHOLDER = "urn:polemos:dataset"
"""What the dataset is called in the files of this package."""
T = TypeVar("T")
_FORMAT = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was counted in a version, as triples about the dataset."""

    version: int
    triples: tuple[ox.Triple, ...]
    left_out: tuple[str, ...]
    """What could not be counted within the limits: names of queries."""


class Counting:
    """Counts the version that is served when somebody asks for its figures.

    The queries run one after the other, so that the counting occupies no more than one worker.
    """

    def __init__(self, engine: Engine, dataset: str) -> None:
        self._engine = engine
        self._dataset = dataset
        self._done: Statistics | None = None
        self._task: asyncio.Task[Statistics] | None = None

    async def newest(self, patience: float = _PATIENCE) -> Statistics:
        """The figures of the version that is served.

        Where they are not counted within so many seconds, those of the version that was counted
        last; raises LimitReached where there are none yet.
        """
        if self._done is None or self._done.version != self._engine.version:
            if self._task is None:
                self._task = asyncio.get_running_loop().create_task(self._count())
            done, _ = await asyncio.wait({self._task}, timeout=patience)
            if done:
                self._take()
        if self._done is None:
            raise LimitReached(
                "The figures of this version are being counted: try again in a while.",
                _RETRY_AFTER,
            )
        return self._done

    def close(self) -> None:
        """Stop counting."""
        if self._task is not None:
            self._task.cancel()

    def _take(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            self._done = task.result()

    async def _count(self) -> Statistics:
        ASKER.set("")
        version = self._engine.version
        triples: list[ox.Triple] = []
        left_out = []
        for path in sorted(_QUERIES.glob("*.rq")):
            try:
                triples += await self._ask(path, version)
            except PolemosError as error:
                _log.warning("%s of version %d was not counted: %s", path.stem, version, error)
                left_out.append(path.stem)
        return Statistics(version, tuple(triples), tuple(left_out))

    async def _ask(self, path: Path, version: int) -> list[ox.Triple]:
        question = Question(
            path.read_text("utf-8"),
            graph_format=_FORMAT,
            seconds=_SECONDS,
            version=version,
            own=True,
        )
        answer = await self._engine.ask(question)
        text = b"".join([chunk async for chunk in answer.chunks])
        return [named(quad, self._dataset) for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)]


def named(quad: ox.Quad, dataset: str) -> ox.Triple:
    """A triple of ours about the dataset, which in the files is only a placeholder."""
    return ox.Triple(_named(quad.subject, dataset), quad.predicate, _named(quad.object, dataset))


def _named(term: T, dataset: str) -> T | ox.NamedNode:
    if isinstance(term, ox.NamedNode) and term.value.startswith(PLACEHOLDER):
        return ox.NamedNode(dataset + term.value.removeprefix(PLACEHOLDER))
    return term
