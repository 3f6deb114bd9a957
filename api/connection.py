"""A connection of a client: plain queries are answered from here, all else by the application.

See :mod:`api.direct`. What a connection owes its client and the server stays as it is in the
ordinary way: answers come in the order of their requests, a client that hangs up frees the worker,
an unused connection is closed after a while, and one that is wanted no more after its answer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api.delivery import UNWATCHED_SECONDS
from api.direct import Begun, Direct, Outcome, Peer, PlainQuery
from api.observation import BEGUN, CLIENT_GONE, QUERY, Exchange
from api.sparql import OUTCOME
from graph.engine.question import Answer
from graph.engine.running import ASKER
from graph.errors import EngineFailed, PolemosError

_log = logging.getLogger(__name__)


class Connection(HttpToolsProtocol):
    """The server's protocol, with a way of its own for plain queries."""

    def __init__(
        self,
        direct: Direct,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._direct = direct
        self._peer = Peer("", "", ())
        self._between = True
        """Whether the server's parser has seen whole requests so far."""
        self._query: PlainQuery | None = None
        """The plain query that is being answered."""
        self._data = b""
        """Its request."""
        self._began = 0.0
        self._begun: Begun | None = None
        self._later = b""
        """What the client has sent behind it."""
        self._outcome: Outcome | None = None
        """What is handed over with the request that the parser reads next."""
        self._closing = False
        self._rested = 0.0
        """Since when nothing was asked, in the loop's time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server's own
        """Begin."""
        super().connection_made(transport)
        allowed = self.config.forwarded_allow_ips if self.config.proxy_headers else []
        proxies = allowed.split(",") if isinstance(allowed, str) else allowed or []
        host = "" if self.client is None else self.client[0]
        self._peer = Peer(host, self.root_path, tuple(each.strip() for each in proxies))

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or several."""
        if self._query is not None or self._later:
            self._keep_for_later(data)
        elif not self._is_free() or (query := self._direct.read(data, self._peer)) is None:
            super().data_received(data)
        else:
            self._ask(query, data)

    def _is_free(self) -> bool:
        """Whether what comes now is the beginning of a request that can be answered at once."""
        return (
            self._between
            and (self.cycle is None or self.cycle.response_complete)
            and not self.flow.write_paused
            and self.limit_concurrency is None
        )

    def _keep_for_later(self, data: bytes) -> None:
        self._later += data
        if len(self._later) > HIGH_WATER_LIMIT:
            self.flow.pause_reading()

    def _ask(self, query: PlainQuery, data: bytes) -> None:
        self._query = query
        self._data = data
        self._began = time.perf_counter()
        asker = ASKER.set(query.manner.client)
        try:
            begun = self._direct.begin(query.question, self._answer)
        except PolemosError as error:
            self._answer(error)
        else:
            if isinstance(begun, Answer):
                self._answer(begun)
            else:
                self._begun = begun
        finally:
            ASKER.reset(asker)

    def _answer(self, outcome: Outcome) -> None:
        """Answer the query under way, here or in the ordinary way."""
        query = self._query
        if query is None:
            return
        response = None
        if isinstance(outcome, Answer) and not self._closing:
            try:
                response = self._direct.write(query, outcome, self.server_state.default_headers)
            except Exception:
                _log.exception("An answer could not be written")
                outcome = EngineFailed("Something went wrong on our side.")
        if response is None:
            self._hand_over(outcome)
        else:
            self.transport.write(response)
            self.server_state.total_requests += 1
            assert isinstance(outcome, Answer)
            self._tell(query, 200, len(outcome.whole or b""), outcome.id)
            self._rest()
        self._go_on()

    def _hand_over(self, outcome: Outcome) -> None:
        """Let the application answer with what the engine said."""
        data, self._outcome = self._data, outcome
        self._query = self._begun = None
        super().data_received(data)
        self._outcome = None
        if self._closing:
            super().shutdown()

    def on_message_begin(self) -> None:
        """The parser is in a request from here on."""
        super().on_message_begin()
        self._between = False
        if self._outcome is not None:
            scope: Any = self.scope  # the keys are ours
            scope.update({OUTCOME: self._outcome, BEGUN: self._began})

    def on_message_complete(self) -> None:
        """The parser has seen a whole request."""
        super().on_message_complete()
        self._between = True

    def _tell(self, query: PlainQuery, status: int, sent: int = 0, id: str = "") -> None:
        """Tell the watchers of an exchange that is over."""
        seconds = time.perf_counter() - self._began
        manner = query.manner
        scope = {**manner.scope, QUERY: query.question.query}
        exchange = Exchange(scope, manner.client, status, sent, seconds, id)
        for watcher in self._direct.watchers:
            watcher(exchange)

    def _rest(self) -> None:
        """Nothing is asked for now."""
        self._query = self._begun = None
        self._rested = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._rest_for(self.timeout_keep_alive)

    def _rest_for(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection if it was not used; a plain query does not set the clock anew."""
        self.timeout_keep_alive_task = None
        left = self._rested + self.timeout_keep_alive - self.loop.time()
        if self._query is not None:
            return
        if left > 0:
            self._rest_for(left)
        else:
            super().timeout_keep_alive_handler()

    def _go_on(self) -> None:
        """Turn to what the client has sent meanwhile."""
        if self._later:
            self.loop.call_soon(self._take_up)

    def _take_up(self) -> None:
        later, self._later = self._later, b""
        if later and not self.transport.is_closing():
            self.flow.resume_reading()
            self.data_received(later)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone: a worker that goes on working for it is killed.

        Not at once, since most answers are there in a moment, and a new worker takes longer.
        """
        super().connection_lost(exc)
        query, self._query = self._query, None
        if query is not None:
            if self._begun is not None:
                self.loop.call_later(UNWATCHED_SECONDS, self._begun.give_up)
            self._tell(query, CLIENT_GONE)

    def shutdown(self) -> None:
        """Close once what is under way is answered."""
        self._closing = True
        if self._query is None:
            super().shutdown()


def protocol(direct: Direct | None) -> Any:
    """What makes a server's connections, for ``uvicorn.Config(http=…)``, which only calls it."""
    if direct is None:
        return HttpToolsProtocol
    return partial(Connection, direct)
