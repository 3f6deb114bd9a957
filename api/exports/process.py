"""An export under way: a process that writes, and a client that reads as fast as it likes.

Writers block, so each works in a process of its own over an immutable version. The pipe between
holds 64 KB and the server 128 KB at most; then the writer waits for the client.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from graph.engine.child import environment
from graph.engine.faults import from_bytes
from graph.engine.process import diagnosed
from graph.errors import LimitReached
from graph.export import RDF_EXPORTS
from graph.exporting import Order

PIECE_BYTES = 64 * 1024
_RETRY_AFTER = 30
_MOST_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a file that was written to its end."""

    bytes: int
    sha256: str


class Exports:
    """The exports under way, so many ``at_once``; each may take so many ``seconds``."""

    def __init__(self, at_once: int = 2, seconds: float = 1800.0) -> None:
        self.at_once = at_once
        self.seconds = seconds
        self._under_way: set[Written] = set()
        self._measured: OrderedDict[tuple[str, str], Measured] = OrderedDict()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._under_way)

    async def begin(self, order: Order) -> Written:
        """Start one; it is read to its end or closed. Raises LimitReached where all are busy."""
        if len(self._under_way) >= self.at_once:
            raise LimitReached(
                f"{self.at_once} exports are being written already, the most at once. Try again in"
                " a while.",
                _RETRY_AFTER,
            )
        written = Written(self)
        self._under_way.add(written)
        try:
            await written.start(order)
        except BaseException:
            await written.aclose()
            raise
        return written

    def measured(self, store: str, format: str) -> Measured | None:
        """What is known of a whole version in a format, if it was written once."""
        return self._measured.get((store, format))

    def finished(self, order: Order, measured: Measured) -> None:
        """Remember a file of a whole version: the same order gives the same bytes."""
        if order.format in RDF_EXPORTS:
            self._measured[order.store, order.format] = measured
            while len(self._measured) > _MOST_REMEMBERED:
                self._measured.popitem(last=False)

    def end(self, written: Written) -> None:
        """Strike one out; to do so again changes nothing."""
        self._under_way.discard(written)

    def close(self) -> None:
        """End all of them; whoever reads one finds it broken off."""
        for written in tuple(self._under_way):
            written.kill()


class Written:
    """The bytes of one export, as they are written."""

    def __init__(self, exports: Exports) -> None:
        self._exports = exports
        self._process: Process | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._late = False
        self._order: Order | None = None
        self._bytes = 0
        self._digest = sha256()

    async def start(self, order: Order) -> None:
        """Start the process."""
        self._order = order
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "graph.exporting", order.to_text()),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=PIECE_BYTES,
            env=environment(),
            start_new_session=True,  # out of reach of the terminal; uvloop knows no process groups
        )
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._exports.seconds, self._give_up)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next piece; raises what ended the process before it was done."""
        process = self._process
        if process is None or process.stdout is None or process.stderr is None:
            raise StopAsyncIteration
        if piece := await process.stdout.read(PIECE_BYTES):
            self._bytes += len(piece)
            self._digest.update(piece)
            return piece
        said = await process.stderr.read()
        code = await process.wait()
        if self._late:
            raise LimitReached(f"The export took longer than {self._exports.seconds:g} seconds.")
        if code == 1 and said.startswith(b"{"):
            raise from_bytes(said)
        if code != 0:
            raise diagnosed(code, said.decode("utf-8", "replace"))
        if self._order is not None:
            measured = Measured(self._bytes, self._digest.hexdigest())
            self._exports.finished(self._order, measured)
            self._order = None
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """End the process, wherever it is."""
        self._exports.end(self)
        if self._timer is not None:
            self._timer.cancel()
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            await process.communicate()

    def kill(self) -> None:
        """End the process and leave the rest to whoever reads."""
        self._exports.end(self)
        if self._process is not None:
            _kill(self._process)

    def _give_up(self) -> None:
        self._late = True
        self.kill()


def _kill(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):  # it may just have ended
            process.kill()
