"""An engine elsewhere: any server of the SPARQL 1.1 Protocol, behind the same interface.

What the pool of workers keeps, this keeps as far as it is in our hands: time, rows, how many ask at
once, where SERVICE may go. Memory, and what SERVICE itself may take, are the other server's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import pyoxigraph as ox

from graph.engine.bound import bound
from graph.engine.evaluation import HELD_BYTES
from graph.engine.exchange import Exchange
from graph.engine.only_queries import judge_query
from graph.engine.outbound import Outbound, refuse_outbound
from graph.engine.outline import GRAPHS, Cut, Outline, outline
from graph.engine.question import Answer, Dataset, Limits, Question
from graph.engine.reaching import user_agent
from graph.engine.running import RunningQueries
from graph.engine.state import EngineState
from graph.engine.turns import Turns
from graph.errors import (
    InvalidInput,
    InvalidQuery,
    LimitReached,
    NotAcceptable,
    NotFound,
    PolemosError,
    RemoteFailed,
)
from graph.formats import RDF_FORMATS, RESULTS_FORMATS

_JSON = "application/sparql-results+json"
_ALL_ROWS = 10**12
_SAID = 2_000
"""Characters of the server's own message that are passed on."""
_CONNECT_SECONDS = 10.0
_FIRST_ROW = re.compile(rb'"bindings"\s*:\s*\[\s*\{')
_TRUE = re.compile(rb'"boolean"\s*:\s*true|"value"\s*:\s*"1"')
"""An ASK's answer, also as Virtuoso 7 writes it: as a table with a number."""
_FORMATS = {
    **{each.media_type: (each.media_type, *each.aliases) for each in RESULTS_FORMATS.values()},
    **{each.media_type: (each.media_type, *each.aliases) for each in RDF_FORMATS.values()},
}
"""By media type, all the names that a server may give it."""
_BOOLEANS = {format.media_type: format.codec for format in RESULTS_FORMATS.values()}


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """Where the engine is, and how it is asked."""

    endpoint: str
    """The address for queries."""
    dataset: Dataset = field(default_factory=Dataset)
    """What a query is asked of that names no dataset: where the default graph has a name there."""
    auth: httpx.Auth | None = None
    at_once: int = 4
    """So many queries run at once; up to ``queue`` more wait."""
    queue: int = 64


