"""Every exchange seen from outside: what was asked, how it was answered, how long that took.

Beside that, the one place that says who asks: whatever the engine is asked during a request counts
for the client that sent it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import client_of
from graph.engine.running import ASKER

CLIENT_GONE = 499
"""Not a status of HTTP: what servers write into their logs where a client did not wait."""
_FAILED = 500
BEGUN = "polemos.begun"
"""The key of a scope under which a connection leaves when it began (time.perf_counter)."""
QUERY = "polemos.query"
"""The key of a scope under which an endpoint leaves the text of a query, for the access log."""


@dataclass(slots=True)
class Exchange:
    """A request and how it was answered."""

    scope: Scope
    client: str
    status: int = CLIENT_GONE
    sent: int = 0
    """Bytes of the body, as they were sent."""
    seconds: float = 0.0
    id: str = ""
    """The query's, where the answer named one."""

    @property
    def route(self) -> str:
        """The route's pattern, never the address itself: there are few of them.

        FastAPI names its own routes in the scope; of others it leaves the endpoint, and the path
        it is mounted at.
        """
        scope = self.scope
        if (route := scope.get("route")) is not None:
            return str(route.path)
        if "endpoint" not in scope:
            return "none"
        if mounted := scope["root_path"].removeprefix(scope.get("app_root_path", "")):
            return str(mounted)
        return (
            "other"
            if scope.get("path_params")
            else str(scope["path"].removeprefix(scope["root_path"]))
        )


Watcher = Callable[[Exchange], None]


class Observation:
    """Middleware: tells its watchers of each exchange when it is over."""

    def __init__(self, app: ASGIApp, watchers: Sequence[Watcher]) -> None:
        self._app = app
        self._watchers = watchers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and watch its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, client_of(scope))
        asker = ASKER.set(exchange.client)
        begun: float = scope.get(BEGUN) or time.perf_counter()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.body":
                exchange.sent += len(message.get("body", b""))
            elif message["type"] == "http.response.start":
                exchange.status = message["status"]
                exchange.id = _id(message)
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            exchange.status = _FAILED
            raise
        finally:
            ASKER.reset(asker)
            exchange.seconds = time.perf_counter() - begun
            for watcher in self._watchers:
                watcher(exchange)


def _id(start: Message) -> str:
    for name, value in start["headers"]:
        if name == b"polemos-query":
            return bytes(value).decode("latin-1")
    return ""
