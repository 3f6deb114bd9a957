"""What the list of canned queries and the page of one say of them."""

from __future__ import annotations

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import base_of
from api.canned.requests import values
from api.frame import framed_page
from api.negotiation import RESULTS
from api.parameters import Parameters
from graph.errors import InvalidParameter
from graph.queries import MARK, Query

PREFIX = "queries/"


class ShownParameter(BaseModel):
    """A parameter of a canned query."""

    name: str
    type: str
    """iri, string, integer, decimal, date, dateTime or language."""
    takes: str
    description: str
    example: str
    default: str | None = None


class ShownQuery(BaseModel):
    """A canned query; ``href`` is where its answer is, ``sparql`` where its text is."""

    name: str
    question: str
    keywords: list[str]
    parameters: list[ShownParameter]
    reaches: list[str]
    """Addresses of the endpoints that it asks by SERVICE."""
    href: str
    sparql: str


class QueryList(BaseModel):
    """The canned queries, by name."""

    queries: list[ShownQuery]


def shown(query: Query, base: str) -> ShownQuery:
    """A query as the list has it; ``base`` is the server's address."""
    return ShownQuery(
        name=query.name,
        question=query.summary,
        keywords=list(query.keywords),
        parameters=[
            ShownParameter(
                name=parameter.name,
                type=parameter.type.name,
                takes=parameter.type.called,
                description=parameter.description,
                example=parameter.example,
                default=parameter.default,
            )
            for parameter in query.parameters
        ],
        reaches=list(query.reaches),
        href=f"{base}{PREFIX}{query.name}",
        sparql=f"{base}{PREFIX}{query.name}.rq",
    )


def page_of_list(request: Request, queries: list[Query]) -> Response:
    """The list for a person."""
    return framed_page(request.scope, "queries.html", queries=queries)


def page_of_query(request: Request, query: Query, given: Parameters) -> Response:
    """A query for a person: its question, a form with what was given so far, its text."""
    wrong: InvalidParameter | None = None
    try:
        query.bindings(values(query, given))
    except InvalidParameter as error:
        wrong = error
    return framed_page(
        request.scope,
        "query.html",
        200 if wrong is None else wrong.status,
        query=query,
        text=body_of(query.text),
        given={name: texts[0] for name, texts in given.items()},
        wrong=wrong,
        formats=tuple(RESULTS),
        base=base_of(request),
    )


def body_of(text: str) -> str:
    """A query's text without its header."""
    lines = (line for line in text.splitlines() if not line.startswith(MARK))
    return "\n".join(lines).strip()
