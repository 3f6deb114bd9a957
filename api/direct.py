"""Plain queries answered without ASGI: ``GET /sparql?query=…`` and nothing unusual about it.

What stands between a connection and the engine in the ordinary way (a scope, a task, messages, four
layers) costs more than the query itself. So the connection (:mod:`api.connection`) looks at each
request first. Where it is a plain one, the engine is asked from there and the answer written at
once; all else takes the ordinary way, and so does an outcome that is not simply a small answer: it
is handed over with the request. Both ways make an answer's fields by the same functions.

Clients send the same fields again and again, so what they mean is worked out once for each wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, runtime_checkable

import httptools
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.compression import WORTH_IT, choose_coding
from api.delivery import fields_of
from api.headers import RawHeaders, client_of, read_field
from api.negotiation import Choice, choose
from api.observation import Watcher
from api.parameters import read_value
from api.protocol import SparqlRequest, may_be_relative
from api.settings import Settings
from api.sparql import SparqlEndpoint
from api.tables import BY_MEDIA_TYPE
from graph.engine.question import Answer, Question
from graph.errors import InvalidInput, NotAcceptable, PolemosError

Outcome = Answer | PolemosError

PATH = "/sparql"
_REQUEST = re.compile(rb"GET /sparql\?query=([A-Za-z0-9%+\-._~!$'()*,;:@/?=]+) HTTP/1\.1\r\n")
_LONGEST_FIELDS = 2_000
"""Bytes: longer ones are not kept, and take the ordinary way."""
_UNUSUAL = frozenset(
    (
        *(b"if-none-match", b"polemos-query", b"accept-datetime"),
        *(b"connection", b"expect", b"upgrade", b"transfer-encoding", b"content-length"),
    )
)
"""Fields of which more depends than can be worked out beforehand."""
_OWN = {b"polemos-query": b"%b", b"etag": b"%b", b"content-length": b"%d"}
"""The fields whose values are an answer's own, in the order in which they are written."""
_HEADS = 1_000
_END = b"\r\n\r\n"


class Begun(Protocol):
    """A question that the engine is at."""

    def give_up(self) -> None:
        """Nobody waits for the answer any more."""
        ...


@runtime_checkable
class BeginningEngine(Protocol):
    """An engine that calls back, where :meth:`graph.engine.question.Engine.ask` is waited for."""

    def begin(self, question: Question, on_answer: Callable[[Outcome], None]) -> Answer | Begun:
        """Answer a question at once, or by a call of ``on_answer`` unless it is given up."""
        ...


class Peer(NamedTuple):
    """Who is at the other end of a connection, and what the server makes of addresses."""

    host: str
    root_path: str
    proxies: tuple[str, ...]
    """Whose word on a client's address is believed."""


@dataclass(frozen=True, slots=True, eq=False)
class Manner:
    """How a client asks: what its fields mean for the answer, and for those who watch."""

    scope: Scope
    client: str
    choice: Choice
    coded: bool
    """Whether a longer answer is coded."""


class PlainQuery(NamedTuple):
    """A question and the manner in which it is asked."""

    question: Question
    manner: Manner


