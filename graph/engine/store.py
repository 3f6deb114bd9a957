"""The one door to the store: reading what a version holds, and writing into a draft.

For commands, builds and exports that run in their own process and are trusted. What clients send
is answered by :mod:`graph.engine.pool`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader, RawIOBase
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from graph.engine.faults import unevaluated, unparsed
from graph.engine.held import Hold
from graph.engine.outbound import calls_out, refuse_outbound
from graph.errors import EngineFailed, InvalidInput, NotFound
from graph.formats import RdfFormat, ResultsFormat
from graph.functions import custom_functions

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
Row = tuple[Term | None, ...]

_BULK_QUADS = 100_000
_BULK_BYTES = 8 * 1024**2


@dataclass(frozen=True, slots=True)
class Solutions:
    """The solutions of a SELECT; ``rows`` can be read once, as they are evaluated."""

    variables: tuple[str, ...]
    rows: Iterator[Row]


class Reading:
    """The quads of one store, to be read."""

    def __init__(self, store: ox.Store, hold: Hold | None = None) -> None:
        """``hold``: what keeps a published store from being deleted while it is read."""
        self._opened: ox.Store | None = store
        self._hold = hold

    @property
    def _store(self) -> ox.Store:
        if self._opened is None:
            raise EngineFailed("This draft is published or dropped: open the version instead.")
        return self._opened

    def __len__(self) -> int:
        """How many quads there are, over all graphs."""
        return len(self._store)

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches everything, all graphs included."""
        return self._store.quads_for_pattern(subject, predicate, object, graph)

    def __contains__(self, quad: ox.Quad) -> bool:
        """Whether a quad is there."""
        return quad in self._store

    def graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of the named graphs."""
        return self._store.named_graphs()

    def has_graph(self, graph: GraphName) -> bool:
        """Whether a graph is there; a named graph may be there and empty."""
        return self._store.contains_named_graph(graph)

    def dump(
        self,
        stream: IO[bytes],
        format: RdfFormat,
        graph: GraphName | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Write everything, or one graph, in a format of RDF.

        A format that holds no named graphs writes the default graph unless ``graph`` says another.
        """
        chosen = ox.DefaultGraph() if graph is None and not format.quads else graph
        self._store.dump(
            stream, format.codec, from_graph=chosen, prefixes=dict(prefixes) if prefixes else None
        )

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Solutions:
        """The solutions of a SELECT; each variable of ``bindings`` must be in its projection.

        Raises InvalidQuery where the text does not parse or is no SELECT.
        """
        results = self._results(query, bindings)
        if not isinstance(results, ox.QuerySolutions):
            raise InvalidInput("The query is not a SELECT: its answer has no rows.")
        names = tuple(variable.value for variable in results.variables)
        return Solutions(names, (tuple(solution) for solution in results))

    def solutions(
        self,
        query: str,
        base: str | None = None,
        default_graph: Sequence[GraphName] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
    ) -> Iterator[dict[str, Term]]:
        """The solutions of a SELECT over a dataset of its own; unbound variables are left out.

        Raises what pyoxigraph raises: for whoever made the query from parts of another text.
        """
        results = self._store.query(
            query,
            base_iri=base,
            default_graph=None if default_graph is None else list(default_graph),
            named_graphs=None if named_graphs is None else list(named_graphs),
            **custom_functions(query),
        )
        assert isinstance(results, ox.QuerySolutions)
        names = [variable.value for variable in results.variables]
        for solution in results:
            yield {
                name: term for name, term in zip(names, solution, strict=True) if term is not None
            }

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """The answer to an ASK."""
        results = self._results(query, bindings)
        if not isinstance(results, ox.QueryBoolean):
            raise InvalidInput("The query is not an ASK: its answer is not true or false.")
        return bool(results)

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, as they are evaluated."""
        results = self._results(query, bindings)
        if not isinstance(results, ox.QueryTriples):
            raise InvalidInput("The query is no CONSTRUCT or DESCRIBE: its answer has no triples.")
        return iter(results)

    def serialized(
        self,
        query: str,
        stream: IO[bytes],
        format: RdfFormat | ResultsFormat,
        bindings: Mapping[str, Term] | None = None,
    ) -> None:
        """Write a query's answer: SELECT and ASK in a results format, the others in one of RDF."""
        results = self._results(query, bindings)
        if isinstance(results, ox.QueryTriples):
            if not isinstance(format, RdfFormat):
                raise InvalidInput(
                    f"The query's answer is a graph, which {format.name} cannot hold."
                )
            results.serialize(stream, format.codec)
        elif isinstance(format, ResultsFormat):
            results.serialize(stream, format.codec)
        else:
            raise InvalidInput(f"The query's answer is a table, which {format.name} cannot hold.")

    def _results(self, query: str, bindings: Mapping[str, Term] | None) -> Results:
        values = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        try:
            return self._store.query(query, substitutions=values, **custom_functions(query))
        except SyntaxError as error:
            raise unparsed(query, error) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise unevaluated(error, calls_out(query)) from error


