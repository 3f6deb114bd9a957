"""The graph store: https://www.w3.org/TR/sparql11-http-rdf-update/, at ``/rdf-graph-store``.

A graph is named by ``?graph=IRI`` or ``?default``, or by the address itself below the service's
(section 4). Reading is open to all; writing as :mod:`api.writing.writes` allows it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.addresses import base_of
from api.delivery import ConnectedClient, close, deliver
from api.headers import read_field, share
from api.negotiation import Choice, choose, choose_named
from api.parameters import Parameters, read_parameters
from api.problems import MethodNotAllowed, UnsupportedMediaType, problem_of, problem_response
from api.protocol import SPARQL_UPDATE, version_of
from api.settings import Settings
from api.validators import briefly, holds
from api.writing.update import refuse_other_charsets
from api.writing.writes import Writes, done, only_if, refuse_writes, refused, report_format
from graph.engine.question import Dataset, Engine, Question
from graph.errors import InvalidInput, NotAcceptable, NotFound
from graph.writing.payload import MULTIPART, READ, media_type
from graph.writing.write import SERVICE, Kind, Outcome, Write

PATH = "/rdf-graph-store"
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS")
QUERIES = Path(__file__).parent / "queries"
CONTENT = (QUERIES / "content.rq").read_text("utf-8")
IS_THERE = (QUERIES / "is-there.rq").read_text("utf-8")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request is about: a graph's IRI, None for the default graph, or the service itself."""

    scope: Scope
    receive: Receive
    parameters: Parameters
    graph: str | None
    base: str