class RemoteEngine:
    """Answers questions by asking a server elsewhere; see :class:`graph.engine.question.Engine`."""

    version = 0
    """The server elsewhere does not number what it holds."""

    def __init__(
        self,
        settings: RemoteSettings,
        *,
        limits: Limits | None = None,
        outbound: Outbound | None = None,
        share: int = 0,
    ) -> None:
        self.limits = limits or Limits()
        self.running = RunningQueries(share)
        self._settings = settings
        self._outbound = outbound or Outbound()
        self._turns = Turns(settings.at_once, settings.queue)
        self._client: httpx.AsyncClient | None = None

    def edition(self, version: int | None = None) -> None:
        """None: the server elsewhere may change without a word."""
        self._judge_version(version)

    def state(self) -> EngineState:
        """How many queries run and wait."""
        return EngineState(
            workers=self._settings.at_once,
            busy=self._turns.taken,
            idle=self._settings.at_once - self._turns.taken,
            starting=0,
            waiting=self._turns.waiting,
            room=self._settings.queue,
        )

    async def ask(self, question: Question) -> Answer:
        """Answer one query; RemoteFailed where the server elsewhere does not."""
        self._judge_version(question.version)
        refuse_outbound(question.query, self._outbound.allowed)
        judge_query(question.query)
        seen = outline(bound(question.query, question.bindings))
        media_type = _media_type(seen, question)
        rows = _ALL_ROWS if question.own else self.limits.rows
        cut = seen.cut(rows, question.bindings)
        running = self.running.begin(question, self.version)
        exchange = Exchange(self._seconds(question), running, self.running, self._turns)
        try:
            await exchange.begin()
            if seen.form == "ASK":
                return await self._boolean(exchange, question, cut.text, media_type)
            await self._send(exchange, question, cut.text, media_type)
            return await self._answer(exchange, question, cut, media_type, rows)
        except BaseException:
            await exchange.aclose()
            raise

    async def close(self) -> None:
        """End the queries that run, and let go of the connections."""
        closing = LimitReached("The server is closing.")
        for query in self.running:
            query.stopped = closing
            query.stop(closing)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _answer(
        self, exchange: Exchange, question: Question, cut: Cut, media_type: str, rows: int
    ) -> Answer:
        """Hold the beginning back where it matters, to say truthfully whether the limit cut it."""
        complete = await exchange.hold(HELD_BYTES if cut.beyond is not None else 0)
        truncated = False
        if cut.beyond is not None and not (complete and exchange.size < rows):
            truncated = await self._goes_on(exchange, question, cut.beyond)
        return Answer(
            media_type,
            self.version,
            exchange,
            truncated,
            exchange.whole() if complete else None,
            id=exchange.running.id,
        )

    async def _goes_on(self, exchange: Exchange, question: Question, beyond: str) -> bool:
        """Whether there is a solution behind the limit."""
        second = exchange.beside()
        try:
            await self._send(second, question, beyond, _JSON)
            await second.hold(HELD_BYTES)
            return _FIRST_ROW.search(second.whole()) is not None
        finally:
            await second.aclose()
            exchange.running.stop = exchange.stop

    async def _boolean(
        self, exchange: Exchange, question: Question, text: str, media_type: str
    ) -> Answer:
        """An ASK's answer, written anew: servers differ in how they write it."""
        await self._send(exchange, question, text, _JSON)
        if not await exchange.hold(HELD_BYTES):
            raise RemoteFailed("The engine elsewhere answered ASK with more than true or false.")
        truth = _TRUE.search(exchange.whole()) is not None
        results = ox.Store().query("ASK {}" if truth else "ASK { FILTER(false) }")
        assert isinstance(results, ox.QueryBoolean)
        body = results.serialize(format=_BOOLEANS[media_type])
        assert body is not None
        exchange.become(body)
        return Answer(media_type, self.version, exchange, whole=body, id=exchange.running.id)

    async def _send(
        self, exchange: Exchange, question: Question, text: str, media_type: str
    ) -> None:
        """Ask the server, and wait until it begins to answer."""
        chosen = question.dataset
        if not chosen.default_graphs and not chosen.named_graphs:
            chosen = self._settings.dataset
        request = self._connected().build_request(
            "POST",
            self._settings.endpoint,
            data={
                "query": text,
                "default-graph-uri": list(chosen.default_graphs),
                "named-graph-uri": list(chosen.named_graphs),
            },
            headers={"Accept": media_type},
        )
        auth = self._settings.auth or httpx.USE_CLIENT_DEFAULT
        response = await exchange.send(self._connected().send(request, auth=auth, stream=True))
        if response.status_code != HTTPStatus.OK:
            raise _failure(response, await exchange.said(_SAID), question.query)
        given = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if given not in _FORMATS[media_type]:
            raise NotAcceptable(
                f"The engine elsewhere answered as {given or 'something it does not name'}, not as"
                f" {media_type}: ask for another format."
            )

    def _connected(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                headers={"User-Agent": user_agent(self._outbound.contact)},
                timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
                limits=httpx.Limits(max_connections=None),
                trust_env=False,
            )
        return self._client

    def _seconds(self, question: Question) -> float:
        if question.seconds is None:
            return self.limits.seconds
        if question.seconds <= 0:
            raise InvalidInput("The time limit must be more than 0 seconds.")
        return question.seconds if question.own else min(question.seconds, self.limits.seconds)

    def _judge_version(self, version: int | None) -> None:
        if version not in (None, self.version):
            raise NotFound("This graph lies in an engine elsewhere, which has no older versions.")


def _media_type(seen: Outline, question: Question) -> str:
    """The format that applies. Raises NotAcceptable where the client accepts none of its kind."""
    accepted = question.graph_format if seen.form in GRAPHS else question.results_format
    if accepted is None or accepted not in _FORMATS:
        kind = "a graph" if seen.form in GRAPHS else "a table or a boolean"
        raise NotAcceptable(f"The query's answer is {kind}: ask for a format of one.")
    return accepted


def _failure(response: httpx.Response, said: str, query: str) -> PolemosError:
    """What the server's status means for whoever asked us."""
    status = response.status_code
    message = f"The engine elsewhere says: {said or f'status {status}, and no reason'}"
    if status in _BY_STATUS:
        return _BY_STATUS[status](message)
    if status in _BUSY:
        wait = response.headers.get("retry-after", "")
        return LimitReached(message, int(wait[:6]) if wait[:6].isdecimal() else None)
    return RemoteFailed(f"{message} (status {status})")


_BY_STATUS: Mapping[int, type[InvalidQuery | NotAcceptable]] = {
    HTTPStatus.BAD_REQUEST: InvalidQuery,
    HTTPStatus.UNPROCESSABLE_ENTITY: InvalidQuery,
    HTTPStatus.NOT_ACCEPTABLE: NotAcceptable,
}
_BUSY = frozenset(
    (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    )
)
