"""A worker's work: one request evaluated over one store, its answer sent as frames.

How an answer can say truthfully, before its first byte is sent, that the row limit cut it: the
query runs with LIMIT rows; what it writes is held back until it ends or passes ``HELD_BYTES``. An
answer that ended within that and cannot have so many rows is whole. Any other is asked once more,
for one solution behind the limit. So only large answers are evaluated twice, up to the limit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.engine.faults import unevaluated, unparsed
from graph.engine.forwarding import Forwarder
from graph.engine.outbound import calls_out, refuse_outbound
from graph.engine.outline import Cut, Outline, outline
from graph.engine.plain import Plain, plain
from graph.engine.rewriting import Rewritten
from graph.engine.wire import Head, Kind, Request, frame
from graph.errors import InvalidInput, NotAcceptable, NotFound, PolemosError
from graph.formats import RDF_FORMATS, RESULTS_FORMATS
from graph.functions import custom_functions, foreign_function, no_value

Send = Callable[[bytes], None]
Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

PIECE_BYTES = 64 * 1024
"""Up to so many bytes an answer is sent in one frame; larger ones in several of this size."""
HELD_BYTES = 8 * 1024**2
_SOLUTIONS_PER_SECOND = 50e6
"""Several times what the store finds at best (9 million, measured): see below."""

_MOST_FOREIGN = 100
"""A query that calls more functions that nobody here knows is told so."""

_UNREADABLE = "Parser error"
"""So begins what the store says of an endpoint's answer that is broken inside."""

_RESULTS = {format.media_type: format.codec for format in RESULTS_FORMATS.values()}
_GRAPHS = {format.media_type: format.codec for format in RDF_FORMATS.values()}


def evaluate(
    request: Request,
    store: ox.Store,
    allowed: Collection[str],
    forwarder: Forwarder,
    send: Send,
) -> None:
    """Answer a request. Raises members of the error family, before or after the first frame."""
    seen = plain(request.query)
    if seen is not None:
        Evaluation(request, None, seen, store, forwarder, send).run()
        return
    rewritten = _searched(request)
    refuse_outbound(rewritten.text, allowed)
    if calls_out(rewritten.text):
        rewritten = rewritten.again(forwarder.edits(rewritten.text))
        forwarder.judge(rewritten.text)
    request = request._replace(query=rewritten.text)
    Evaluation(request, rewritten, outline(rewritten.text), store, forwarder, send).run()


def _searched(request: Request) -> Rewritten:
    """The query with its full-text searches answered."""
    if "search" not in request.query:
        return Rewritten(request.query)
    from graph.engine.searching import search_edits  # the stemmers take 0.1 s to load

    edits = search_edits(request.query, request.bindings, Path(request.store).parent)
    return Rewritten(request.query, tuple(edits))


