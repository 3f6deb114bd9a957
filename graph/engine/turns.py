"""Whose turn it is: so many at once, so many more in a queue, first come first served."""

from __future__ import annotations

import asyncio
from collections import deque

from graph.errors import LimitReached

_RETRY_AFTER = 1


class Turns:
    """Lets so many work at once."""

    def __init__(self, at_once: int, queue: int) -> None:
        self.taken = 0
        self._at_once = at_once
        self._queue = queue
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    async def take(self) -> None:
        """Wait for a turn; whoever has one gives it back. Raises LimitReached for a full queue."""
        if self.taken < self._at_once:
            self.taken += 1
            return
        if len(self._waiting) >= self._queue:
            raise LimitReached(
                f"{self._at_once} queries run and {self._queue} wait already: try again in a"
                " moment.",
                _RETRY_AFTER,
            )
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif turn.done() and not turn.cancelled():
                self.give_back()
            raise

    def give_back(self) -> None:
        """Let the next have it."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.taken -= 1
