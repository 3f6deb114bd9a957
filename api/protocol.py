"""A request of the SPARQL 1.1 Protocol (section 2.1) as a question and the formats it may have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope

from api.addresses import base_of
from api.headers import read_field
from api.negotiation import Choice, choose, choose_named
from api.parameters import Parameters, read_parameters, read_text
from api.problems import ContentTooLarge, UnsupportedMediaType, UriTooLong
from api.settings import Settings
from graph.engine.question import Dataset, Question
from graph.engine.running import LONGEST_ID
from graph.errors import InvalidInput, Refused

FORM = "application/x-www-form-urlencoded"
SPARQL_QUERY = "application/sparql-query"
SPARQL_UPDATE = "application/sparql-update"
_MOST_DIGITS = 9
_ID = re.compile(rf"[A-Za-z0-9._~-]{{1,{LONGEST_ID}}}")
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*:)[^<>\"{}|^`\s]*>")
"""What looks like an IRI without a scheme; comparisons may look so too, and do not mind a base."""
_CHARSETS = {"", "utf-8", "utf8", "us-ascii"}


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A question, and how its answer is to be written."""

    question: Question
    choice: Choice


async def read_request(scope: Scope, receive: Receive, settings: Settings) -> SparqlRequest:
    """Read a query operation from a GET, HEAD or POST request.

    Raises InvalidInput, Refused, NotAcceptable, ContentTooLarge, UriTooLong or
    UnsupportedMediaType, and ClientDisconnect where the client went away meanwhile.
    """
    query_string: bytes = scope["query_string"]
    if len(query_string) > settings.max_address_bytes:
        raise UriTooLong(
            f"The query string is longer than {settings.max_address_bytes} bytes. Send the query "
            "by POST."
        )
    parameters = read_parameters(query_string)
    if scope["method"] == "POST":
        content_type = read_field(scope, b"content-type")
        take = _body_reader(content_type)
        take(await read_body(scope, receive, settings.max_query_bytes), parameters)
    request = to_request(parameters, read_field(scope, b"accept"), settings)
    query = request.question.query
    base = address_of(scope) if may_be_relative(query) else ""
    asked = replace(request.question, id=id_of(scope), base=base)
    return replace(request, question=asked)


def may_be_relative(query: str) -> bool:
    """Whether a query seems to hold an IRI that has to be resolved against a base."""
    return _RELATIVE.search(query) is not None


def address_of(scope: Scope) -> str:
    """Where a client sent its request, without the query string: the base of relative IRIs.

    SPARQL 1.1 Protocol, 2.1.5 of the query operation and 2.2.4 of the update operation leave it to
    the service, "which may be the service endpoint".
    """
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return base_of(Request(scope)) + path.lstrip("/")


def id_of(scope: Scope) -> str:
    """The name that the client gives its query, to cancel it by."""
    given = read_field(scope, b"polemos-query")
    if given is None:
        return ""
    if not _ID.fullmatch(given):
        raise InvalidInput(
            f"Polemos-Query: {given[:50]!r} is no id. Use up to {LONGEST_ID} letters, digits and"
            " any of . _ ~ - (a random one, since whoever knows it can cancel the query)."
        )
    return given


def _body_reader(content_type: str | None) -> Callable[[bytes, Parameters], None]:
    media_type, _, rest = (content_type or "").lower().partition(";")
    reader = _BODY_READERS.get(media_type.strip())
    if reader is None:
        given = f"of type {content_type[:100]!r}" if content_type else "without a Content-Type"
        raise UnsupportedMediaType(
            f"A body {given} is not read here. Send {FORM} or {SPARQL_QUERY}.", (FORM, SPARQL_QUERY)
        )
    charset = rest.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in _CHARSETS:
        raise UnsupportedMediaType(
            f"The charset {charset[:50]!r} is not read here. Send UTF-8.", (FORM, SPARQL_QUERY)
        )
    return reader


def _read_form(body: bytes, parameters: Parameters) -> None:
    read_parameters(body, parameters)


def _read_query(body: bytes, parameters: Parameters) -> None:
    parameters.setdefault("query", []).append(read_text(body))


def _read_update(body: bytes, parameters: Parameters) -> None:
    parameters.setdefault("update", []).append("")


_BODY_READERS: dict[str, Callable[[bytes, Parameters], None]] = {
    FORM: _read_form,
    SPARQL_QUERY: _read_query,
    SPARQL_UPDATE: _read_update,
}


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Read the body; one that says it is too long is refused before it is sent."""
    length = read_field(scope, b"content-length") or ""
    too_large = length.isdecimal() and int(length) > limit
    body = bytearray()
    more = True
    while more and not too_large:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        too_large = len(body) > limit
    if too_large:
        raise ContentTooLarge(f"The body is longer than {limit} bytes. Send a shorter query.")
    return bytes(body)


def to_request(parameters: Parameters, accept: str | None, settings: Settings) -> SparqlRequest:
    """Make a question of the protocol's parameters (section 2.1.4) and an Accept field.

    Beyond the protocol's own, ``format`` or ``output`` go before Accept, ``timeout`` (seconds)
    shortens the engine's time limit, and ``version`` asks an earlier version by its number.
    """
    if "update" in parameters:
        raise Refused(
            "This endpoint answers queries only: SPARQL Update is off. New facts are published as "
            "a new version by whoever runs it."
        )
    formats = parameters.get("format", []) + parameters.get("output", [])
    choice = choose_named(formats) if formats else choose(accept)
    question = Question(
        query=only(parameters, "query"),
        dataset=_dataset(parameters, settings),
        results_format=choice.results_format,
        graph_format=choice.graph_format,
        seconds=seconds_of(parameters),
        version=version_of(parameters),
    )
    return SparqlRequest(question, choice)


def only(parameters: Parameters, name: str) -> str:
    """The one value of a parameter; raises InvalidInput where there is none or several."""
    values = parameters.get(name, [])
    if len(values) != 1:
        count = "none" if not values else str(len(values))
        raise InvalidInput(f"A request has exactly one parameter {name!r}; this one has {count}.")
    return values[0]


def _dataset(parameters: Parameters, settings: Settings) -> Dataset:
    default_graphs = parameters.get("default-graph-uri", ())
    named_graphs = parameters.get("named-graph-uri", ())
    if not default_graphs and not named_graphs:
        return settings.dataset
    return Dataset(tuple(default_graphs), tuple(named_graphs))


def seconds_of(parameters: Parameters) -> float | None:
    """The time limit that a request asks for; None where it asks for none."""
    if "timeout" not in parameters:
        return None
    given = only(parameters, "timeout")
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise InvalidInput(f"The timeout {given[:50]!r} is no number of seconds above 0.")
    return seconds


def version_of(parameters: Parameters) -> int | None:
    """The version that a request asks for by its number; None for the newest."""
    if "version" not in parameters:
        return None
    given = only(parameters, "version")
    if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS):
        raise InvalidInput(f"The version {given[:50]!r} is no number of a version.")
    return int(given)