class Writing(Reading):
    """A store that may still be changed: the inside of a draft."""

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; a large iterable is written in bulk, without holding it in memory."""
        remaining = iter(quads)
        first = list(islice(remaining, _BULK_QUADS))
        if len(first) < _BULK_QUADS:
            self._store.extend(first)
        else:
            self._store.bulk_extend(chain(first, remaining))

    def load(
        self,
        source: Path | bytes,
        format: RdfFormat,
        graph: GraphName | None = None,
        base: str | None = None,
    ) -> None:
        """Add a file's, or some bytes', quads; triples go into ``graph`` or the default graph.

        Raises InvalidInput with the parser's words where the source does not parse.
        """
        path = source if isinstance(source, Path) else None
        data = None if isinstance(source, Path) else source
        size = path.stat().st_size if path is not None else len(data or b"")
        load = self._store.bulk_load if size > _BULK_BYTES else self._store.load
        try:
            load(data, format.codec, path=path, base_iri=base, to_graph=graph)
        except SyntaxError as error:
            name = path.name if path is not None else "What was given"
            raise InvalidInput(f"{name} is not valid {format.name}: {error.msg}") from None

    def load_parts(self, parts: Iterable[bytes], format: RdfFormat) -> None:
        """Add the quads of one large document that comes in parts, made as they are read.

        Quicker than a :meth:`load` a part, each of which would sort and write files of its own.
        The document must be the program's own: that IRIs and language tags are well formed is not
        looked at (a sixth of the time). Raises InvalidInput where the parts do not parse.
        """
        parts_read = BufferedReader(_Parts(parts), _BULK_BYTES)
        try:
            self._store.bulk_load(parts_read, format.codec, lenient=True)
        except SyntaxError as error:
            raise InvalidInput(f"What was given is not valid {format.name}: {error.msg}") from None

    def update(self, text: str) -> None:
        """Apply a SPARQL 1.1 Update; all of it or, if it fails, nothing.

        Raises Refused for any SERVICE or LOAD, InvalidQuery for a text that does not parse.
        """
        refuse_outbound(text, allowed=())
        try:
            self._store.update(text)
        except SyntaxError as error:
            raise unparsed(text, error) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise unevaluated(error, calls_out(text)) from error

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads; what is not there is passed over."""
        for quad in quads:
            self._store.remove(quad)

    def create_graph(self, graph: GraphName) -> None:
        """Let a named graph be there, if only empty."""
        self._store.add_graph(graph)

    def drop_graph(self, graph: GraphName) -> None:
        """Remove a graph's quads, and its name too; the default graph stays, empty."""
        self._store.remove_graph(graph)

    def clear_graph(self, graph: GraphName) -> None:
        """Remove a graph's quads."""
        self._store.clear_graph(graph)

    def optimize(self) -> None:
        """Compact the store: worth its time after much was loaded in bulk."""
        self._store.optimize()


class _Parts(RawIOBase):
    """Parts of a document as a file to read from."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


@lru_cache(maxsize=4)
def open_store(path: Path) -> Reading:
    """A published store, for reading; the same one each time, for it never changes.

    Raises NotFound where there is none.
    """
    try:
        return Reading(ox.Store.read_only(str(path)), Hold(path.parent))
    except FileNotFoundError:
        raise NotFound(f"There is no store at {path}.") from None


def checkpoint(source: Path, target: Path) -> None:
    """Copy a published store by hard links; the source is not written to."""
    ox.Store.read_only(str(source)).backup(target)
