"""The SPARQL endpoint: https://www.w3.org/TR/sparql11-protocol/, section 2.1, query operation.

A bare ASGI application, since every microsecond here is paid by every query.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from api.delivery import ConnectedClient, deliver
from api.description.documents import describe_service
from api.headers import SHARED, RawHeaders, read_field, share
from api.negotiation import prefers_html
from api.observation import QUERY
from api.problems import MethodNotAllowed, problem_of, problem_response
from api.protocol import SparqlRequest, id_of, read_request
from api.settings import Settings
from api.tables import BY_MEDIA_TYPE, SOURCE, Table, Tables, send_table
from api.validators import briefly, entity_tag, holds, may_be_kept
from graph.engine.question import Answer, Engine, Question
from graph.errors import PolemosError
from graph.tabular import TableFormat

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
OUTCOME = "polemos.outcome"
"""The key of a scope under which a connection leaves what the engine said (api/connection.py)."""


class SparqlEndpoint:
    """Answers SPARQL queries from an engine."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._tables = Tables()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; every error is a problem document."""
        request: SparqlRequest | None = None
        try:
            if (response := await self._without_query(scope)) is None:
                request = await read_request(scope, receive, self._settings)
                scope[QUERY] = request.question.query
                async with ConnectedClient(receive):
                    await self.answer(request, scope, send)
                return
        except ClientDisconnect:
            return
        except Exception as error:
            problem = problem_of(error, request.question.query if request else "")
            response = problem_response(problem, scope)
        await response(scope, receive, send)

    async def answer(self, request: SparqlRequest, scope: Scope, send: Send) -> None:
        """Answer a request that has been read, from wherever; raises as the engine does."""
        if scope["method"] != "POST" and self._is_held(request, scope):
            await self._not_modified(request, send)
            return
        format = BY_MEDIA_TYPE.get(request.question.results_format or "")
        if format is not None:
            await self._answer_as_table(request, format, scope, send)
            return
        answer = await self._ask(request.question, scope)
        await self._send(request, answer, scope, send)

    async def _ask(self, question: Question, scope: Scope) -> Answer:
        """Ask the engine, where that was not done already by the connection."""
        outcome: Answer | PolemosError | None = scope.pop(OUTCOME, None)
        if isinstance(outcome, PolemosError):
            raise outcome
        return outcome or await self._engine.ask(question)

    async def _answer_as_table(
        self, request: SparqlRequest, format: TableFormat, scope: Scope, send: Send
    ) -> None:
        """Answer in a format that the engine does not write."""
        content_type = request.choice.results_type
        async with self._tables.held(self.tag(request, request.question.version)) as table:
            if table is not None:
                fields = self.validators(request, table, scope)
                await send_table(table, content_type, fields, scope, send)
                return
        answer = await self._engine.ask(replace(request.question, results_format=SOURCE))
        if answer.media_type != SOURCE:
            await self._send(request, answer, scope, send)
            return
        async with self._tables.made(answer, format, self.tag(request, answer.version)) as table:
            fields = self.validators(request, table, scope)
            await send_table(table, content_type, fields, scope, send)

    async def _send(self, request: SparqlRequest, answer: Answer, scope: Scope, send: Send) -> None:
        fields = self.validators(request, answer, scope)
        content_type = request.choice.content_type(answer.media_type)
        await deliver(answer, content_type, send, fields, head=scope["method"] == "HEAD")

    def close(self) -> None:
        """Delete what was kept."""
        self._tables.close()

    def _is_held(self, request: SparqlRequest, scope: Scope) -> bool:
        """Whether the client says that it has the answer already.

        It can have the entity tag only from an answer that was given, and lasting.
        """
        held = read_field(scope, b"if-none-match")
        if held is None:
            return False
        return holds(held, self.tag(request, request.question.version))

    async def _not_modified(self, request: SparqlRequest, send: Send) -> None:
        """Say that what the client holds is right (RFC 9110, section 15.4.5)."""
        tag = self.tag(request, request.question.version).encode()
        fields = [(b"etag", tag), (b"cache-control", briefly(self._settings.max_age)), *SHARED]
        await send({"type": "http.response.start", "status": 304, "headers": fields})
        await send({"type": "http.response.body", "body": b""})

    def tag(self, request: SparqlRequest, version: int | None) -> str:
        """The entity tag of a lasting answer; empty where the engine has none."""
        edition = self._engine.edition(version)
        return "" if edition is None else entity_tag(edition, request.question, request.choice)

    def validators(
        self, request: SparqlRequest, answer: Answer | Table, scope: Scope
    ) -> RawHeaders:
        """What tells a client how long its answer is good."""
        if scope["method"] == "POST":
            return [(b"cache-control", b"no-cache")]
        kept = may_be_kept(answer, request.question, self._settings.max_age)
        fields = [(b"cache-control", kept)]
        tag = self.tag(request, answer.version) if answer.lasting else ""
        if tag:
            fields.append((b"etag", tag.encode()))
        return fields

    async def _without_query(self, scope: Scope) -> Response | None:
        """Answer what asks no query; None where the request is to be read as a query.

        A GET without any parameter asks what the service is (SPARQL 1.1 Service Description,
        section 2): a browser is sent to the page, a program gets the description.
        """
        method = scope["method"]
        if method not in METHODS:
            raise MethodNotAllowed(f"{method} is not known here. Use GET or POST.", METHODS)
        if method == "OPTIONS":
            return options()
        if method == "POST" or scope["query_string"]:
            return None
        if prefers_html(read_field(scope, b"accept")):
            return _redirect_to_page(scope)
        id_of(scope)  # a bad one is told where it is first sent, query or not
        return await describe_service(Request(scope))


def options() -> Response:
    """Answer a preflight of any web page (Fetch Standard, 3.2.3), or a plain OPTIONS."""
    methods = ", ".join(METHODS)
    response = Response(
        status_code=204,
        headers={
            "Allow": methods,
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": "86400",
        },
    )
    share(response)
    return response


def _redirect_to_page(scope: Scope) -> Response:
    response = RedirectResponse(f"{scope.get('root_path', '')}/", status_code=303)
    share(response)
    return response
