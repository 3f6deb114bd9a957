"""The crew of worker processes: who is idle, who works, who waits for one."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable
from functools import partial

from graph.engine.process import WorkerProcess, WorkerSettings
from graph.engine.running import RunningQuery
from graph.errors import EngineFailed, LimitReached, PolemosError

_log = logging.getLogger(__name__)

_SPARE = 1
"""Warm workers beyond those that may work at once: they step in where one is killed."""
_RETRY_START_SECONDS = 1.0
_RETRY_AFTER = 1


class Crew:
    """Lends worker processes and replaces those that end.

    ``most`` of them work at once, up to ``queue`` askers wait for one. Processes start with the
    first that is lent, with the ``settings`` of that moment; :meth:`close` ends them.
    """

    def __init__(self, settings: Callable[[], WorkerSettings], most: int, queue: int) -> None:
        self.most = most
        self.queue = queue
        self.closed = False
        self.ends: Counter[str] = Counter()
        """How often a worker ended, by reason."""
        self._settings = settings
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()

    @property
    def busy(self) -> int:
        """How many work."""
        return len(self._busy)

    @property
    def idle(self) -> int:
        """How many are free."""
        return len(self._idle)

    @property
    def starting(self) -> int:
        """How many are about to be there."""
        return len(self._starting)

    @property
    def waiting(self) -> int:
        """How many askers wait."""
        return len(self._waiting)

    async def close(self) -> None:
        """End all workers; whoever waits gets LimitReached."""
        self.closed = True
        for task in self._starting:
            task.cancel()
        closing = LimitReached("The server is closing.")
        for worker in (*self._idle, *self._busy):
            worker.kill("closing", closing)
        self._refuse_all(closing)
        while self._starting or self._ending:
            await asyncio.gather(*self._starting, *self._ending, return_exceptions=True)

    async def lend(self, seconds: float, running: RunningQuery | None = None) -> WorkerProcess:
        """A worker that is free now or within so many seconds."""
        if self.closed:
            raise LimitReached("The server is closing.")
        self._fill()
        if self._idle and len(self._busy) < self.most:
            worker = self._idle.pop()
            self._busy.add(worker)
            return worker
        if len(self._waiting) >= self.queue:
            raise LimitReached(
                f"All {self.most} workers are busy and {self.queue} queries wait already:"
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
            self.give_back(turn.result())

    def give_back(self, worker: WorkerProcess) -> None:
        if worker in self._busy:
            self._busy.remove(worker)
            self._idle.append(worker)
        self._serve()

    def _serve(self) -> None:
        """Hand free workers to those who wait, first come first served."""
        while self._waiting and self._idle and len(self._busy) < self.most:
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
        for _ in range(self.most + _SPARE - present):
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._started)

    async def _start(self) -> None:
        worker = WorkerProcess(self.give_back, self._ended)
        try:
            await worker.start(self._settings())
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
        if not self.closed:
            self._fill()

    def _ended(self, worker: WorkerProcess) -> None:
        """A worker was killed or died: another takes its place."""
        if worker.reaped is not None:
            self._ending.add(worker.reaped)
            worker.reaped.add_done_callback(self._ending.discard)
            worker.reaped.add_done_callback(lambda _: self.ends.update([worker.reason]))
        self._busy.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if not self.closed:
            self._fill()
            self._serve()


def _refuse(turn: asyncio.Future[WorkerProcess], error: PolemosError) -> None:
    if not turn.done():
        turn.set_exception(error)


def _give_up(turn: asyncio.Future[WorkerProcess], seconds: float) -> None:
    reason = f"No worker became free in {seconds:g} seconds: try again later."
    _refuse(turn, LimitReached(reason, _RETRY_AFTER))
