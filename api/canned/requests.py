"""A request for a canned query's answer: its parameters become terms, never text of the query."""

from __future__ import annotations

from starlette.types import Receive, Scope

from api.headers import read_field
from api.negotiation import choose, choose_named
from api.parameters import Parameters, read_parameters
from api.problems import UnsupportedMediaType, UriTooLong
from api.protocol import FORM, SparqlRequest, id_of, read_body, seconds_of, version_of
from api.settings import Settings
from graph.engine.question import Question
from graph.errors import InvalidParameter
from graph.queries import Query

OF_REQUEST = ("format", "output", "timeout", "version", "lang")
"""Parameters of the request itself, which no query may have as its own; ``lang`` is the page's."""


async def read_given(scope: Scope, receive: Receive, settings: Settings) -> Parameters:
    """The parameters in the address, and in the form where it is a POST.

    Raises InvalidInput, ContentTooLarge, UriTooLong or UnsupportedMediaType.
    """
    query_string: bytes = scope["query_string"]
    if len(query_string) > settings.max_address_bytes:
        raise UriTooLong(
            f"The query string is longer than {settings.max_address_bytes} bytes. Send the"
            " parameters by POST."
        )
    given = read_parameters(query_string)
    if scope["method"] == "POST":
        body = await read_body(scope, receive, settings.max_query_bytes)
        media_type = (read_field(scope, b"content-type") or "").partition(";")[0].strip().lower()
        if body and media_type != FORM:
            raise UnsupportedMediaType(f"Parameters are sent as {FORM}.", (FORM,))
        read_parameters(body, given)
    return given


def to_request(
    query: Query, given: Parameters, suffix: str, scope: Scope, settings: Settings
) -> SparqlRequest:
    """The question that a canned query asks with the values given, and the formats wanted.

    ``suffix`` is the format in the address's ending, empty for none; ``format`` and ``output`` go
    before it, and it before Accept. Raises InvalidParameter, InvalidInput or NotAcceptable.
    """
    formats = given.get("format", []) + given.get("output", []) + ([suffix] if suffix else [])
    choice = choose_named(formats) if formats else choose(read_field(scope, b"accept"))
    terms = query.bindings(values(query, given))
    question = Question(
        query=query.text,
        dataset=settings.dataset,
        results_format=choice.results_format,
        graph_format=choice.graph_format,
        bindings={name: str(term) for name, term in terms.items()},
        seconds=seconds_of(given),
        version=version_of(given),
        id=id_of(scope),
    )
    return SparqlRequest(question, choice)


def values(query: Query, given: Parameters) -> dict[str, str]:
    """The one value of each parameter; an empty one, as a form sends it, is none."""
    found: dict[str, str] = {}
    for name, texts in given.items():
        if name in OF_REQUEST:
            continue
        if len(texts) > 1:
            raise InvalidParameter(
                f"The query {query.name} takes one value for {name[:50]}; {len(texts)} were given.",
                name,
            )
        if texts[0] or name not in {parameter.name for parameter in query.parameters}:
            found[name] = texts[0]
    return found
