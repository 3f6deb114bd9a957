"""The engine that answers clients: a pool of worker processes over the published versions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from functools import partial

from graph.engine.crew import Crew
from graph.engine.kept import Kept, KeptAnswers
from graph.engine.outbound import Outbound
from graph.engine.process import START_SECONDS, Delivery, WorkerSettings
from graph.engine.question import Answer, Limits, Question
from graph.engine.running import RunningQueries, RunningQuery
from graph.engine.state import EngineState
from graph.engine.versions import Version, Versions
from graph.engine.wire import Head, Request
from graph.errors import InvalidInput, NotFound

_ALL_ROWS = 10**12


class Pool:
    """Answers questions from the newest version it has adopted, in worker processes.

    ``workers`` queries run at once, up to ``queue`` more wait. Processes start with the first
    question, or with :meth:`open`; :meth:`close` ends them.
    """

    def __init__(
        self,
        versions: Versions,
        *,
        workers: int = 4,
        queue: int = 64,
        limits: Limits | None = None,
        outbound: Outbound | None = None,
        kept_bytes: int = 64 * 1024**2,
        share: int = 0,
    ) -> None:
        """``outbound``: where SERVICE may reach out to. ``kept_bytes``: room for kept answers.

        ``share``: how many queries of one asker may run or wait at once; 0 for no limit.
        Raises NotFound where nothing is published yet.
        """
        self.limits = limits or Limits()
        self.running = RunningQueries(share)
        self._versions = versions
        self._version = _newest(versions)
        self._outbound = outbound or Outbound()
        self._kept = KeptAnswers(kept_bytes)
        self._crew = Crew(self._worker_settings, workers, queue)
        self._hits = 0
        self._misses = 0

    @property
    def version(self) -> int:
        """The number of the version that questions are answered from."""
        return self._version.number

    async def open(self) -> None:
        """Start the workers; returns when the first can answer."""
        self._crew.give_back(await self._crew.lend(START_SECONDS))

    def edition(self, version: int | None = None) -> str:
        """A version's number and date, and the row limit; see Engine."""
        known = self._pick(version)
        return f"{known.number} of {known.created}, {self.limits.rows} rows"

    async def ask(self, question: Question) -> Answer:
        """Answer one query; see :class:`graph.engine.question.Engine`."""
        version = self._pick(question.version)
        key = _key(question, version)
        kept = self._kept.get(key)
        if kept is not None:
            self._hits += 1
            return _whole(kept, version, lasting=True, id=question.id)
        self._misses += 1
        seconds = self._seconds(question)
        running = self.running.begin(question, version.number)
        delivery = await self._begin(
            running, _request(question, version, self._rows(question)), seconds
        )
        try:
            head, body = await delivery.head
        except asyncio.CancelledError:
            await delivery.aclose()
            raise
        if body is None:
            return Answer(
                head.media_type,
                version.number,
                delivery,
                head.truncated,
                lasting=head.keepable,
                id=running.id,
            )
        kept = self._keep(key, question, head, body)
        return _whole(kept, version, lasting=head.keepable, id=running.id)

    def state(self) -> EngineState:
        """How the pool is now."""
        return EngineState(
            workers=self._crew.most,
            busy=self._crew.busy,
            idle=self._crew.idle,
            starting=self._crew.starting,
            waiting=self._crew.waiting,
            room=self._crew.queue,
            kept_answers=len(self._kept),
            kept_bytes=self._kept.bytes,
            kept_hits=self._hits,
            kept_misses=self._misses,
            ended=dict(self._crew.ends),
            published=self._version.created,
        )

    def published(self, number: int) -> Version:
        """One of the versions that can be asked. Raises NotFound, naming those that exist."""
        return self._versions.get(number)

    async def adopt(self) -> None:
        """Answer from the newest published version from now on; running queries end on theirs."""
        numbers = self._versions.numbers()
        if numbers and numbers[-1] > self._version.number:
            self._version = self._versions.get(numbers[-1])

    async def close(self) -> None:
        """End all workers; whoever waits gets LimitReached."""
        await self._crew.close()

    def _pick(self, number: int | None) -> Version:
        if number is None or number == self._version.number:
            return self._version
        return self._versions.get(number)

    async def _begin(self, running: RunningQuery, request: Request, seconds: float) -> Delivery:
        """Have a worker begin on a query, which can be stopped from now on."""
        try:
            worker = await self._crew.lend(seconds, running)
        except BaseException:
            self.running.end(running)
            raise
        delivery = worker.ask(request.to_bytes(), seconds, partial(self.running.end, running))
        running.stop = partial(worker.kill, "cancelled")
        if running.stopped is not None:
            running.stop(running.stopped)
        return delivery

    def _worker_settings(self) -> WorkerSettings:
        return WorkerSettings(self._version.store, self.limits.memory_bytes, self._outbound)

    def _seconds(self, question: Question) -> float:
        if question.seconds is None:
            return self.limits.seconds
        if question.seconds <= 0:
            raise InvalidInput("The time limit must be more than 0 seconds.")
        if question.own:
            return question.seconds
        return min(question.seconds, self.limits.seconds)

    def _rows(self, question: Question) -> int:
        return _ALL_ROWS if question.own else self.limits.rows

    def _keep(self, key: Hashable, question: Question, head: Head, body: bytes) -> Kept:
        kept = Kept(head.media_type, head.truncated, body)
        if head.keepable:
            self._kept.put(key, kept, len(question.query))
        return kept


class _Once:
    """The chunks of an answer that is whole already."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        body, self._body = self._body, None
        if body is None:
            raise StopAsyncIteration
        return body

    async def aclose(self) -> None:
        """Nothing is left to give up."""


def _newest(versions: Versions) -> Version:
    current = versions.current()
    if current is None:
        raise NotFound(f"No version is published in {versions.home}: build the graph first.")
    return current


def _key(question: Question, version: Version) -> Hashable:
    return (
        version.number,
        question.query,
        question.dataset,
        question.results_format,
        question.graph_format,
        tuple(question.bindings.items()),
    )


def _request(question: Question, version: Version, rows: int) -> Request:
    return Request(
        str(version.store),
        question.query,
        question.dataset.default_graphs,
        question.dataset.named_graphs,
        question.results_format,
        question.graph_format,
        dict(question.bindings),
        rows,
    )


def _whole(kept: Kept, version: Version, *, lasting: bool, id: str) -> Answer:
    return Answer(
        kept.media_type,
        version.number,
        _Once(kept.body),
        kept.truncated,
        kept.body,
        lasting=lasting,
        id=id,
    )