class Evaluation:
    """One request under way; the serialiser writes into it."""

    def __init__(
        self,
        request: Request,
        rewritten: Rewritten | None,
        seen: Outline | Plain,
        store: ox.Store,
        forwarder: Forwarder,
        send: Send,
    ) -> None:
        self._request = request
        self._rewritten = rewritten
        self._forwarder = forwarder
        self._store = store
        self._seen = seen
        self._send = send
        self._options = _options(request)
        self._cut: Cut = seen.cut(request.rows, request.bindings)
        self._media_type = ""
        self._graph = False
        self._hold = HELD_BYTES if self._cut.beyond is not None else PIECE_BYTES
        self._held: list[bytes] = []
        self._size = 0
        self._streams = False
        self._begun = time.monotonic()

    def run(self) -> None:
        """Evaluate, serialise, send."""
        try:
            self._serialise(self._results(self._cut.text))
        except SyntaxError as error:
            rewritten = self._rewritten or Rewritten(self._request.query)
            raise unparsed(rewritten.first, rewritten.restored(self._original(error))) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise self._failure(error) from error
        self._end()

    def _results(self, text: str) -> Results:
        """Ask the store; a function of elsewhere has no value (SPARQL 1.1 Query, 17.3 and 17.6)."""
        for _ in range(_MOST_FOREIGN):
            try:
                return self._store.query(text, **self._options)
            except RuntimeError as error:
                foreign = foreign_function(str(error))
                if foreign is None:
                    raise
            functions = self._options.get("custom_functions", {})
            self._options["custom_functions"] = {**functions, ox.NamedNode(foreign): no_value}
        return self._store.query(text, **self._options)

    def _failure(self, error: Exception) -> PolemosError:
        """What went wrong: the endpoint elsewhere, where one was called, or the query."""
        if not calls_out(self._request.query):
            return unevaluated(error, remote=False)
        unreadable = str(error).startswith(_UNREADABLE)
        failed = OSError(str(error)) if unreadable else error
        return self._forwarder.failure or unevaluated(failed, remote=True)

    def _serialise(self, results: Results) -> None:
        self._graph = isinstance(results, ox.QueryTriples)
        self._media_type = _media_type(results, self._request)
        sink = cast(IO[bytes], self)  # the serialisers call write and flush alone
        if isinstance(results, ox.QueryTriples):
            results.serialize(sink, _GRAPHS[self._media_type])
        else:
            results.serialize(sink, _RESULTS[self._media_type])

    def _original(self, error: SyntaxError) -> SyntaxError:
        """The error of the query without the LIMIT put in, which may have moved its place."""
        if self._cut.beyond is not None:
            try:
                self._store.query(self._request.query, **self._options)
            except SyntaxError as original:
                return original
        return error

    def write(self, data: bytes) -> int:
        """Take what the serialiser writes; it is held back at first, then sent in larger pieces."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= self._hold:
            self._stream()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is held goes out when it is time."""

    def _end(self) -> None:
        if not self._streams and self._size <= PIECE_BYTES:
            self._send(frame(Kind.WHOLE, self._head().to_bytes() + b"".join(self._held)))
            return
        self._stream()
        self._send(frame(Kind.END))

    def _stream(self) -> None:
        if not self._streams:
            self._send(frame(Kind.HEAD, self._head().to_bytes()))
            self._streams = True
            self._hold = PIECE_BYTES
        data = b"".join(self._held)
        for start in range(0, len(data), PIECE_BYTES):
            self._send(frame(Kind.DATA, data[start : start + PIECE_BYTES]))
        self._held.clear()
        self._size = 0

    def _head(self) -> Head:
        return Head(self._media_type, self._truncated(), not self._seen.volatile)

    def _truncated(self) -> bool:
        if self._cut.beyond is None or self._cannot_reach_the_limit():
            return False
        more = self._results(self._cut.beyond)
        assert isinstance(more, ox.QuerySolutions)
        return next(more, None) is not None

    def _cannot_reach_the_limit(self) -> bool:
        """Whether what is held, being all, shows that there are fewer solutions than the limit.

        A row takes at least a byte in each format. A graph's solutions may all give the same
        triple, so there it is the time that tells: it was too short to find so many.
        """
        if self._size >= self._hold:
            return False
        if not self._graph:
            return self._size < self._request.rows
        return time.monotonic() - self._begun < self._request.rows / _SOLUTIONS_PER_SECOND


def _media_type(results: Results, request: Request) -> str:
    """The format that applies to what the query turned out to be."""
    graph = isinstance(results, ox.QueryTriples)
    accepted = request.graph_format if graph else request.results_format
    if accepted is None or accepted not in (_GRAPHS if graph else _RESULTS):
        what = "a graph (CONSTRUCT, DESCRIBE)" if graph else "a table or a boolean (SELECT, ASK)"
        offered = ", ".join(_GRAPHS if graph else _RESULTS)
        raise NotAcceptable(f"The query's answer is {what}: ask for one of {offered}.")
    return accepted


def _options(request: Request) -> dict[str, Any]:
    """Dataset, bindings, functions and base as pyoxigraph takes them.

    A dataset that the request names replaces the query's FROM clauses altogether (SPARQL 1.1
    Protocol, 2.1.4): the part it leaves out is empty.
    """
    options: dict[str, Any] = {}
    if request.default_graphs or request.named_graphs:
        options["default_graph"] = [_graph(name) for name in request.default_graphs]
        options["named_graphs"] = [_graph(name) for name in request.named_graphs]
    options.update(custom_functions(request.query))
    if request.base:
        options["base_iri"] = request.base
    if request.bindings:
        options["substitutions"] = {
            _variable(name): term(name, value) for name, value in request.bindings.items()
        }
    return options


def _variable(name: str) -> ox.Variable:
    try:
        return ox.Variable(name)
    except ValueError:
        raise InvalidInput(f"A variable cannot be named {name!r}.") from None


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise InvalidInput(f"The graph name <{name}> is not an absolute IRI.") from None


def term(name: str, text: str) -> ox.NamedNode | ox.Literal:
    """The IRI or literal that an N-Triples term writes; ``name`` is its variable's, for errors."""
    try:
        quads = list(ox.parse(f"<a:b> <a:b> {text} .".encode(), ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError):
        quads = []
    if len(quads) != 1 or not isinstance(quads[0].object, ox.NamedNode | ox.Literal):
        raise InvalidInput(
            f"The value of ?{name} is not one term of N-Triples: write <https://…> for an IRI,"
            f' "…" for a text, "1"^^<http://www.w3.org/2001/XMLSchema#integer> for a number;'
            f" given: {text[:80]}"
        )
    return quads[0].object


def open_published(path: str) -> ox.Store:
    """A published version's store, read-only."""
    try:
        return ox.Store.read_only(path)
    except FileNotFoundError:
        raise NotFound("The version that was asked for is no longer there.") from None
