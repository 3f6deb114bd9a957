"""SPARQL 1.1 Update over a draft, such that what it changes is known quad by quad.

pyoxigraph evaluates an update and does not tell what it changed, which is what validation and the
closure need. So it parses the request and the templates, and evaluates the patterns; the templates
are filled in here, solution by solution (SPARQL 1.1 Update, 3.1.3 and 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any

import pyoxigraph as ox

from graph.engine.changes import Changes
from graph.engine.faults import unevaluated, unparsed
from graph.engine.operations import (
    Data,
    GraphManagement,
    Modification,
    Operation,
    Piece,
    operation,
    pieces,
    readable,
)
from graph.engine.outbound import refuse_outbound
from graph.engine.question import Dataset
from graph.engine.store import GraphName, Term
from graph.engine.tokens import tokens
from graph.engine.update_rules import place_in, refuse_deep, refuse_shared_blank_nodes
from graph.errors import GraphConflict, InvalidInput, InvalidQuery, Refused

_VARIABLE = "urn:polemos:variable:"
_NOWHERE = "urn:polemos:nowhere"
_PARSE_ONLY = f"CREATE GRAPH <{_NOWHERE}> ; CREATE GRAPH <{_NOWHERE}> ; "
"""The second of these fails, after what follows was parsed and before any of it is done."""
_PLACE = re.compile(r"^error at (\d+):(\d+):")
_DEFAULT = ox.DefaultGraph()

Solution = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a request says about an update from outside its text.

    ``dataset`` are the protocol's using-graph-uri and using-named-graph-uri (SPARQL 1.1 Protocol,
    2.2.3). ``graph`` takes the default graph's place, for a patch of one graph.
    """

    base: str | None = None
    dataset: Dataset = field(default_factory=Dataset)
    graph: GraphName = _DEFAULT


def apply_update(changes: Changes, text: str, circumstances: Circumstances) -> None:
    """Apply a request; where it fails, the caller undoes the changes.

    Raises InvalidQuery for a text that does not parse, Refused for any SERVICE or LOAD (a LOAD
    SILENT does nothing), GraphConflict where an operation cannot be done on the graphs that there
    are, and InvalidInput where it names a dataset beside the protocol's.
    """
    refuse_deep(text)
    found = list(pieces(text))
    update = _Update(changes, circumstances)
    for piece in found:
        update.parse(piece, text)
    operations = [operation(piece) for piece in found]
    for piece, each in zip(found, operations, strict=True):
        if not (isinstance(each, GraphManagement) and each.is_silent_load):
            refuse_outbound(piece.prologue + piece.text, allowed=())
    refuse_shared_blank_nodes(operations)
    for piece, each in zip(found, operations, strict=True):
        update.do(piece, each)


