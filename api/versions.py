"""The background task that follows published versions while the server runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Protocol, runtime_checkable

from fastapi import FastAPI

from api.settings import Settings
from graph.engine.question import Engine
from graph.errors import PolemosError

_log = logging.getLogger(__name__)


@runtime_checkable
class FollowsVersions(Protocol):
    """An engine that can change to a version published since it was opened."""

    async def adopt(self) -> None:
        """Answer from the newest published version from now on."""
        ...


async def follow(engine: FollowsVersions, every: float) -> None:
    """Let the engine adopt new versions, looking every so many seconds, for ever."""
    while True:
        await asyncio.sleep(every)
        try:
            await engine.adopt()
        except (PolemosError, OSError):
            _log.exception("A published version could not be adopted; the old one is served on")


def adopting(
    engine: Engine, settings: Settings
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Make an application's lifespan: follow versions while it runs, then close the engine."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        following = None
        if isinstance(engine, FollowsVersions):
            following = asyncio.create_task(follow(engine, settings.adopt_every))
        try:
            yield
        finally:
            if following is not None:
                following.cancel()
                with suppress(asyncio.CancelledError):
                    await following
            await engine.close()

    return lifespan