class Direct:
    """Reads plain queries and writes their answers, for all connections of a server."""

    def __init__(
        self,
        engine: BeginningEngine,
        endpoint: SparqlEndpoint,
        settings: Settings,
        watchers: Sequence[Watcher],
        further: RawHeaders,
    ) -> None:
        """``further``: fields that other layers add to every answer in the ordinary way."""
        self.begin = engine.begin
        self.watchers = watchers
        self._endpoint = endpoint
        self._settings = settings
        self._further = further
        self._manner = lru_cache(maxsize=1024)(read_manner)
        self._heads: dict[object, bytes] = {}

    def read(self, data: bytes, peer: Peer) -> PlainQuery | None:
        """The plain query that the bytes are; None where they are anything else."""
        found = _REQUEST.match(data)
        if found is None or found.end(1) - len("GET /sparql?") > self._settings.max_address_bytes:
            return None
        fields = data[found.end() :]
        manner = self._manner(fields, peer) if len(fields) <= _LONGEST_FIELDS else None
        if manner is None:
            return None
        try:
            query = read_value(found[1])
        except InvalidInput:
            return None
        if may_be_relative(query):
            return None
        choice = manner.choice
        dataset = self._settings.dataset
        return PlainQuery(
            Question(query, dataset, choice.results_format, choice.graph_format), manner
        )

    def write(self, query: PlainQuery, answer: Answer, server: RawHeaders) -> bytes | None:
        """The response; None where it takes more. ``server``: the server's own fields.

        Small answers are not coded, whatever the client accepts (:mod:`api.compression`).
        """
        body = answer.whole
        if body is None or (query.manner.coded and len(body) >= WORTH_IT):
            return None
        own: list[bytes | int] = []
        if answer.id:
            own.append(answer.id.encode("latin-1"))
        if answer.lasting:
            request = SparqlRequest(query.question, query.manner.choice)
            own.append(self._endpoint.tag(request, answer.version).encode())
        return self._head(query, answer, server) % (*own, len(body)) + body

    def _head(self, query: PlainQuery, answer: Answer, server: RawHeaders) -> bytes:
        """The head of such answers, with a place for each value that is an answer's own."""
        kind = (answer.media_type, answer.version, answer.truncated, answer.lasting)
        key = (query.manner, kind, bool(answer.id), *server)
        head = self._heads.get(key)
        if head is None:
            if len(self._heads) >= _HEADS:
                self._heads.clear()
            head = self._heads[key] = self._make_head(query, answer, server)
        return head

    def _make_head(self, query: PlainQuery, answer: Answer, server: RawHeaders) -> bytes:
        manner = query.manner
        request = SparqlRequest(query.question, manner.choice)
        fields = [
            *server,
            *fields_of(answer, manner.choice.content_type(answer.media_type)),
            *self._endpoint.validators(request, answer, manner.scope),
            (b"content-length", b""),
            *self._further,
        ]
        lines = [
            name + b": " + (_OWN.get(name) or value.replace(b"%", b"%%")) for name, value in fields
        ]
        return b"\r\n".join((b"HTTP/1.1 200 OK", *lines, b"", b""))


class _Fields:
    """Takes down what the parser of the server reads; its method names are the parser's."""

    def __init__(self) -> None:
        self.fields: RawHeaders = []
        self.complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field."""
        self.fields.append((name.lower(), value))

    def on_message_complete(self) -> None:
        """The end of the request."""
        self.complete = True


def read_manner(written: bytes, peer: Peer) -> Manner | None:
    """What the fields of a request mean, up to its end; None where that is not all, or unusual."""
    fields = _read_fields(written)
    if fields is None or not _UNUSUAL.isdisjoint(name for name, _ in fields):
        return None
    scope = _scope(fields, peer)
    try:
        choice = choose(read_field(scope, b"accept"))
    except NotAcceptable:
        return None
    if choice.results_format in BY_MEDIA_TYPE:
        return None
    accepted = next((value for name, value in fields if name == b"accept-encoding"), b"")
    return Manner(scope, client_of(scope), choice, choose_coding(accepted) is not None)


def _read_fields(written: bytes) -> RawHeaders | None:
    """The fields of a request that has no body; None where the bytes are less, more or no fields.

    Read by the parser that reads them in the ordinary way.
    """
    reading = _Fields()
    if not written.endswith(_END) or written.find(_END) != len(written) - len(_END):
        return None
    try:
        httptools.HttpRequestParser(reading).feed_data(b"GET / HTTP/1.1\r\n" + written)
    except httptools.HttpParserError:
        return None
    return reading.fields if reading.complete else None


def _scope(fields: RawHeaders, peer: Peer) -> Scope:
    """A scope as far as anybody looks into it here, with the client that a proxy tells of."""
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": peer.root_path + PATH,
        "root_path": peer.root_path,
        "app_root_path": peer.root_path,
        "query_string": b"query=",
        "headers": fields,
        "client": (peer.host, 0) if peer.host else None,
        "scheme": "http",
        "endpoint": None,
        "path_params": {},
    }
    if peer.proxies:
        middleware: Any = ProxyHeadersMiddleware(_nothing, list(peer.proxies))
        with suppress(StopIteration):
            middleware(scope, None, None).send(None)  # nothing in it waits
    return scope


async def _nothing(*_: object) -> None:
    """Where the server's middleware would pass a request on."""
