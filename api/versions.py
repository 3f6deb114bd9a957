"""The engine while the server runs: opened, kept at the newest version, closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from typing import Protocol, runtime_checkable

from fastapi import FastAPI

from api.settings import Settings
from graph.engine.question import Engine
from graph.errors import PolemosError

_log = logging.getLogger(__name__)


@runtime_checkable
class VersionedEngine(Protocol):
    """An engine over published versions, with a start that takes time."""

    async def open(self) -> None:
        """Start; returns when questions can be answered."""
        ...

    async def adopt(self) -> None:
        """Answer from the newest published version from now on."""
        ...


async def follow(engine: VersionedEngine, every: float) -> None:
    """Let the engine adopt new versions, looking every so many seconds, for ever."""
    while True:
        await asyncio.sleep(every)
        try:
            await engine.adopt()
        except (PolemosError, OSError):
            _log.exception("A published version could not be adopted; the old one is served on")


class Opened(Protocol):
    """What opens once the engine does, and closes before it."""

    async def open(self) -> None:
        """Start."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


def running(
    engine: Engine,
    settings: Settings,
    at_the_end: Iterable[Callable[[], None]] = (),
    beside: Opened | None = None,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Make an application's lifespan: open the engine, follow versions, close the engine.

    ``at_the_end``: what else is to be closed, once no more requests are answered. ``beside``: the
    writer, where writing is allowed.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for close in at_the_end:
                stack.callback(close)
            stack.push_async_callback(engine.close)
            if isinstance(engine, VersionedEngine):
                await engine.open()
                await stack.enter_async_context(_following(engine, settings.adopt_every))
            if beside is not None:
                stack.push_async_callback(beside.close)
                await beside.open()
            yield

    return lifespan


@asynccontextmanager
async def _following(engine: VersionedEngine, every: float) -> AsyncIterator[None]:
    task = asyncio.create_task(follow(engine, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
