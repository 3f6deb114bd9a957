"""SPARQL 1.1 Update over a draft, such that what it changes is known quad by quad.

pyoxigraph evaluates an update and does not tell what it changed, which is what validation and the
closure need. So it parses the request and the templates, and evaluates the patterns; the templates
are filled in here, solution by solution (SPARQL 1.1 Update, 3.1.3 and 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import pyoxigraph as ox

from graph.engine.changes import Changes
from graph.engine.faults import unevaluated, unparsed
from graph.engine.operations import Data, GraphManagement, Modification, operations
from graph.engine.outbound import refuse_outbound
from graph.engine.question import Dataset
from graph.engine.store import GraphName, Term
from graph.engine.tokens import tokens
from graph.errors import InvalidInput, Refused

_VARIABLE = "urn:polemos:variable:"
_NOWHERE = "urn:polemos:nowhere"
_PARSE_ONLY = f"CREATE GRAPH <{_NOWHERE}> ; CREATE GRAPH <{_NOWHERE}> ;\n"
"""The second of these fails, after the whole request was parsed and before any of it was done."""
_PLACE = re.compile(r"(?<=^error at )\d+")
_DEFAULT = ox.DefaultGraph()
_MANY = 10_000

Solution = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a request says about an update from outside its text.

    ``dataset`` are the protocol's using-graph-uri and using-named-graph-uri (SPARQL 1.1 Protocol,
    2.2.3). ``graph`` takes the default graph's place, for a patch of one graph.
    """

    base: str | None = None
    dataset: Dataset = Dataset()
    graph: GraphName = _DEFAULT


def apply_update(changes: Changes, text: str, circumstances: Circumstances) -> None:
    """Apply a request; where it fails, the caller undoes the changes.

    Raises Refused for any SERVICE or LOAD, InvalidQuery for a text that does not parse, and
    InvalidInput where an operation cannot be done, or names a dataset beside the protocol's.
    """
    refuse_outbound(text, allowed=())
    update = _Update(changes, circumstances)
    update.parse(text)
    for operation in operations(text):
        update.apply(operation)


class _Update:
    """One request under way; ``scratch`` is an empty store to parse with."""

    def __init__(self, changes: Changes, circumstances: Circumstances) -> None:
        self._changes = changes
        self._base = circumstances.base
        self._default = circumstances.graph
        self._using = tuple(map(_graph, circumstances.dataset.default_graphs))
        self._named = tuple(map(_graph, circumstances.dataset.named_graphs))
        self._scratch = ox.Store()

    def parse(self, text: str) -> None:
        """Raise InvalidQuery where the request does not parse."""
        try:
            self._scratch.update(_PARSE_ONLY + text, base_iri=self._base)
        except SyntaxError as error:
            place = _PLACE.sub(lambda line: str(int(line[0]) - 1), str(error))
            raise unparsed(text, SyntaxError(place)) from None
        except RuntimeError:
            self._scratch.clear()

    @singledispatchmethod
    def apply(self, operation: object) -> None:
        """Do one operation."""
        raise TypeError(operation)

    @apply.register
    def _(self, operation: Data) -> None:
        quads = self._quads(operation.prologue, operation.block)
        placed = [_placed(quad, self._default) for quad in quads]
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
            (default,) = self._resolved(operation.prologue, (operation.with_graph,))
        delete = self._template(operation.prologue, operation.delete, default)
        insert = self._template(operation.prologue, operation.insert, default)
        gone: set[ox.Quad] = set()
        come: set[ox.Quad] = set()
        for solution in self._solutions(operation, default):
            gone.update(_filled(delete, solution))
            come.update(_filled(insert, solution))
        self._changes.delete(gone)
        self._changes.insert(come)

    @apply.register
    def _(self, operation: GraphManagement) -> None:
        words = operation.words.removeprefix("SILENT")
        if words.startswith("LOAD"):
            raise Refused("LOAD is refused: send the document itself, by POST to the graph store.")
        graphs: set[GraphName] = set(self._resolved(operation.prologue, operation.graphs))
        before = self._all(words) | graphs | {_DEFAULT}
        self._run(f"{operation.prologue}{operation.text}", before)

    def _all(self, words: str) -> set[GraphName]:
        """All named graphs, where the operation is on all of them."""
        wide = words.endswith(("ALL", "NAMED"))
        return set(self._changes.draft.graphs()) if wide else set()

    def _run(self, text: str, graphs: set[GraphName]) -> None:
        """Let the store do it on a copy of the graphs it is about, and take over what it did."""
        draft = self._changes.draft
        there = {graph for graph in graphs if graph != _DEFAULT and draft.has_graph(graph)}
        for graph in graphs:
            self._scratch.extend(draft.quads(graph=graph))
        for graph in there:
            self._scratch.add_graph(graph)
        try:
            self._scratch.update(text, base_iri=self._base)
        except (RuntimeError, ValueError) as error:
            raise InvalidInput(f"The update cannot be done: {error}.") from None
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
        text = f"{operation.prologue}SELECT * WHERE {{{operation.where}}}"
        options = self._dataset(operation, default)
        try:
            found = self._changes.draft.solutions(text, base=self._base, **options)
            yield from found
        except SyntaxError as error:
            raise unparsed(text, error) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise unevaluated(error, remote=False) from error

    def _dataset(self, operation: Modification, default: GraphName) -> dict[str, Any]:
        using: Sequence[GraphName] = self._resolved(operation.prologue, operation.using)
        named: Sequence[GraphName] = self._resolved(operation.prologue, operation.using_named)
        using, named = using or self._using, named or self._named
        if using or named:
            return {"default_graph": list(using), "named_graphs": list(named)}
        return {} if default == _DEFAULT else {"default_graph": [default]}

    def _template(self, prologue: str, block: str, default: GraphName) -> list[ox.Quad]:
        return [_placed(quad, default) for quad in self._quads(prologue, _marked(block))]

    def _quads(self, prologue: str, block: str) -> list[ox.Quad]:
        """The quads of a block without variables."""
        if not block.strip():
            return []
        text = f"{prologue}INSERT DATA {{{block}}}"
        try:
            self._scratch.update(text, base_iri=self._base)
        except SyntaxError as error:
            raise unparsed(text, error) from None
        quads = list(self._scratch)
        self._scratch.clear()
        return quads

    def _resolved(self, prologue: str, graphs: Sequence[str]) -> list[GraphName]:
        """IRIs as they are written, in full."""
        block = " ".join(f"<urn:{i}> a {written} ." for i, written in enumerate(graphs))
        quads = sorted(self._quads(prologue, block), key=lambda quad: int(quad.subject.value[4:]))
        return [quad.object for quad in quads]


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
        parts = [_value(each, solution, blank) for each in (quad.subject, quad.predicate, quad.object)]
        name = graph if graph == _DEFAULT else _value(graph, solution, blank)
        filled = _quad(*parts, name)
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
