"""What is matched against: the index of the newest version, made when it is first asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from graph.engine.question import Engine, Question
from graph.reconciliation.comparison import Comparison
from graph.reconciliation.entities import READ, query
from graph.reconciliation.index import Index, read_index
from graph.reconciliation.matching import Asked, Candidate, match
from graph.reconciliation.properties import Values, find_property, read_values

_SECONDS = 120.0
"""For each query that reads names or values of a whole version."""
_AT_ONCE = 2
"""So many batches are matched at the same time; more would only wait for one processor."""


@dataclass(frozen=True)
class Held:
    """The index of a version, and the values of its properties that were asked for."""

    version: int
    index: Index
    values: dict[str, Values] = field(default_factory=dict)


class Matcher:
    """Matches names to the entities of the version that is served; works in threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Held | None = None
        self._making = asyncio.Lock()
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def held(self) -> Held:
        """The index of the newest version; whoever comes while it is being made waits for it."""
        async with self._making:
            version = self._engine.version
            if self._held is None or self._held.version != version:
                answers = {name: await self._read(query(name), version) for name in READ}
                self._held = Held(version, await asyncio.to_thread(read_index, answers))
            return self._held

    async def values(self, held: Held, ids: Iterable[str]) -> dict[str, Values]:
        """The values of properties by their ids, of all entities, read once a version."""
        for id in ids:
            if id not in held.values:
                answer = await self._read(find_property(id).query, held.version)
                held.values[id] = await asyncio.to_thread(read_values, answer)
        return held.values

    async def match(
        self, held: Held, batch: Iterable[tuple[Asked, ...]]
    ) -> list[tuple[Candidate, ...]]:
        """The candidates of each query of a batch; a query is asked by any of several names."""
        queries = list(batch)
        ids = {
            condition.property
            for query in queries
            for asked in query
            for condition in asked.conditions
        }
        compare = Comparison(held.index, await self.values(held, sorted(ids)))
        return await self._in_turn(
            lambda: [_by_any(query, held.index, compare) for query in queries]
        )

    async def _in_turn(
        self, work: Callable[[], list[tuple[Candidate, ...]]]
    ) -> list[tuple[Candidate, ...]]:
        async with self._turns:
            return await asyncio.to_thread(work)

    async def _read(self, text: str, version: int) -> str:
        question = Question(
            text, results_format="text/csv", version=version, seconds=_SECONDS, own=True
        )
        answer = await self._engine.ask(question)
        return b"".join([chunk async for chunk in answer.chunks]).decode()


def _by_any(query: tuple[Asked, ...], index: Index, compare: Comparison) -> tuple[Candidate, ...]:
    """The candidates of several names for one thing: each with the best of its scores."""
    if len(query) == 1:
        return match(query[0], index, compare)
    best: dict[str, Candidate] = {}
    for asked in query:
        for candidate in match(asked, index, compare):
            iri = candidate.entity.iri
            if iri not in best or candidate.score > best[iri].score:
                best[iri] = candidate
    ranked = sorted(best.values(), key=lambda each: (-each.score, each.entity.iri))
    return tuple(ranked[: query[0].limit])
