"""The server's side of a worker: its process, the socket to it, and the answer under way.

A worker is never asked to stop: whatever is no longer wanted (past its time, client gone) is
killed, and the pool has another one ready.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import graph
from graph.engine.faults import from_bytes, out_of_memory, too_deep
from graph.engine.outbound import Outbound
from graph.engine.wire import Head, Inbox, Kind
from graph.errors import EngineFailed, LimitReached, PolemosError

_log = logging.getLogger(__name__)

_BUFFERED_BYTES = 1024 * 1024
"""So much of an answer waits in the server for its client; then the worker waits."""
_SLOWEST = 10
"""A client may take so many times the query's time limit to fetch the answer."""
START_SECONDS = 30.0
REASONS = ("time", "unfetched", "client gone", "cancelled", "memory", "nesting", "crash", "closing")
"""Why a worker ended: what it was killed for, or what it died of."""
_STDERR_READ = 20_000
_NO_MEMORY = ("memory allocation of", "bad_alloc", "OpenBLAS error", "failed to map segment")
"""What is said when memory is refused: by Rust, C++, numpy's library, the loader of libraries."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is started with."""

    store: Path
    """The store it opens while it warms up; each request names its own."""
    memory_bytes: int
    outbound: Outbound

    def to_json(self, descriptor: int) -> str:
        """The worker's command-line argument."""
        return json.dumps(
            {
                "socket": descriptor,
                "store": str(self.store),
                "memory_bytes": self.memory_bytes,
                "outbound": self.outbound.to_json(),
            }
        )


