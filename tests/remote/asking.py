"""How to ask an engine elsewhere in a test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from graph.engine.question import Answer, Dataset, Limits, Question
from graph.engine.remote import RemoteEngine, RemoteSettings

T = TypeVar("T")


def with_engine(
    endpoint: str,
    work: Callable[[RemoteEngine], Awaitable[T]],
    *,
    limits: Limits | None = None,
    dataset: Dataset | None = None,
    **settings: Any,
) -> T:
    """What a coroutine gives that is run with an engine, which is closed afterwards."""

    async def run() -> T:
        chosen = RemoteSettings(endpoint, dataset or Dataset(), **settings)
        engine = RemoteEngine(chosen, limits=limits)
        try:
            return await work(engine)
        finally:
            await engine.close()

    return asyncio.run(run())


async def read(answer: Answer) -> bytes:
    """The whole answer."""
    return b"".join([chunk async for chunk in answer.chunks])


def ask(endpoint: str, question: Question, **settings: Any) -> tuple[Answer, bytes]:
    """An answer with its bytes."""

    async def work(engine: RemoteEngine) -> tuple[Answer, bytes]:
        answer = await engine.ask(question)
        return answer, await read(answer)

    return with_engine(endpoint, work, **settings)


def rows(body: bytes) -> list[dict[str, str]]:
    """The rows of a JSON answer."""
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]
