"""SPARQL Update at the endpoint: https://www.w3.org/TR/sparql11-protocol/, section 2.2.

Wraps the endpoint for queries: a request that is an update is done here, any other is passed on.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import read_field
from api.parameters import Parameters, read_parameters
from api.problems import MethodNotAllowed, UnsupportedMediaType, problem_of, problem_response
from api.protocol import FORM, SPARQL_UPDATE, address_of, read_body
from api.settings import Settings
from api.writing.writes import Writes, done, refused, report_format
from graph.errors import InvalidInput
from graph.writing.payload import media_type
from graph.writing.write import Write

UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii"})


class UpdateEndpoint:
    """Does updates, and passes queries on to the endpoint for them."""

    def __init__(self, queries: ASGIApp, settings: Settings, writes: Writes | None) -> None:
        self._queries = queries
        self._settings = settings
        self._writes = writes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; every error is a problem document."""
        if self._writes is None:
            await self._queries(scope, receive, send)
            return
        try:
            response = await self._updated(scope, receive, self._writes)
        except ClientDisconnect:
            return
        except _IsQuery as query:
            await self._queries(scope, query.again(receive), send)
            return
        except Exception as error:
            response = problem_response(problem_of(error), scope)
        await response(scope, receive, send)

    async def _updated(self, scope: Scope, receive: Receive, writes: Writes) -> Response:
        """Do the update that a request is. Raises _IsQuery where it is none."""
        if scope["method"] != "POST":
            _refuse_update_by_get(scope)
            raise _IsQuery
        kind = media_type(read_field(scope, b"content-type") or "")
        if kind == SPARQL_UPDATE:
            refuse_other_charsets(scope)
            who = writes.judge(scope)
            parameters = read_parameters(scope["query_string"])
            _refuse(parameters, "query", "update")
            return await _do(writes, who, scope, parameters, await writes.read(scope, receive))
        if kind != FORM:
            raise _IsQuery
        body = await read_body(scope, receive, self._settings.max_query_bytes)
        if b"update" not in body and b"update" not in scope["query_string"]:
            raise _IsQuery(body)
        parameters = read_parameters(body, read_parameters(scope["query_string"]))
        if "update" not in parameters:
            raise _IsQuery(body)
        refuse_other_charsets(scope)
        who = writes.judge(scope)
        _refuse(parameters, "query")
        updates = parameters["update"]
        if len(updates) != 1:
            raise InvalidInput(
                f"A request has exactly one parameter 'update'; this one has {len(updates)}. Put"
                " several operations into one, with semicolons between them."
            )
        return await _do(writes, who, scope, parameters, updates[0].encode())


async def _do(
    writes: Writes, who: str, scope: Scope, parameters: Parameters, body: bytes
) -> Response:
    write = Write(
        "update",
        body,
        who,
        address_of(scope),
        using=tuple(parameters.get("using-graph-uri", ())),
        using_named=tuple(parameters.get("using-named-graph-uri", ())),
        report_format=report_format(scope),
    )
    outcome = await writes.do(write)
    return done(outcome, 200) if outcome.error is None else refused(outcome, write, scope)


def _refuse(parameters: Parameters, *names: str) -> None:
    for name in names:
        if name in parameters:
            raise InvalidInput(
                f"The request is an update and has a parameter {name!r} beside it. Send one alone."
            )


def _refuse_update_by_get(scope: Scope) -> None:
    query_string: bytes = scope["query_string"]
    if b"update" in query_string and "update" in read_parameters(query_string):
        raise MethodNotAllowed("An update goes by POST, not by GET (2.2).", ("POST",))


def refuse_other_charsets(scope: Scope) -> None:
    """Raise UnsupportedMediaType where a Content-Type says another charset than UTF-8."""
    content_type = (read_field(scope, b"content-type") or "").lower()
    charset = content_type.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in UTF_8:
        raise UnsupportedMediaType(
            f"The charset {charset[:50]!r} is not read here. Send UTF-8.", (SPARQL_UPDATE, FORM)
        )


class _IsQuery(Exception):
    """The request is no update; ``body`` is what was read of it to find out."""

    def __init__(self, body: bytes | None = None) -> None:
        super().__init__()
        self._body = body

    def again(self, receive: Receive) -> Receive:
        """A request's messages, with those that were read before."""
        if self._body is None:
            return receive
        messages: list[Message] = [{"type": "http.request", "body": self._body}]

        async def replay() -> Message:
            return messages.pop() if messages else await receive()

        return replay
