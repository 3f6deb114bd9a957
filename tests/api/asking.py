"""Send requests to the application without a network."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from starlette.types import Message, Scope

from api.app import create_app
from api.settings import Settings
from graph.engine.question import Engine


def request(
    engine: Engine, method: str, url: str, settings: Settings | None = None, **more: Any
) -> httpx.Response:
    """Send one request to an application over the engine."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(engine, settings), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://polemos.test") as client:
            return await client.request(method, url, **more)

    return asyncio.run(send())


def get(engine: Engine, url: str, **more: Any) -> httpx.Response:
    return request(engine, "GET", url, **more)


def scope_of(method: str, query_string: bytes, headers: dict[bytes, bytes] | None = None) -> Scope:
    """Make the scope of a request to /sparql, byte for byte."""
    return {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "root_path": "",
        "query_string": query_string,
        "headers": list((headers or {}).items()),
    }


class Wire:
    """The two callables of one ASGI exchange: a body to read, a disconnect when told, what came."""

    def __init__(self, body: bytes = b"") -> None:
        self.sent: list[Message] = []
        self.first_body = asyncio.Event()
        self.gone = asyncio.Event()
        self.read = asyncio.Event()
        self._unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive(self) -> Message:
        if self._unread:
            return self._unread.pop()
        self.read.set()
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)
        if message["type"] == "http.response.body":
            self.first_body.set()

    @property
    def unread(self) -> int:
        return len(self._unread)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])