class _Update:
    """One request under way; ``scratch`` is an empty store to parse with."""

    def __init__(self, changes: Changes, circumstances: Circumstances) -> None:
        self._changes = changes
        self._base = circumstances.base
        self._default = circumstances.graph
        self._using = tuple(map(_graph, circumstances.dataset.default_graphs))
        self._named = tuple(map(_graph, circumstances.dataset.named_graphs))
        self._scratch = ox.Store()

    def parse(self, piece: Piece, request: str) -> None:
        """Raise InvalidQuery where a piece of a request does not parse.

        A prologue alone can stand before what keeps the rest from being done, so it is judged
        first: were it not what it is taken for, it could call out.
        """
        if not piece.tokens and not piece.text.strip():
            raise InvalidQuery(
                "There is nothing between two semicolons of the update. Leave one of them out.",
                place_in(request, piece.start),
            )
        refuse_outbound(piece.prologue, allowed=())
        try:
            self._scratch.update(f"{piece.prologue}{_PARSE_ONLY}{piece.text}", base_iri=self._base)
        except SyntaxError as error:
            raise self._unparsed(piece, request, error) from None
        except RuntimeError:
            self._scratch.clear()
        if not readable(piece.text):
            raise InvalidQuery(
                "The update cannot be told apart into its operations: write spaces around < and >.",
                place_in(request, piece.start),
            )

    def _unparsed(self, piece: Piece, request: str, error: SyntaxError) -> InvalidQuery:
        """The error at its place in the whole request."""
        lines = piece.prologue.count("\n")
        before = piece.prologue.rpartition("\n")[2] + _PARSE_ONLY
        start = place_in(request, piece.start)

        def moved(found: re.Match[str]) -> str:
            line, column = int(found[1]) - lines, int(found[2])
            if line == 1:
                column += start.column - 1 - len(before)
            return f"error at {max(line + start.line - 1, 1)}:{max(column, 1)}:"

        return unparsed(request, SyntaxError(_PLACE.sub(moved, str(error))))

    def do(self, piece: Piece, operation: Operation) -> None:
        """Do what a piece says."""
        self._piece = piece
        self.apply(operation)

    @singledispatchmethod
    def apply(self, operation: object) -> None:
        """Do one operation."""
        raise TypeError(operation)

    @apply.register
    def _(self, operation: Data) -> None:
        placed = [_placed(quad, self._default) for quad in self._quads(operation.block)]
        (self._changes.insert if operation.inserts else self._changes.delete)(placed)

    @apply.register
    def _(self, operation: Modification) -> None:
        if operation.has_dataset and (self._using or self._named):
            raise InvalidInput(
                "The update has USING, USING NAMED or WITH, and the request has using-graph-uri or"
                " using-named-graph-uri beside it. Leave one of them out (SPARQL 1.1 Protocol,"
                " 2.2.3)."
            )
        default = self._default
        if operation.with_graph is not None:
            (default,) = self._resolved((operation.with_graph,))
        delete = self._template(operation.delete, default)
        insert = self._template(operation.insert, default)
        gone: set[ox.Quad] = set()
        come: set[ox.Quad] = set()
        for solution in self._solutions(operation, default):
            gone.update(_filled(delete, solution))
            come.update(_filled(insert, solution))
        self._changes.delete(gone)
        self._changes.insert(come)

    @apply.register
    def _(self, operation: GraphManagement) -> None:
        words = operation.words
        if operation.is_silent_load:
            return
        if words.startswith("LOAD"):
            raise Refused("LOAD is refused: send the document itself, by POST to the graph store.")
        graphs: set[GraphName] = set(self._resolved(operation.graphs))
        if words.startswith("CLEARGRAPH") and not any(map(self._is_there, graphs)):
            return  # the W3C's test update_base_uri has it so; the Update text only advises failure
        if words.endswith(("ALL", "NAMED")):
            graphs.update(self._changes.draft.graphs())
        if words.endswith("ALL") or "DEFAULT" in words:
            graphs.add(_DEFAULT)
        self._run(graphs)

    def _is_there(self, graph: GraphName) -> bool:
        return isinstance(graph, ox.DefaultGraph) or self._changes.draft.has_graph(graph)

    def _run(self, graphs: set[GraphName]) -> None:
        """Let the store do it on a copy of the graphs it is about, and take over what it did."""
        draft = self._changes.draft
        there = {graph for graph in graphs if graph != _DEFAULT and draft.has_graph(graph)}
        for graph in graphs:
            self._scratch.extend(draft.quads(graph=graph))
        for graph in there:
            self._scratch.add_graph(graph)
        try:
            self._scratch.update(self._piece.prologue + self._piece.text, base_iri=self._base)
        except (RuntimeError, ValueError) as error:
            raise GraphConflict(f"The update cannot be done: {error}.") from None
        left = set(self._scratch.named_graphs())
        for graph in graphs:
            now = set(self._scratch.quads_for_pattern(None, None, None, graph))
            self._changes.delete(set(draft.quads(graph=graph)) - now)
            self._changes.insert(now)
        for graph in there - left:
            self._changes.drop(graph)
        for graph in left:
            self._changes.create(graph)
        self._scratch.clear()

    def _solutions(self, operation: Modification, default: GraphName) -> Iterator[Solution]:
        text = f"{self._piece.prologue}SELECT * WHERE {{{operation.where}}}"
        options = self._dataset(operation, default)
        try:
            yield from self._changes.draft.solutions(text, base=self._base, **options)
        except SyntaxError as error:
            raise unparsed(text, error) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise unevaluated(error, remote=False) from error

    def _dataset(self, operation: Modification, default: GraphName) -> dict[str, Any]:
        using: Sequence[GraphName] = self._resolved(operation.using)
        named: Sequence[GraphName] = self._resolved(operation.using_named)
        using, named = using or self._using, named or self._named
        if using or named:
            return {"default_graph": list(using), "named_graphs": list(named)}
        return {} if default == _DEFAULT else {"default_graph": [default]}

    def _template(self, block: str, default: GraphName) -> list[ox.Quad]:
        return [_placed(quad, default) for quad in self._quads(_marked(block))]

    def _quads(self, block: str) -> list[ox.Quad]:
        """The quads of a block without variables."""
        if not block.strip():
            return []
        text = f"{self._piece.prologue}INSERT DATA {{{block}}}"
        try:
            self._scratch.update(text, base_iri=self._base)
        except SyntaxError as error:
            raise unparsed(text, error) from None
        quads = list(self._scratch)
        self._scratch.clear()
        return quads

    def _resolved(self, graphs: Sequence[str]) -> list[ox.NamedNode]:
        """IRIs as they are written, in full."""
        block = " ".join(f"<urn:{i:06}> a {written} ." for i, written in enumerate(graphs))
        quads = sorted(self._quads(block), key=lambda quad: str(quad.subject))
        return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise InvalidInput(f"The graph name <{name}> is not an absolute IRI.") from None