class GraphStore:
    """Answers requests of the protocol."""

    def __init__(self, engine: Engine, settings: Settings, writes: Writes | None) -> None:
        self._engine = engine
        self._settings = settings
        self._writes = writes
        self._methods: dict[str, Callable[[Asked], Awaitable[Response]]] = {
            "PUT": self._put,
            "POST": self._post,
            "DELETE": self._delete,
            "PATCH": self._patch,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; every error is a problem document."""
        try:
            response = await self._answer(scope, receive, send)
        except ClientDisconnect:
            return
        except Exception as error:
            response = problem_response(problem_of(error), scope)
        if response is not None:
            await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Response | None:
        """A response, or None where the content of a graph was sent."""
        method = scope["method"]
        if method not in METHODS:
            raise MethodNotAllowed(f"{method} is not known here.", METHODS)
        if method == "OPTIONS":
            return _options()
        asked = _asked(scope, receive)
        if method in self._methods:
            return await self._methods[method](asked)
        async with ConnectedClient(receive):
            return await self._get(asked, send)
        return None

    async def _get(self, asked: Asked, send: Send) -> Response | None:
        """The content of a graph (5.2), or with HEAD only what is said about it (5.6)."""
        _refuse_service(asked)
        choice = _choice(asked)
        version = version_of(asked.parameters)
        await self._refuse_absent(asked.graph, version)
        dataset = Dataset() if asked.graph is None else Dataset((asked.graph,))
        question = Question(CONTENT, dataset, None, choice.graph_format, version=version)
        tag = _tag(version or self._engine.version, choice)
        fields = [(b"etag", tag), (b"cache-control", briefly(self._settings.max_age))]
        if holds(read_field(asked.scope, b"if-none-match"), tag.decode()):
            response = Response(status_code=304)
            share(response)
            response.headers.update({name.decode(): value.decode() for name, value in fields})
            return response
        answer = await self._engine.ask(question)
        fields[0] = (b"etag", _tag(answer.version, choice))
        head = asked.scope["method"] == "HEAD"
        await deliver(answer, choice.content_type(answer.media_type), send, fields, head=head)
        return None

    async def _refuse_absent(self, graph: str | None, version: int | None) -> None:
        """The default graph is always there, a named one may be there and empty."""
        if graph is None:
            return
        question = Question(IS_THERE, bindings={"graph": f"<{graph}>"}, version=version)
        answer = await self._engine.ask(question)
        content = b"".join([chunk async for chunk in answer.chunks])
        await close(answer)
        if b'"bindings":[]' in content.replace(b" ", b""):
            raise NotFound(f"There is no graph <{graph}> here. Make it by PUT or POST.")

    async def _put(self, asked: Asked) -> Response:
        """Replace a graph (5.3)."""
        _refuse_service(asked)
        outcome, failed = await self._write("put", asked)
        if failed is not None:
            return failed
        return done(outcome, 201 if outcome.created else 204)

    async def _post(self, asked: Asked) -> Response:
        """Merge into a graph, or into a new one where the service itself is addressed (5.5)."""
        outcome, failed = await self._write("post", asked)
        if failed is not None:
            return failed
        if outcome.graph is not None:
            return done(outcome, 201, {"Location": outcome.graph})
        if outcome.created:
            return done(outcome, 201)
        return done(outcome, 200 if outcome.read else 204)

    async def _delete(self, asked: Asked) -> Response:
        """Drop a graph (5.4)."""
        _refuse_service(asked)
        outcome, failed = await self._write("delete", asked)
        return failed or done(outcome, 200)

    async def _patch(self, asked: Asked) -> Response:
        """Change a graph by an update of it alone (5.7)."""
        _refuse_service(asked)
        outcome, failed = await self._write("patch", asked)
        return failed or done(outcome, 200)

    async def _write(self, kind: Kind, asked: Asked) -> tuple[Outcome, Response | None]:
        """Do a write; beside its outcome, the answer where it was refused."""
        if self._writes is None:
            raise refuse_writes()
        who = self._writes.judge(asked.scope)
        content_type = read_field(asked.scope, b"content-type") or ""
        body = b""
        if kind != "delete":
            _judge_type(kind, content_type)
            refuse_other_charsets(asked.scope)
            body = await self._writes.read(asked.scope, asked.receive)
        write = Write(
            kind,
            body,
            who,
            asked.base,
            graph=asked.graph,
            content_type=content_type,
            report_format=report_format(asked.scope),
            only_if=only_if(asked.scope),
        )
        outcome = await self._writes.do(write)
        failed = None if outcome.error is None else refused(outcome, write, asked.scope)
        return outcome, failed


def _asked(scope: Scope, receive: Receive) -> Asked:
    """What a request is about (4). Raises InvalidInput where it says two things, or a bad one."""
    parameters = read_parameters(scope["query_string"])
    path = scope["path"].removeprefix(scope["root_path"])
    address = base_of(Request(scope)) + path.lstrip("/")
    graphs = parameters.get("graph", [])
    direct = path.rstrip("/") != PATH
    if len(graphs) + ("default" in parameters) + direct > 1:
        raise InvalidInput(
            "The request names more than one graph. Name one: by ?graph=<IRI>, by ?default, or by"
            " the address itself."
        )
    if graphs:
        if not _ABSOLUTE.fullmatch(graphs[0]):
            raise InvalidInput(
                f"The graph {graphs[0][:200]!r} is no absolute IRI. Write it in full,"
                " percent-encoded (Graph Store HTTP Protocol, 4.2)."
            )
        return Asked(scope, receive, parameters, graphs[0], graphs[0])
    if "default" in parameters:
        return Asked(scope, receive, parameters, None, address)
    graph = address if direct else SERVICE
    return Asked(scope, receive, parameters, graph, address.rstrip("/"))


def _refuse_service(asked: Asked) -> None:
    if asked.graph == SERVICE:
        raise InvalidInput(
            "The request names no graph. Add ?default, or ?graph=<IRI>; only POST goes to the graph"
            " store itself, and makes a new graph."
        )


def _choice(asked: Asked) -> Choice:
    formats = asked.parameters.get("format", [])
    choice = choose_named(formats) if formats else choose(read_field(asked.scope, b"accept"))
    if choice.graph_format is None:
        raise NotAcceptable("A graph cannot be given in the format asked for.")
    return choice


def _tag(version: int, choice: Choice) -> bytes:
    """A strong entity tag: the version, whose number If-Match is judged by, and the format."""
    return f'"{version}-{(choice.graph_format or "").rpartition("/")[2]}"'.encode()


def _judge_type(kind: Kind, content_type: str) -> None:
    """Raise UnsupportedMediaType for what is not read here (5.1); without a type it is RDF/XML."""
    accepted: tuple[str, ...] = (SPARQL_UPDATE,) if kind == "patch" else tuple(READ)
    if kind == "post":
        accepted = (*accepted, MULTIPART)
    given = media_type(content_type)
    if given not in accepted and (given or kind == "patch"):
        raise UnsupportedMediaType(
            f"A body of type {content_type[:100]!r} is not read here. Send one of"
            f" {', '.join(accepted)}.",
            accepted,
        )


def _options() -> Response:
    methods = ", ".join(METHODS)
    fields = {
        "Allow": methods,
        "Accept-Patch": SPARQL_UPDATE,
        "Accept-Post": ", ".join((*READ, MULTIPART)),
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "*, Authorization",
        "Access-Control-Max-Age": "86400",
    }
    response = Response(status_code=204, headers=fields)
    share(response)
    return response
