"""The addresses of the canned queries: ``/queries``, ``/queries/{name}`` and its formats."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.addresses import base_of
from api.canned.requests import read_given, to_request, values
from api.canned.shown import QueryList, page_of_list, page_of_query, shown
from api.delivery import ConnectedClient
from api.headers import read_field, share
from api.negotiation import prefers_html
from api.observation import QUERY
from api.parameters import Parameters
from api.problems import MethodNotAllowed, problem_of, problem_response
from api.settings import Settings
from api.sparql import METHODS, SparqlEndpoint, options
from graph.errors import NotFound
from graph.filled_in import fill_in
from graph.queries import Query, read_queries
from graph.vocabulary import hint

PATH = "/queries/{name}"
TEXT = "rq"
"""The ending of the address that gives a query's text."""

router = APIRouter(tags=["canned queries"])


@cache
def queries() -> dict[str, Query]:
    """The queries that are shipped, by name; files do not change while a server runs."""
    return read_queries()


@router.get("/queries", summary="The canned queries", response_model=QueryList)
async def list_queries(request: Request) -> Response:
    """List the questions that can be asked by name, with their parameters."""
    if prefers_html(read_field(request.scope, b"accept")):
        return page_of_list(request, list(queries().values()))
    base = base_of(request)
    listed = QueryList(queries=[shown(query, base) for query in queries().values()])
    response = Response(listed.model_dump_json(exclude_none=True), media_type="application/json")
    share(response)
    return response


@router.head("/queries", include_in_schema=False)
async def head_of_list(request: Request) -> Response:
    """The list's fields."""
    return await list_queries(request)


class CannedQueries:
    """Answers requests for a canned query through the SPARQL endpoint's own ways."""

    def __init__(self, endpoint: SparqlEndpoint, settings: Settings) -> None:
        self._endpoint = endpoint
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; every error is a problem document."""
        try:
            if (response := await self._answer(scope, receive, send)) is None:
                return
        except ClientDisconnect:
            return
        except Exception as error:
            response = problem_response(problem_of(error, scope.get(QUERY, "")), scope)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Response | None:
        """Send a query's answer, or make the response that is not one."""
        if scope["method"] not in METHODS:
            raise MethodNotAllowed(f"{scope['method']} is not known here. Use GET.", METHODS)
        if scope["method"] == "OPTIONS":
            return options()
        name, _, suffix = scope["path_params"]["name"].partition(".")
        query = find(name)
        given = await read_given(scope, receive, self._settings)
        if suffix == TEXT:
            return text_of(query, values(query, given))
        if not suffix and _wants_page(scope, given):
            return page_of_query(Request(scope), query, given)
        request = to_request(query, given, suffix, scope, self._settings)
        scope[QUERY] = query.text
        async with ConnectedClient(receive):
            await self._endpoint.answer(request, scope, send)
        return None


def find(name: str) -> Query:
    """The query of this name; raises NotFound with the closest name where there is none."""
    if name not in queries():
        shown_name = name[:50]
        raise NotFound(f"There is no query “{shown_name}”.{hint(shown_name, queries())}")
    return queries()[name]


def text_of(query: Query, given: Mapping[str, str]) -> Response:
    """The query as it stands in its file, header and all, with the values given in their places.

    Where any value is given, the defaults of the other parameters are put in as well. Raises
    InvalidParameter.
    """
    text = fill_in(query.text, query.bindings(given)) if given else query.text
    response = Response(text, media_type="application/sparql-query")
    share(response)
    return response


def _wants_page(scope: Scope, given: Parameters) -> bool:
    named = "format" in given or "output" in given
    return not named and prefers_html(read_field(scope, b"accept"))


def route(endpoint: SparqlEndpoint, settings: Settings) -> Route:
    """The route of all canned queries, over the application's SPARQL endpoint."""
    return Route(PATH, CannedQueries(endpoint, settings))