def _marked(block: str) -> str:
    """A template whose variables are IRIs, so that it parses as data."""
    pieces = []
    at = 0
    for token in tokens(block):
        if token.lastgroup == "variable":
            pieces += [block[at : token.start()], f"<{_VARIABLE}{token[0][1:]}>"]
            at = token.end()
    return "".join([*pieces, block[at:]])


def _placed(quad: ox.Quad, default: GraphName) -> ox.Quad:
    """A quad of the default graph, in the graph that takes its place."""
    if quad.graph_name != _DEFAULT or default == _DEFAULT:
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, default)


def _filled(template: Iterable[ox.Quad], solution: Solution) -> Iterator[ox.Quad]:
    """The quads of a template for one solution, without those that are no RDF (4.3.1)."""
    blank: dict[ox.BlankNode, ox.BlankNode] = {}
    for quad in template:
        graph = quad.graph_name
        filled = _quad(
            _value(quad.subject, solution, blank),
            _value(quad.predicate, solution, blank),
            _value(quad.object, solution, blank),
            graph if graph == _DEFAULT else _value(graph, solution, blank),
        )
        if filled is not None:
            yield filled


def _quad(subject: Any, predicate: Any, value: Any, graph: Any) -> ox.Quad | None:
    if value is None or graph is None or not isinstance(predicate, ox.NamedNode):
        return None
    if not isinstance(subject, ox.NamedNode | ox.BlankNode) or isinstance(graph, ox.Literal):
        return None
    return ox.Quad(subject, predicate, value, graph)


def _value(term: Any, solution: Solution, blank: dict[ox.BlankNode, ox.BlankNode]) -> Any:
    """A term of a template: a variable's value, a blank node of this solution's own, or itself."""
    fill: Callable[[Any], Any] = lambda part: _value(part, solution, blank)  # noqa: E731
    match term:
        case ox.NamedNode() if term.value.startswith(_VARIABLE):
            return solution.get(term.value.removeprefix(_VARIABLE))
        case ox.BlankNode():
            return blank.setdefault(term, ox.BlankNode())
        case ox.Triple():
            parts = (fill(term.subject), fill(term.predicate), fill(term.object))
            return None if None in parts else ox.Triple(*parts)
    return term
