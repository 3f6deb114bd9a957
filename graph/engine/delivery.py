"""One answer on its way, from the question's wait for a worker to the answer's last chunk.

Two are told of it: ``on_head`` once, when the head, the whole answer or an error is known;
``on_over`` once, when no worker has anything more to do for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from graph.engine.faults import from_bytes
from graph.engine.wire import Head, Kind
from graph.errors import LimitReached, PolemosError

_BUFFERED_BYTES = 1024 * 1024
"""So much of an answer waits in the server for its client; then the worker waits."""
_SLOWEST = 10
"""A client may take so many times the query's time limit to fetch the answer."""
_RETRY_AFTER = 1


class Holder(Protocol):
    """Who has to do with a delivery at the moment: the queue, or a worker."""

    def release(self, delivery: Delivery, reason: str) -> None:
        """Have nothing more to do with it; ``reason`` is one of graph.engine.process.REASONS."""
        ...

    def pause(self) -> None:
        """Read nothing more for now."""
        ...

    def resume(self) -> None:
        """Read on."""
        ...


class Delivery:
    """One answer: what is known of it first, then its chunks, which are its iteration."""

    __slots__ = (
        *("body", "due", "error", "head", "holder", "over", "request", "seconds"),
        *("_arrived", "_buffered", "_chunks", "_gives_up_at", "_left", "_on_head", "_on_over"),
        *("_paused", "_told"),
    )

    def __init__(
        self,
        request: bytes,
        seconds: float,
        on_head: Callable[[Delivery], None],
        on_over: Callable[[], None],
    ) -> None:
        """``request``: the frame that a worker is sent. ``seconds``: how long it may work on it."""
        self.request = request
        self.seconds = seconds
        self.head: Head | None = None
        self.body: bytes | None = None
        """The whole answer, where it came at once."""
        self.error: PolemosError | None = None
        self.over = False
        """Whether no worker has anything more to do for it."""
        self.holder: Holder | None = None
        self.due = 0.0
        """When the patience with it ends, in the loop's time."""
        self._on_head = on_head
        self._on_over = on_over
        self._told = False
        self._chunks: deque[bytes] | None = None
        self._buffered = 0
        self._paused = False
        self._left = 0.0
        self._gives_up_at = 0.0
        self._arrived: asyncio.Future[None] | None = None

    def wait(self, holder: Holder, now: float) -> None:
        """Wait for a worker from now on."""
        self.holder = holder
        self.due = now + self.seconds

    def begin(self, now: float) -> None:
        """A worker works on it from now on."""
        self.due = now + self.seconds
        self._gives_up_at = now + self.seconds * _SLOWEST

    def take(self, kind: int, payload: bytes, now: float) -> None:
        """What the worker sent next."""
        if kind == Kind.WHOLE:
            self.head, self.body = Head.from_bytes(payload)
            self._finish()
            self._tell()
        elif kind == Kind.DATA:
            self._buffer(payload, now)
        elif kind == Kind.HEAD:
            self.head = Head.from_bytes(payload)[0]
            self._chunks = deque()
            self._tell()
        elif kind == Kind.END:
            self._finish()
        else:
            self.fail(from_bytes(payload))

    def fail(self, error: PolemosError) -> None:
        """End with an error: told in place of the head, or raised from the iteration."""
        self.error = error
        self._finish()
        self._tell()

    def stop(self, error: PolemosError) -> None:
        """End with an error, at whatever stage it is."""
        self._leave("cancelled")
        self.fail(error)

    def give_up(self) -> None:
        """Nobody waits for what is left; a worker that works on it is killed."""
        self._told = True
        if self._chunks is not None:
            self._chunks.clear()
        if not self.over:
            self._leave("client gone")
            self._finish()

    async def aclose(self) -> None:
        """Give up what is left."""
        self.give_up()

    def out_of_patience(self) -> tuple[str, PolemosError]:
        """Why a worker that is still at it is killed, and what the asker is told."""
        if self._paused:
            said = "The answer was not fetched in time and is broken off here."
            return "unfetched", LimitReached(said)
        return "time", LimitReached(
            f"The query ran for {self.seconds:g} seconds, the most it may. Narrow it, or ask for"
            " fewer rows with LIMIT."
        )

    def out_of_turn(self) -> None:
        """No worker became free in time."""
        self.stop(
            LimitReached(
                f"No worker became free in {self.seconds:g} seconds: try again later.", _RETRY_AFTER
            )
        )

    def __aiter__(self) -> Delivery:
        return self

    async def __anext__(self) -> bytes:
        while not self._chunks:
            if self.error is not None:
                raise self.error
            if self.over:
                raise StopAsyncIteration
            self._arrived = asyncio.get_running_loop().create_future()
            await self._arrived
        chunk = self._chunks.popleft()
        self._buffered -= len(chunk)
        if self._paused and self._buffered < _BUFFERED_BYTES // 2:
            self._resume(asyncio.get_running_loop().time())
        return chunk

    def _buffer(self, chunk: bytes, now: float) -> None:
        assert self._chunks is not None
        self._chunks.append(chunk)
        self._buffered += len(chunk)
        if self._buffered >= _BUFFERED_BYTES and not self._paused:
            self._pause(now)
        self._wake()

    def _pause(self, now: float) -> None:
        """Let the worker wait for the client; its own time stands still meanwhile."""
        if self.holder is not None:
            self._paused = True
            self.holder.pause()
            self._left = self.due - now
            self.due = self._gives_up_at

    def _resume(self, now: float) -> None:
        self._paused = False
        if self.holder is not None:
            self.due = min(now + self._left, self._gives_up_at)
            self.holder.resume()

    def _leave(self, reason: str) -> None:
        holder, self.holder = self.holder, None
        if holder is not None:
            holder.release(self, reason)

    def _finish(self) -> None:
        """The worker is free for others, however slowly the client fetches what is buffered."""
        if self._paused:
            self._resume(0.0)
        self.holder = None
        if not self.over:
            self.over = True
            self._on_over()
        if self._arrived is not None:
            self._wake()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._on_head(self)

    def _wake(self) -> None:
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)
