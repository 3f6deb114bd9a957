"""Answers as Arrow and Parquet: made once, kept for a while as files, sent in whole or in parts.

A reader of Parquet asks for parts of a file (RFC 9110, section 14: Range), each by a request of its
own, so the file that was made for the first of them serves the others.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import FileResponse
from starlette.types import Message, Scope, Send

from api.delivery import close
from api.headers import SHARED, RawHeaders
from graph.engine.child import environment
from graph.engine.process import diagnosed
from graph.engine.question import Answer
from graph.formats import RESULTS_FORMATS
from graph.tabular import TABLE_FORMATS, TableFormat

SOURCE = RESULTS_FORMATS["json"].media_type
"""What the engine is asked for instead."""
BY_MEDIA_TYPE = {format.media_type: format for format in TABLE_FORMATS.values()}


@dataclass(eq=False, slots=True)
class Table:
    """A file that was made; ``readers`` are sending it now."""

    path: Path
    version: int
    truncated: bool
    lasting: bool
    size: int = 0
    readers: int = 0


class Tables:
    """The files, up to so many bytes beyond those that are being sent."""

    def __init__(self, most_bytes: int = 256 * 1024**2, at_once: int = 2) -> None:
        self._most_bytes = most_bytes
        self._turns = asyncio.Semaphore(at_once)
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[str, Table] = OrderedDict()
        self._numbers = count()

    @asynccontextmanager
    async def held(self, key: str) -> AsyncIterator[Table | None]:
        """The table that is kept under a key, if there is one; it stays while the block lasts."""
        table = self._kept.get(key)
        if table is None:
            yield None
            return
        self._kept.move_to_end(key)
        async with self._reading(table):
            yield table

    @asynccontextmanager
    async def made(self, answer: Answer, format: TableFormat, key: str) -> AsyncIterator[Table]:
        """The table of an answer in JSON, kept under the key where the answer is lasting.

        Raises what the answer's chunks raise, and LimitReached where memory does not suffice.
        """
        table = Table(self._file(format), answer.version, answer.truncated, answer.lasting)
        try:
            await self._make(answer, format, table)
        except BaseException:
            table.path.unlink(missing_ok=True)
            raise
        if table.lasting and key and key not in self._kept:
            self._kept[key] = table
        async with self._reading(table):
            yield table

    def close(self) -> None:
        """Delete all files."""
        self._kept.clear()
        if self._folder is not None:
            self._folder.cleanup()

    @asynccontextmanager
    async def _reading(self, table: Table) -> AsyncIterator[None]:
        table.readers += 1
        try:
            yield
        finally:
            table.readers -= 1
            self._drop(table)

    def _drop(self, read: Table) -> None:
        """Delete what was just read where it is not kept, and the oldest where there are many."""
        if not read.readers and read not in self._kept.values():
            read.path.unlink(missing_ok=True)
        size = sum(table.size for table in self._kept.values())
        for key, table in tuple(self._kept.items()):
            if size <= self._most_bytes:
                return
            if not table.readers:
                del self._kept[key]
                table.path.unlink(missing_ok=True)
                size -= table.size

    def _file(self, format: TableFormat) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="polemos-tables-")
        return Path(self._folder.name) / f"{next(self._numbers)}.{format.suffix}"

    async def _make(self, answer: Answer, format: TableFormat, table: Table) -> None:
        async with self._turns:
            if answer.whole is not None:
                await close(answer)
                await asyncio.to_thread(_convert, answer.whole, format.name, table.path)
            else:
                await _convert_apart(answer, format.name, table.path)
        table.size = table.path.stat().st_size


async def send_table(
    table: Table, content_type: str, fields: RawHeaders, scope: Scope, send: Send
) -> None:
    """Send a file, or the parts of it that are asked for where it would be the same once more."""
    headers = {name.decode(): value.decode() for name, value in (*SHARED, *fields)}
    headers["polemos-version"] = str(table.version)
    if table.truncated:
        headers["polemos-truncated"] = "true"
    if not table.lasting:
        parts = (b"range", b"if-range")
        scope = {**scope, "headers": [one for one in scope["headers"] if one[0] not in parts]}
    response = FileResponse(table.path, headers=headers, media_type=content_type)
    await response(scope, _nothing_more, send)


async def _nothing_more() -> Message:
    """Whether the client has gone is for whoever has us send to see."""
    never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await never


def _convert(results: bytes, name: str, file: Path) -> None:
    from graph.tabular.convert import convert  # pyarrow is large, and few servers need it

    convert(results, name, file)


async def _convert_apart(answer: Answer, name: str, file: Path) -> None:
    """Convert a stream in a process of its own; large results would hold up everybody here."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "graph.tabular.convert", name, str(file)),
        stdin=PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=PIPE,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdin is not None
    try:
        with suppress(ConnectionError):  # its exit code tells more
            async for chunk in answer.chunks:
                process.stdin.write(chunk)
                await process.stdin.drain()
        process.stdin.close()
        _, said = await process.communicate()
    except BaseException:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    finally:
        await close(answer)
    if process.returncode:
        raise diagnosed(process.returncode, said.decode("utf-8", "replace"))
