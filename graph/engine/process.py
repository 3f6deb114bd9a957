"""The server's side of a worker: its process, the socket to it, and the answers under way.

A worker is never asked to stop: whatever is no longer wanted (past its time, client gone) is
killed, and the pool has another one ready.

It is handed several questions at a time where several wait, answers them one after the other, and
so need not sleep and be woken between them. Only the first of those not yet answered is begun: it
alone has its time, and is killed with the worker. Those behind it lose nothing: where the first
takes longer than a moment they are taken back and handed to another worker, and the late answers to
them that may still come are dropped. The worker, too, hands back what lies behind a long one.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

import graph
from graph.engine.delivery import Delivery
from graph.engine.faults import out_of_memory, too_deep
from graph.engine.outbound import Outbound
from graph.engine.wire import CLOSING, Inbox, Kind
from graph.errors import EngineFailed, PolemosError

_log = logging.getLogger(__name__)

START_SECONDS = 30.0
MOMENT = 0.005
"""Seconds that a question may be worked on before those behind it are taken elsewhere."""
_UNWANTED_SECONDS = 1.0
"""So long a worker may be at a question that was taken back from it in the instant it began."""
REASONS = ("time", "unfetched", "client gone", "cancelled", "memory", "nesting", "crash", "closing")
"""Why a worker ended: what it was killed for, or what it died of."""
_STDERR_READ = 20_000
_MALLOC = "glibc.malloc.tcache_count=127"
"""The store makes and drops hundreds of small things for each query. With room for them in the
quick part of glibc's allocator a point query takes a tenth less time (measured: 26 µs, not 29)."""
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


class WorkerProcess(asyncio.Protocol):
    """One worker and what is said with it.

    ``on_free`` is called when it has answered all it was handed, ``on_left`` with those that it is
    not to begin on any more, ``on_end`` once, when it is killed or dies.
    """

    def __init__(
        self,
        on_free: Callable[[WorkerProcess], None],
        on_left: Callable[[Sequence[Delivery]], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_free = on_free
        self._on_left = on_left
        self._on_end = on_end
        self._inbox = Inbox()
        self._handed: deque[Delivery] = deque()
        """In the order in which they are answered; those taken back have another holder by now."""
        self._since = 0.0
        """Since when the first of them is worked on, in the loop's time."""
        self._ready: asyncio.Future[None] = self._loop.create_future()
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

    def hand(self, deliveries: Sequence[Delivery], now: float) -> None:
        """Have questions answered, one after the other; the worker must be free."""
        for delivery in deliveries:
            delivery.holder = self
        self._handed.extend(deliveries)
        self._begin(now)
        self._transport.write(b"".join([delivery.request for delivery in deliveries]))

    def behind(self) -> int:
        """How many questions it holds besides the first."""
        return sum(delivery.holder is self for delivery in islice(self._handed, 1, None))

    def look_after(self, now: float) -> None:
        """See whether the question that it works on takes too long: for itself, for others."""
        if not self._handed:
            return
        first = self._handed[0]
        if first.holder is self and first.due <= now:
            reason, error = first.out_of_patience()
            self.kill(reason, error)
        elif first.holder is not self and now - self._since > _UNWANTED_SECONDS:
            self.kill("client gone")
        elif len(self._handed) > 1 and now - self._since > MOMENT:
            self._take_back()

    def release(self, delivery: Delivery, reason: str) -> None:
        """A delivery is not wanted any more: what has begun can only be killed."""
        if self._handed and self._handed[0] is delivery:
            self.kill(reason)

    def kill(self, reason: str, error: PolemosError | None = None) -> None:
        """End the process, whatever it is doing; ``error`` is what its question is answered."""
        self.reason = self.reason or reason
        if error is not None and self._handed and self._handed[0].holder is self:
            self._handed[0].fail(error)
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
        if not self._handed:
            self._ready.set_result(None)
            return
        now = self._loop.time()
        left: list[Delivery] = []
        for kind, payload in self._inbox.frames(data):
            first = self._handed[0]
            if first.holder is self:
                if kind == Kind.LEFT:
                    left.append(first)
                else:
                    first.take(kind, payload, now)
            if self._ended:
                break
            if kind in CLOSING:
                self._handed.popleft()
                self._begin(now)
        self._part(left)

    def _part(self, left: Sequence[Delivery]) -> None:
        """Give away what the worker will not begin on, and itself where it has nothing more."""
        if left:
            self._on_left(left)
        if not self._handed and not self._ended:
            self._on_free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is dead or dying, by our hand or by its own fault."""
        self._end()

    def _begin(self, now: float) -> None:
        """The worker turns to the next question."""
        self._since = now
        if self._handed and self._handed[0].holder is self:
            self._handed[0].begin(now)

    def _take_back(self) -> None:
        """Have all but the first answered elsewhere."""
        others = [each for each in islice(self._handed, 1, None) if each.holder is self]
        if others:
            self._on_left(others)

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._take_back()
            self.reaped = self._loop.create_task(self._reap())
            self._on_end(self)

    async def _reap(self) -> None:
        code = await asyncio.to_thread(self._process.wait)
        with self._stderr:
            self._stderr.seek(0)
            said = self._stderr.read(_STDERR_READ).decode("utf-8", "replace")
        self.reason = self.reason or died_of(code, said)
        if self._handed and self._handed[0].holder is self:
            self._handed[0].fail(diagnosed(code, said))
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
        env={
            "GLIBC_TUNABLES": _MALLOC,
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (root, inherited))),
        },
        process_group=0,
    )
