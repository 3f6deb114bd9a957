"""The server's side of writing: a queue of writes, and the process that does them in batches.

Whatever waits when a batch begins goes into it together and becomes one version; each write still
has an outcome of its own. A write that kills the process (a body made for that), or runs out of
time, is answered with its error, and the others of its batch are done again without it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import subprocess
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.engine.child import spawn
from graph.engine.faults import from_bytes
from graph.engine.process import died_of
from graph.engine.pruning import Retention
from graph.engine.versions import Versions
from graph.engine.wire import Inbox, frame
from graph.errors import EngineFailed, InvalidQuery, LimitReached, PolemosError
from graph.writing.log import WriteLog, written
from graph.writing.process import Said, too_large
from graph.writing.write import Outcome, Write, outcomes_from, writes_to_bytes

_log = logging.getLogger(__name__)

_START_SECONDS = 60.0
_PUBLISH_SECONDS = 300.0
_READ_AT_ONCE = 256 * 1024
_STDERR_READ = 20_000
_RETRY_AFTER = 1


@dataclass(frozen=True, slots=True)
class WriteLimits:
    """What writes may use."""

    seconds: float = 30.0
    """For one write: to read, apply and judge it."""
    memory_bytes: int = 2 * 1024**3
    queue: int = 64
    """So many writes may wait."""
    queue_bytes: int = 256 * 1024**2
    """So many bytes may wait."""
    together: int = 32
    """So many writes may become one version."""


@dataclass(slots=True)
class _Waiting:
    write: Write
    outcome: asyncio.Future[Outcome]


class _Died(Exception):
    """The process ended, at a write of the batch or between two."""

    def __init__(self, at: int | None, error: PolemosError, *, begun: bool = True) -> None:
        super().__init__(str(error))
        self.begun = begun
        self.at = at
        self.error = error


class Writer:
    """Does writes, one batch after the other."""

    def __init__(
        self,
        versions: Versions,
        limits: WriteLimits | None = None,
        retention: Retention | None = None,
    ) -> None:
        self.limits = limits or WriteLimits()
        self._versions = versions
        self._log = WriteLog(versions.home)
        self._retention = retention or Retention()
        self._queue: deque[_Waiting] = deque()
        self._bytes = 0
        self._work: asyncio.Task[None] | None = None
        self._more = asyncio.Event()
        self._process: _Process | None = None
        self._closing = False

    async def open(self) -> None:
        """Start; returns when the log agrees with the versions."""
        self._process = await self._started()
        self._work = asyncio.get_running_loop().create_task(self._run())

    async def submit(self, write: Write) -> Outcome:
        """Do a write; its outcome comes when it is on the disk, or refused.

        Raises LimitReached where too many wait, or where the server is closing, and EngineFailed
        where no version can be written.
        """
        if self._closing or self._work is None:
            raise LimitReached("The server is closing.", _RETRY_AFTER)
        size = len(write.body)
        if len(self._queue) >= self.limits.queue or self._bytes + size > self.limits.queue_bytes:
            raise LimitReached(
                f"{len(self._queue)} writes wait already: try again in a moment.", _RETRY_AFTER
            )
        waiting = _Waiting(write, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        self._bytes += size
        self._more.set()
        return await waiting.outcome

    async def close(self) -> None:
        """Let the batch under way end, refuse those that wait, end the process."""
        self._closing = True
        self._more.set()
        self._refuse(self._taken(len(self._queue)), LimitReached("The server is closing."))
        if self._work is not None:
            with suppress(asyncio.CancelledError):
                await self._work
        if self._process is not None:
            await self._process.end()

    async def _run(self) -> None:
        while not self._closing:
            if not self._queue:
                self._more.clear()
                await self._more.wait()
                continue
            batch = self._taken(self.limits.together)
            try:
                await self._do(batch)
            except (PolemosError, OSError) as error:
                _log.warning("A batch of writes failed: %s", error)
                failed = error if isinstance(error, PolemosError) else EngineFailed(str(error))
                await self._fail(batch, failed)

    def _taken(self, most: int) -> list[_Waiting]:
        """The next to be done; whoever has gone meanwhile is left out."""
        taken: list[_Waiting] = []
        while self._queue and len(taken) < most:
            waiting = self._queue.popleft()
            self._bytes -= len(waiting.write.body)
            if not waiting.outcome.done():
                taken.append(waiting)
        return taken

    async def _do(self, batch: list[_Waiting]) -> None:
        """A batch, done again without the write that the process died of.

        A process that was dead before it began is replaced once.
        """
        again = False
        while batch:
            if self._process is None:
                self._process = await self._started()
            try:
                outcomes = await self._process.write([each.write for each in batch], self.limits)
            except _Died as died:
                await self._process.end()
                self._process = None
                if died.begun or again:
                    batch = await self._left(batch, died)
                again = not died.begun
            else:
                for waiting, outcome in zip(batch, outcomes, strict=True):
                    _answer(waiting, outcome)
                return

    async def _left(self, batch: list[_Waiting], died: _Died) -> list[_Waiting]:
        """The writes to be done again, after those are answered that are done or to blame."""
        if died.at is not None:
            culprit = batch.pop(died.at)
            await self._fail([culprit], died.error)
            return batch
        published = self._published()
        for waiting in batch:
            if waiting.write.id in published:
                _answer(waiting, published[waiting.write.id])
        left = [waiting for waiting in batch if not waiting.outcome.done()]
        if len(left) == len(batch):
            await self._fail(left, died.error)
            return []
        return left

    async def _fail(self, batch: Sequence[_Waiting], error: PolemosError) -> None:
        """Refuse writes that the process itself could not answer, and log them."""
        refused = {"outcome": "refused", "reason": str(error)}
        entries = [waiting.write.entry() | refused for waiting in batch]
        await asyncio.to_thread(self._log.append, entries)
        self._refuse(batch, error)

    def _published(self) -> dict[str, Outcome]:
        """The writes of the current version: it may have been published just before the end."""
        current = self._versions.current()
        entries = () if current is None else written(current)
        return {
            entry["id"]: Outcome(entry["id"], entry["version"], entry["added"], entry["removed"])
            for entry in entries
        }

    @staticmethod
    def _refuse(batch: Sequence[_Waiting], error: PolemosError) -> None:
        for waiting in batch:
            if not waiting.outcome.done():
                waiting.outcome.set_exception(error)

    async def _started(self) -> _Process:
        process = _Process(self._versions.home, self.limits, self._retention)
        await process.start()
        return process


def _answer(waiting: _Waiting, outcome: Outcome) -> None:
    if not waiting.outcome.done():
        waiting.outcome.set_result(outcome)


class _Process:
    """The process that writes, and what is said with it."""

    def __init__(self, home: Path, limits: WriteLimits, retention: Retention) -> None:
        self._home = home
        self._limits = limits
        self._retention = retention
        self._frames: AsyncIterator[tuple[int, bytes]]

    async def start(self) -> None:
        """Start it, and wait until it can write. Raises EngineFailed where it cannot."""
        ours, theirs = socket.socketpair()
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end
        with theirs:
            settings = {
                "socket": theirs.fileno(),
                "home": str(self._home),
                "memory_bytes": self._limits.memory_bytes,
                "keep": self._retention.newest,
                "keep_days": self._retention.days,
            }
            self._process: subprocess.Popen[bytes] = spawn(
                "graph.writing.process", json.dumps(settings), theirs, self._stderr
            )
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        self._frames = self._read()
        try:
            async with asyncio.timeout(_START_SECONDS):
                await anext(self._frames)
        except (TimeoutError, StopAsyncIteration):
            said = await self.end()
            raise EngineFailed(f"The process that writes did not start: {said[-500:]}") from None

    async def write(self, batch: Sequence[Write], limits: WriteLimits) -> list[Outcome]:
        """Do a batch. Raises _Died where the process ends, or is ended, before it is done."""
        at: int | None = None
        begun = False
        self._writer.write(frame(Said.READY, writes_to_bytes(batch)))
        try:
            while True:
                seconds = limits.seconds if at is not None else _PUBLISH_SECONDS
                async with asyncio.timeout(seconds):
                    kind, payload = await anext(self._frames)
                if kind == Said.BEGUN:
                    at, begun = int(payload), True
                elif kind == Said.PUBLISHING:
                    at = None
                elif kind == Said.DONE:
                    return outcomes_from(payload)
                else:
                    raise from_bytes(payload)
        except TimeoutError:
            raise _Died(
                at,
                LimitReached(
                    f"The write took more than {seconds:g} seconds. Send it in smaller parts, or"
                    " load large data by command."
                ),
            ) from None
        except StopAsyncIteration:
            code, said = await self._ended()
            raise _Died(at, _diagnosed(code, said), begun=begun) from None

    async def end(self) -> str:
        """End the process; what it wrote to stderr."""
        self._writer.close()
        self._process.kill()
        return (await self._ended())[1]

    async def _ended(self) -> tuple[int, str]:
        code = await asyncio.to_thread(self._process.wait)
        if self._stderr.closed:
            return code, ""
        with self._stderr:
            self._stderr.seek(0)
            return code, self._stderr.read(_STDERR_READ).decode("utf-8", "replace")

    async def _read(self) -> AsyncIterator[tuple[int, bytes]]:
        inbox = Inbox()
        with suppress(ConnectionError):
            while data := await self._reader.read(_READ_AT_ONCE):
                for each in inbox.frames(data):
                    yield each


def _diagnosed(code: int, said: str) -> PolemosError:
    """Why the process died of a write."""
    reason = died_of(code, said)
    if reason == "memory":
        return too_large()
    if reason == "nesting":
        return InvalidQuery(
            "The body is nested too deeply to be read. Flatten it: use identifiers in place of"
            " nodes within nodes."
        )
    _log.error("The process that writes ended with code %s: %s", code, said)
    return EngineFailed("The process that writes ended unexpectedly; the server's log says more.")
