"""One question to a server elsewhere: its turn, its time, and its answer as it comes."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import httpx

from graph.engine.running import RunningQueries, RunningQuery
from graph.engine.turns import Turns
from graph.errors import LimitReached, PolemosError, RemoteFailed

T = TypeVar("T")

_SLOWEST = 10
"""A client may take so many times the query's time limit to fetch the answer."""
_TAG = re.compile(r"<[^>]*>")


class Exchange:
    """An answer under way; its iteration is the chunks of it.

    Only the time in which the server is waited for counts against the limit.
    """

    def __init__(
        self,
        seconds: float,
        running: RunningQuery,
        queries: RunningQueries,
        turns: Turns | None,
    ) -> None:
        """``turns``: where a turn is to be taken; None for what goes on within another's turn."""
        loop = asyncio.get_running_loop()
        self.running = running
        self.size = 0
        """How many bytes have come."""
        self._loop = loop
        self._seconds = seconds
        self._left = seconds
        self._timer = loop.call_later(seconds * _SLOWEST, self._give_up)
        self._queries = queries
        self._turns = turns
        self._has_turn = False
        self._pending: asyncio.Task[Any] | None = None
        self._error: PolemosError | None = None
        self._response: httpx.Response | None = None
        self._bytes: AsyncIterator[bytes] | None = None
        self._held: deque[bytes] = deque()
        self._ended = False

    def beside(self) -> Exchange:
        """A second exchange for the same query, in what is left of its time."""
        second = Exchange(max(self._left, 0.001), self.running, self._queries, None)
        self.running.stop = second.stop
        return second

    async def begin(self) -> None:
        """Wait for a turn; from now on the query can be stopped."""
        self.running.stop = self.stop
        if self.running.stopped is not None:
            raise self.running.stopped
        if self._turns is not None:
            await self._step(self._turns.take())
            self._has_turn = True

    async def send(self, sending: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        """Wait until the server begins to answer."""
        self._response = await self._step(sending)
        self._bytes = self._response.aiter_bytes()
        return self._response

    async def hold(self, most: int) -> bool:
        """Read until the end, or so many bytes; True where it was the end."""
        while not self._ended and self.size < most:
            await self._more()
        return self._ended

    def whole(self) -> bytes:
        """All that is held, together."""
        return b"".join(self._held)

    def become(self, body: bytes) -> None:
        """Be another answer, in place of what came."""
        self._held = deque((body,))

    async def said(self, most: int) -> str:
        """The first characters of an answer that is a message."""
        await self.hold(most)
        text = b"".join(self._held).decode("utf-8", "replace")
        await self.aclose()
        return " ".join(_TAG.sub(" ", text).split())[:most]

    def stop(self, error: PolemosError) -> None:
        """End the exchange with an error for whoever waits for it."""
        self._error = error
        if self._pending is not None:
            self._pending.cancel()
        elif not self._ended:
            self._closing = self._loop.create_task(self.aclose())

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        while not self._held:
            if self._error is not None:
                raise self._error
            if self._ended:
                await self.aclose()
                raise StopAsyncIteration
            await self._more()
        return self._held.popleft()

    async def aclose(self) -> None:
        """Hang up, which tells the server that the rest is not wanted, and give the turn back."""
        self._ended = True
        self._timer.cancel()
        response, self._response = self._response, None
        if self._has_turn and self._turns is not None:
            self._has_turn = False
            self._turns.give_back()
        if self._turns is not None:
            self._queries.end(self.running)
        if response is not None:
            await response.aclose()

    async def _more(self) -> None:
        if self._bytes is None:
            self._ended = True
            return
        chunk = await self._step(_next(self._bytes))
        if chunk is None:
            self._ended = True
        else:
            self._held.append(chunk)
            self.size += len(chunk)

    async def _step(self, waiting: Coroutine[Any, Any, T]) -> T:
        """Wait for one thing, as long as the query has time."""
        self._pending = task = self._loop.create_task(waiting)
        begun = self._loop.time()
        try:
            if self._error is not None:
                raise self._error
            async with asyncio.timeout(self._left):
                return await task
        except TimeoutError:
            raise LimitReached(
                f"The query ran for {self._seconds:g} seconds, the most it may. Narrow it, or ask"
                " for fewer rows with LIMIT."
            ) from None
        except asyncio.CancelledError:
            if self._error is not None:
                raise self._error from None
            raise
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise RemoteFailed(f"The engine elsewhere cannot be reached: {reason}.") from error
        finally:
            self._pending = None
            self._left -= self._loop.time() - begun
            task.cancel()

    def _give_up(self) -> None:
        self.stop(LimitReached("The answer was not fetched in time and is broken off here."))


async def _next(chunks: AsyncIterator[bytes]) -> bytes | None:
    """The next chunk; None where there is none."""
    return await anext(chunks, None)
