"""The engine that answers clients: a pool of worker processes over the published versions."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Hashable
from functools import partial

from graph.engine.kept import Kept, KeptAnswers
from graph.engine.outbound import Outbound
from graph.engine.process import START_SECONDS, Delivery, WorkerProcess, WorkerSettings
from graph.engine.question import Answer, Limits, Question
from graph.engine.running import RunningQueries, RunningQuery
from graph.engine.state import EngineState
from graph.engine.versions import Version, Versions
from graph.engine.wire import Head, Request
from graph.errors import EngineFailed, InvalidInput, LimitReached, NotFound, PolemosError

_log = logging.getLogger(__name__)

_SPARE = 1
"""Warm workers beyond those that may work at once: they step in where one is killed."""
_RETRY_START_SECONDS = 1.0
_RETRY_AFTER = 1
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
        self._most = workers
        self._queue = queue
        self._outbound = outbound or Outbound()
        self._kept = KeptAnswers(kept_bytes)
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._closed = False
        self._hits = 0
        self._misses = 0
        self._ends: Counter[str] = Counter()

    @property
    def version(self) -> int:
        """The number of the version that questions are answered from."""
        return self._version.number

    async def open(self) -> None:
        """Start the workers; returns when the first can answer."""
        self._give_back(await self._lend(START_SECONDS))

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
            workers=self._most,
            busy=len(self._busy),
            idle=len(self._idle),
            starting=len(self._starting),
            waiting=len(self._waiting),
            room=self._queue,
            kept_answers=len(self._kept),
            kept_bytes=self._kept.bytes,
            kept_hits=self._hits,
            kept_misses=self._misses,
            ended=dict(self._ends),
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
        self._closed = True
        for task in self._starting:
            task.cancel()
        closing = LimitReached("The server is closing.")
        for worker in (*self._idle, *self._busy):
            worker.kill("closing", closing)
        self._refuse_all(closing)
        while self._starting or self._ending:
            await asyncio.gather(*self._starting, *self._ending, return_exceptions=True)

    def _pick(self, number: int | None) -> Version:
        if number is None or number == self._version.number:
            return self._version
        return self._versions.get(number)

    async def _begin(self, running: RunningQuery, request: Request, seconds: float) -> Delivery:
        """Have a worker begin on a query, which can be stopped from now on."""
        try:
            worker = await self._lend(seconds, running)
        except BaseException:
            self.running.end(running)
            raise
        delivery = worker.ask(request.to_bytes(), seconds, partial(self.running.end, running))
        running.stop = partial(worker.kill, "cancelled")
        if running.stopped is not None:
            running.stop(running.stopped)
        return delivery

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

    async def _lend(self, seconds: float, running: RunningQuery | None = None) -> WorkerProcess:
        """A worker that is free now or within so many seconds."""
        if self._closed:
            raise LimitReached("The server is closing.")
        self._fill()
        if self._idle and len(self._busy) < self._most:
            worker = self._idle.pop()
            self._busy.add(worker)
            return worker
        if len(self._waiting) >= self._queue:
            raise LimitReached(
                f"All {self._most} workers are busy and {self._queue} queries wait already:"
                " try again in a moment.",
                _RETRY_AFTER,
            )
        return await self._wait(seconds, running)

    async def _wait(self, seconds: float, running: RunningQuery | None) -> WorkerProcess:
        turn: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        if running is not None:
            running.stop = partial(_refuse, turn)
        self._waiting.append(turn)
        timer = turn.get_loop().call_later(seconds, _give_up, turn, seconds)
        try:
            return await turn
        except BaseException:
            self._leave_queue(turn)
            raise
        finally:
            timer.cancel()

    def _leave_queue(self, turn: asyncio.Future[WorkerProcess]) -> None:
        """Whoever stops waiting may just have been given a worker: it goes to the next."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif turn.done() and not turn.cancelled() and turn.exception() is None:
            self._give_back(turn.result())

    def _give_back(self, worker: WorkerProcess) -> None:
        if worker in self._busy:
            self._busy.remove(worker)
            self._idle.append(worker)
        self._serve()

    def _serve(self) -> None:
        """Hand free workers to those who wait, first come first served."""
        while self._waiting and self._idle and len(self._busy) < self._most:
            turn = self._waiting.popleft()
            if not turn.done():
                worker = self._idle.pop()
                self._busy.add(worker)
                turn.set_result(worker)

    def _refuse_all(self, error: PolemosError) -> None:
        while self._waiting:
            _refuse(self._waiting.popleft(), error)

    def _fill(self) -> None:
        """Start as many workers as are missing."""
        present = len(self._idle) + len(self._busy) + len(self._starting)
        for _ in range(self._most + _SPARE - present):
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._started)

    async def _start(self) -> None:
        worker = WorkerProcess(self._give_back, self._ended)
        settings = WorkerSettings(self._version.store, self.limits.memory_bytes, self._outbound)
        try:
            await worker.start(settings)
        except (PolemosError, OSError) as error:
            _log.exception("A worker could not be started")
            if not self._idle and not self._busy:
                self._refuse_all(EngineFailed(f"No worker can be started: {error}"))
            await asyncio.sleep(_RETRY_START_SECONDS)
            return
        self._idle.append(worker)
        self._serve()

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        if not self._closed:
            self._fill()

    def _ended(self, worker: WorkerProcess) -> None:
        """A worker was killed or died: another takes its place."""
        if worker.reaped is not None:
            self._ending.add(worker.reaped)
            worker.reaped.add_done_callback(self._ending.discard)
            worker.reaped.add_done_callback(lambda _: self._ends.update([worker.reason]))
        self._busy.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if not self._closed:
            self._fill()
            self._serve()


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


def _refuse(turn: asyncio.Future[WorkerProcess], error: PolemosError) -> None:
    if not turn.done():
        turn.set_exception(error)


def _give_up(turn: asyncio.Future[WorkerProcess], seconds: float) -> None:
    reason = f"No worker became free in {seconds:g} seconds: try again later."
    _refuse(turn, LimitReached(reason, _RETRY_AFTER))


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
