"""The crew of worker processes: who is idle, who works, which questions wait for one."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence

from graph.engine.delivery import Delivery
from graph.engine.process import MOMENT, WorkerProcess, WorkerSettings
from graph.errors import EngineFailed, LimitReached, PolemosError

_log = logging.getLogger(__name__)

_SPARE = 1
"""Warm workers beyond those that may work at once: they step in where one is killed."""
_RETRY_START_SECONDS = 1.0
_RETRY_AFTER = 1
_AT_ONCE = 16
"""So many questions a worker is handed at most."""
_AT_ONCE_BYTES = 64 * 1024


class Crew:
    """Hands questions to worker processes and replaces those that end.

    ``most`` of them work at once, and ``queue`` more questions wait: in the queue, or behind the
    one that a worker works on. Processes start with the first question or with :meth:`open`, with
    the ``settings`` of that moment; :meth:`close` ends them.
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
        self._waiting: deque[Delivery] = deque()
        self._under_way = 0
        self._opening: asyncio.Future[None] | None = None
        self._serves = False
        self._watches = False

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
        """How many questions no worker works on yet."""
        return len(self._waiting) + sum(worker.behind() for worker in self._busy)

    async def open(self) -> None:
        """Start the workers; returns when the first can answer.

        Raises EngineFailed where none can be started, LimitReached after :meth:`close`.
        """
        if self.closed:
            raise _closing()
        self._fill()
        if not self._idle and not self._busy:
            if self._opening is None:
                self._opening = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._opening)

    async def close(self) -> None:
        """End all workers; whoever waits gets LimitReached."""
        self.closed = True
        for task in self._starting:
            task.cancel()
        for worker in (*self._idle, *self._busy):
            worker.kill("closing", _closing())
        self._refuse_all(_closing())
        while self._starting or self._ending:
            await asyncio.gather(*self._starting, *self._ending, return_exceptions=True)

    def enter(self, delivery: Delivery) -> None:
        """Have a question answered: as soon as a worker is free, and within its seconds.

        Raises LimitReached where there is no room for it.
        """
        if self.closed:
            raise _closing()
        if self._under_way >= self.most + self.queue:
            raise LimitReached(
                f"All {self.most} workers are busy and {self.queue} queries wait already:"
                " try again in a moment.",
                _RETRY_AFTER,
            )
        self._under_way += 1
        loop = asyncio.get_running_loop()
        delivery.wait(self, loop.time())
        self._waiting.append(delivery)
        self._serve_soon()
        if not self._watches:
            self._watches = True
            loop.call_later(MOMENT, self._watch)

    def over(self) -> None:
        """A question that was entered needs nothing more."""
        self._under_way -= 1

    def release(self, delivery: Delivery, reason: str) -> None:
        """Whoever waited does not wait any more."""
        self._waiting.remove(delivery)

    def pause(self) -> None:
        """Nothing comes of a question that waits."""

    def resume(self) -> None:
        """Nothing was paused."""

    def _watch(self) -> None:
        """Look after all that is under way, as long as something is."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        try:
            for worker in tuple(self._busy):
                worker.look_after(now)
            for delivery in [each for each in self._waiting if each.due <= now]:
                if delivery.holder is self:
                    delivery.out_of_turn()
        finally:
            self._watches = self._under_way > 0 or bool(self._busy)
            if self._watches:
                loop.call_later(MOMENT, self._watch)

    def _serve_soon(self) -> None:
        """Questions that come together are handed out together, at the end of the loop's turn."""
        if not self._serves:
            self._serves = True
            asyncio.get_running_loop().call_soon(self._serve)

    def _serve(self) -> None:
        """Hand what waits to free workers, first come first served."""
        self._serves = False
        if not self.closed:
            self._fill()
        now = asyncio.get_running_loop().time()
        while self._waiting and self._idle and len(self._busy) < self.most:
            worker = self._idle.pop()
            self._busy.add(worker)
            worker.hand(self._next(), now)

    def _next(self) -> list[Delivery]:
        """What a worker is handed: its share of what waits, so that the others get theirs."""
        share = min(-(-len(self._waiting) // self.most), _AT_ONCE)
        handed = [self._waiting.popleft()]
        size = len(handed[0].request)
        while len(handed) < share and size + len(self._waiting[0].request) <= _AT_ONCE_BYTES:
            handed.append(self._waiting.popleft())
            size += len(handed[-1].request)
        return handed

    def _free(self, worker: WorkerProcess) -> None:
        """A worker has answered all it had."""
        if worker in self._busy:
            self._busy.remove(worker)
            self._idle.append(worker)
        if self._waiting:
            self._serve_soon()

    def _left(self, deliveries: Sequence[Delivery]) -> None:
        """What a worker was handed and is not to begin on goes back to where it stood."""
        for delivery in deliveries:
            delivery.holder = self
        self._waiting.extendleft(reversed(deliveries))
        if self.closed:
            self._refuse_all(_closing())
        else:
            self._serve_soon()

    def _refuse_all(self, error: PolemosError) -> None:
        while self._waiting:
            self._waiting.popleft().fail(error)
        if self._opening is not None and not self._opening.done():
            self._opening.set_exception(error)

    def _fill(self) -> None:
        """Start as many workers as are missing."""
        present = len(self._idle) + len(self._busy) + len(self._starting)
        for _ in range(self.most + _SPARE - present):
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._started)

    async def _start(self) -> None:
        worker = WorkerProcess(self._free, self._left, self._ended)
        try:
            await worker.start(self._settings())
        except (PolemosError, OSError) as error:
            _log.exception("A worker could not be started")
            if not self._idle and not self._busy:
                self._refuse_all(EngineFailed(f"No worker can be started: {error}"))
                self._opening = None
            await asyncio.sleep(_RETRY_START_SECONDS)
            return
        self._idle.append(worker)
        if self._opening is not None and not self._opening.done():
            self._opening.set_result(None)
        self._serve_soon()

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
            self._serve_soon()


def _closing() -> LimitReached:
    return LimitReached("The server is closing.")
