"""Loading a version into a SPARQL server elsewhere, by whichever way that server takes.

Everything is sent in pieces, so that memory and the server's own limits are respected. A blank node
would be another one in each piece, so it is sent as an IRI (RDF 1.1 Concepts, 3.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

import httpx
import pyoxigraph as ox

from graph.engine.store import GraphName, Reading
from graph.engine.terms import written
from graph.errors import InvalidInput, RemoteFailed
from graph.vocabulary import ID

T = TypeVar("T", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)

PIECE = 20_000
"""Statements in one request of a document."""
UPDATE_PIECE = 1_000
"""Statements in one INSERT DATA: servers limit the length of an update far below that of a file."""
_SECONDS = 300.0
_SAID = 500
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a version goes; ``default_graph`` is the name that its default graph has there."""

    address: str
    default_graph: str | None = None
    auth: httpx.Auth | None = None
    sent: Callable[[int], None] = field(default=lambda statements: None)
    """Told how many statements each request had."""


def publish_graphs(reading: Reading, target: Target) -> None:
    """Replace each graph by the Graph Store HTTP Protocol (section 5.3 and 5.5)."""
    for graph in _graphs(reading):
        parameters = {"graph": name} if (name := _name(graph, target)) else {"default": ""}
        address = httpx.URL(target.address).copy_merge_params(parameters)
        triples = (each.triple for each in _quads(reading, graph, target))
        _send_documents(target, address, triples, ox.RdfFormat.N_TRIPLES)


def publish_dataset(reading: Reading, target: Target) -> None:
    """Replace all that the server holds by N-Quads, where its address takes whole datasets."""
    quads = (each for graph in _graphs(reading) for each in _quads(reading, graph, target))
    _send_documents(target, httpx.URL(target.address), quads, ox.RdfFormat.N_QUADS)


def publish_by_update(reading: Reading, target: Target) -> None:
    """Replace each graph by SPARQL 1.1 Update: DROP, then INSERT DATA in pieces."""
    with _client(target) as client:
        for graph in _graphs(reading):
            name = _name(graph, target)
            where = f"GRAPH {written(ox.NamedNode(name))}" if name else "DEFAULT"
            _post_update(client, target, f"DROP SILENT {where}")
            for piece in _pieces(_quads(reading, graph, target), UPDATE_PIECE):
                lines = "\n".join(f"{_statement(each)} ." for each in piece)
                block = f"{where} {{ {lines} }}" if name else lines
                _post_update(client, target, f"INSERT DATA {{ {block} }}")
                target.sent(len(piece))


WAYS: Mapping[str, Callable[[Reading, Target], None]] = {
    "graph-store": publish_graphs,
    "dataset": publish_dataset,
    "update": publish_by_update,
}
"""The ways by name: a line for each."""


def _send_documents(
    target: Target,
    address: httpx.URL,
    statements: Iterable[ox.Triple] | Iterable[ox.Quad],
    format: ox.RdfFormat,
) -> None:
    """PUT the first piece, which replaces what was there, and POST the others to it."""
    with _client(target) as client:
        method = "PUT"
        for piece in _pieces(statements, PIECE):
            body = ox.serialize(piece, format=format)  # type: ignore[arg-type] # all of one kind
            headers = {"Content-Type": format.media_type}
            _judge(client, client.build_request(method, address, content=body, headers=headers))
            target.sent(len(piece))
            method = "POST"


def _post_update(client: httpx.Client, target: Target, text: str) -> None:
    """Send an update as a form (SPARQL 1.1 Protocol, 2.2.1)."""
    _judge(client, client.build_request("POST", target.address, data={"update": text}))


def _judge(client: httpx.Client, request: httpx.Request) -> None:
    try:
        response = client.send(request)
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise RemoteFailed(f"{request.url} cannot be reached: {reason}.") from error
    if not response.is_success:
        said = " ".join(response.text[:_SAID].split())
        raise RemoteFailed(
            f"{request.method} {request.url} was answered with status {response.status_code}:"
            f" {said or 'no reason'}. What was sent before is there: publish again once it is"
            " mended."
        )


def _client(target: Target) -> httpx.Client:
    return httpx.Client(auth=target.auth, timeout=_SECONDS, trust_env=False)


def _graphs(reading: Reading) -> tuple[GraphName, ...]:
    return (_DEFAULT, *sorted(reading.graphs(), key=str))


def _name(graph: GraphName, target: Target) -> str | None:
    if isinstance(graph, ox.DefaultGraph):
        return target.default_graph
    return _named(graph).value


def _quads(reading: Reading, graph: GraphName, target: Target) -> Iterator[ox.Quad]:
    """The quads of a graph, as they are to be there."""
    name = _name(graph, target)
    there = ox.NamedNode(name) if name else _DEFAULT
    for quad in reading.quads(graph=graph):
        yield ox.Quad(_named(quad.subject), quad.predicate, _named(quad.object), there)


def _named(term: T) -> T | ox.NamedNode:
    if isinstance(term, ox.BlankNode):
        return ox.NamedNode(f"{ID}.well-known/genid/{term.value}")
    return term


def _statement(quad: ox.Quad) -> str:
    """A triple in SPARQL's syntax."""
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
        raise InvalidInput(
            f"{quad} is a triple about a triple, which SPARQL 1.1 Update cannot write:"
            " publish in another way."
        )
    return f"{written(subject)} {written(quad.predicate)} {written(value)}"


S = TypeVar("S")


def _pieces(statements: Iterable[S], most: int) -> Iterator[list[S]]:
    remaining = iter(statements)
    while piece := list(islice(remaining, most)):
        yield piece
