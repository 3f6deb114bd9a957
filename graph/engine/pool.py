"""The engine that answers clients: a pool of worker processes over the published versions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable
from functools import partial

from graph.engine.crew import Crew
from graph.engine.delivery import Delivery
from graph.engine.kept import Kept, KeptAnswers
from graph.engine.outbound import Outbound
from graph.engine.process import WorkerSettings
from graph.engine.question import Answer, Limits, Question
from graph.engine.running import RunningQueries, RunningQuery
from graph.engine.state import EngineState
from graph.engine.versions import Version, Versions
from graph.engine.wire import Request
from graph.errors import EngineFailed, InvalidInput, NotFound, PolemosError

_ALL_ROWS = 10**12

Outcome = Answer | PolemosError


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
        await self._crew.open()

    def edition(self, version: int | None = None) -> str:
        """A version's number and date, and the row limit; see Engine."""
        known = self._pick(version)
        return f"{known.number} of {known.created}, {self.limits.rows} rows"

    async def ask(self, question: Question) -> Answer:
        """Answer one query; see :class:`graph.engine.question.Engine`."""
        turn: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        begun = self.begin(question, partial(_settle, turn))
        if isinstance(begun, Answer):
            return begun
        try:
            return await turn
        except asyncio.CancelledError:
            begun.give_up()
            raise

    def begin(self, question: Question, on_answer: Callable[[Outcome], None]) -> Answer | Delivery:
        """Begin to answer a query: at once, or by a call of ``on_answer``, unless it is given up.

        Raises what :meth:`ask` does as far as it is known by now; the rest is handed over.
        """
        version = self._pick(question.version)
        key = _key(question, version)
        kept = self._kept.get(key)
        if kept is not None:
            self._hits += 1
            return _whole(kept, version, lasting=True, id=question.id)
        self._misses += 1
        request = _request(question, version, self._rows(question)).to_bytes()
        seconds = self._seconds(question)
        running = self.running.begin(question, version.number)
        delivery = Delivery(
            request,
            seconds,
            partial(self._answered, key, question, version, running, on_answer),
            partial(self._over, running),
        )
        running.stop = delivery.stop
        try:
            self._crew.enter(delivery)
        except PolemosError:
            self.running.end(running)
            raise
        return delivery

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

    def _over(self, running: RunningQuery) -> None:
        self.running.end(running)
        self._crew.over()

    def _answered(
        self,
        key: Hashable,
        question: Question,
        version: Version,
        running: RunningQuery,
        on_answer: Callable[[Outcome], None],
        delivery: Delivery,
    ) -> None:
        """Hand over an answer that has begun, or what went wrong before."""
        head = delivery.head
        if delivery.error is not None or head is None:
            on_answer(delivery.error or EngineFailed("An answer has neither head nor error."))
        elif delivery.body is None:
            on_answer(
                Answer(
                    head.media_type,
                    version.number,
                    delivery,
                    head.truncated,
                    lasting=head.keepable,
                    id=running.id,
                )
            )
        else:
            kept = Kept(head.media_type, head.truncated, delivery.body)
            if head.keepable:
                self._kept.put(key, kept, len(question.query))
            on_answer(_whole(kept, version, lasting=head.keepable, id=running.id))

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


def _settle(turn: asyncio.Future[Answer], outcome: Outcome) -> None:
    if turn.done():
        return
    if isinstance(outcome, Answer):
        turn.set_result(outcome)
    else:
        turn.set_exception(outcome)


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
        question.base,
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
        question.base,
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