class Delivery:
    """One answer on its way: the head first, then its chunks, which are its iteration."""

    def __init__(self, worker: WorkerProcess, seconds: float, on_over: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self.head: asyncio.Future[tuple[Head, bytes | None]] = loop.create_future()
        """The head, and the whole body where it came with it."""
        self._loop = loop
        self._worker = worker
        self._on_over = on_over
        self._seconds = seconds
        self._ends_at = loop.time() + seconds
        self._gives_up_at = loop.time() + seconds * _SLOWEST
        self._timer = loop.call_at(self._ends_at, self._out_of_time)
        self._chunks: deque[bytes] = deque()
        self._buffered = 0
        self._paused = False
        self._arrived: asyncio.Future[None] | None = None
        self._over = False
        self._error: PolemosError | None = None

    def take(self, kind: int, payload: bytes) -> None:
        """What the worker sent next."""
        if kind == Kind.WHOLE:
            self._finish()
            if not self.head.done():
                self.head.set_result(Head.from_bytes(payload))
        elif kind == Kind.DATA:
            self._buffer(payload)
        elif kind == Kind.HEAD:
            if not self.head.done():
                self.head.set_result((Head.from_bytes(payload)[0], None))
        elif kind == Kind.END:
            self._finish()
        else:
            self.fail(from_bytes(payload))

    def fail(self, error: PolemosError) -> None:
        """End with an error: raised in place of the head, or from the iteration."""
        self._error = error
        self._finish()
        if not self.head.done():
            self.head.set_exception(error)

    @property
    def over(self) -> bool:
        """Whether the worker has nothing more to send."""
        return self._over

    def __aiter__(self) -> Delivery:
        return self

    async def __anext__(self) -> bytes:
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self._over:
                raise StopAsyncIteration
            self._arrived = self._loop.create_future()
            await self._arrived
        chunk = self._chunks.popleft()
        self._buffered -= len(chunk)
        if self._paused and self._buffered < _BUFFERED_BYTES // 2:
            self._resume()
        return chunk

    async def aclose(self) -> None:
        """Give up what is left; a worker that still works on it is killed."""
        self._chunks.clear()
        if not self._over:
            self._finish()
            self._worker.kill("client gone")

    def _buffer(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._buffered += len(chunk)
        if self._buffered >= _BUFFERED_BYTES and not self._paused:
            self._pause()
        self._wake()

    def _pause(self) -> None:
        """Let the worker wait for the client; its own time stands still meanwhile."""
        self._paused = True
        self._worker.pause()
        self._ends_at -= self._loop.time()
        self._set_timer(self._gives_up_at)

    def _resume(self) -> None:
        self._paused = False
        self._ends_at += self._loop.time()
        self._set_timer(min(self._ends_at, self._gives_up_at))
        self._worker.resume()

    def _set_timer(self, at: float) -> None:
        if not self._over:
            self._timer.cancel()
            self._timer = self._loop.call_at(at, self._out_of_time)

    def _finish(self) -> None:
        self._over = True
        self._timer.cancel()
        self._on_over()
        self._wake()

    def _wake(self) -> None:
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)

    def _out_of_time(self) -> None:
        reason = (
            "The answer was not fetched in time and is broken off here."
            if self._paused
            else f"The query ran for {self._seconds:g} seconds, the most it may. Narrow it, or ask"
            " for fewer rows with LIMIT."
        )
        self._worker.kill("unfetched" if self._paused else "time", LimitReached(reason))


class WorkerProcess(asyncio.Protocol):
    """One worker and what is said with it.

    ``on_free`` is called when it has answered, ``on_end`` once, when it is killed or dies.
    """

    def __init__(
        self,
        on_free: Callable[[WorkerProcess], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self._on_free = on_free
        self._on_end = on_end
        self._inbox = Inbox()
        self._delivery: Delivery | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport
        self._ended = True  # until there is a process to end
        self.reaped: asyncio.Task[None] | None = None
        """Waits for the process's end, once it is on its way."""
        self.reason = ""
        """Why the process ended, one of :data:`REASONS`; known when it is reaped."""

    async def start(self, settings: WorkerSettings) -> None:
        """Start the process and wait until it can answer. Raises EngineFailed if it cannot."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=ours)
            self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when reaped
            self._process = _spawn(settings, theirs, self._stderr)
            self._ended = False
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._ready
        except TimeoutError:
            self.kill("crash")
            raise EngineFailed(f"A worker did not start in {START_SECONDS:g} seconds.") from None
        except BaseException:
            self.kill("closing")
            raise

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ask(self, request: bytes, seconds: float, on_over: Callable[[], None]) -> Delivery:
        """Send a request's frame; the worker must be free.

        ``on_over`` is called when the worker has nothing more to do for it, however it ended.
        """
        self._delivery = delivery = Delivery(self, seconds, on_over)
        self._transport.write(request)
        return delivery

    def kill(self, reason: str, error: PolemosError | None = None) -> None:
        """End the process, whatever it is doing; ``error`` is what its question is answered."""
        self.reason = self.reason or reason
        if error is not None and self._delivery is not None:
            self._delivery.fail(error)
        self._process.kill()
        self._transport.abort()
        self._end()

    def pause(self) -> None:
        """Read nothing more for now."""
        self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ours to use."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        """Bytes of an answer, or the word that the worker is ready."""
        for kind, payload in self._inbox.frames(data):
            delivery = self._delivery
            if delivery is not None:
                delivery.take(kind, payload)
                if delivery.over and not self._ended:
                    self._delivery = None
                    self._on_free(self)
            elif kind == Kind.READY:
                self._ready.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is dead or dying, by our hand or by its own fault."""
        self._end()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self.reaped = asyncio.get_running_loop().create_task(self._reap())
            self._on_end(self)

    async def _reap(self) -> None:
        code = await asyncio.to_thread(self._process.wait)
        with self._stderr:
            self._stderr.seek(0)
            said = self._stderr.read(_STDERR_READ).decode("utf-8", "replace")
        self.reason = self.reason or died_of(code, said)
        delivery, self._delivery = self._delivery, None
        if delivery is not None and not delivery.over:
            delivery.fail(diagnosed(code, said))
        if not self._ready.done():
            self._ready.set_exception(diagnosed(code, said))


def died_of(code: int, said: str) -> str:
    """What a worker died of by itself: from its exit code and what it wrote to stderr.

    A parser without room on the stack gets SIGSEGV; who is refused memory says so and aborts; the
    system's own guard against memory shortage sends SIGKILL.
    """
    if any(words in said for words in _NO_MEMORY) or code == -signal.SIGKILL:
        return "memory"
    if code in (-signal.SIGSEGV, -signal.SIGBUS) or "overflowed its stack" in said:
        return "nesting"
    return "crash"


def diagnosed(code: int, said: str) -> PolemosError:
    """The answer to the question that a worker died of."""
    known = {"memory": out_of_memory, "nesting": too_deep}.get(died_of(code, said))
    if known is not None:
        return known()
    _log.error("A worker ended with code %s: %s", code, said)
    return EngineFailed("A worker process ended unexpectedly; the server's log says more.")


def _spawn(
    settings: WorkerSettings, connection: socket.socket, stderr: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start the interpreter that runs us, on the same package, out of reach of the terminal."""
    root = str(Path(next(iter(graph.__path__))).parent)
    inherited = os.environ.get("PYTHONPATH")
    descriptor = connection.fileno()
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.engine.worker", settings.to_json(descriptor)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        pass_fds=(descriptor,),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, inherited)))},
        process_group=0,
    )
