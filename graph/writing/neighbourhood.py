"""Which nodes the shapes may judge otherwise after a change, and all that must be looked at for it.

A shape looks at its focus node, and from there along the properties of its paths, its targets and
its tests of class. So only a node from which such a way leads to a changed triple can have other
findings than before: those are found by going the ways backwards. What their findings rest on is
found by going forwards. Where that is too much of the graph, the whole of it is taken.

A property that the shapes graph does not mention is never looked at. A change of rdfs:subClassOf
may concern every node, so then the whole is taken too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.bulk_validation.borders import Reach, reach
from graph.bulk_validation.columns import read, text_of
from graph.bulk_validation.evaluation import Evaluation
from graph.bulk_validation.shapes import Shape, read_shapes
from graph.engine.store import Reading
from graph.finding import Finding
from graph.vocabulary import ID, RDF, RDFS

MOST_NODES = 20_000
_DEFAULT = ox.DefaultGraph()
Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Shapes:
    """The shapes of a store, ready to judge changes of it."""

    shapes: tuple[Shape, ...]
    reach: Reach
    mentioned: frozenset[object]
    """Every IRI in the shapes graph, and the properties of its SPARQL targets."""

    def findings(self, store: Reading, changed: Iterable[ox.Quad]) -> tuple[Finding, ...]:
        """The findings on all nodes that some changed quads of the default graph may concern."""
        relevant = [quad for quad in changed if self._is_relevant(quad)]
        if not relevant:
            return ()
        focus = self._focus(store, relevant)
        if focus is None:
            return self._judged(store.quads(graph=_DEFAULT))
        concerned = {_name(node) for node in focus}
        found = self._judged(self._ground(store, focus))
        return tuple(finding for finding in found if finding.focus in concerned)

    def _is_relevant(self, quad: ox.Quad) -> bool:
        if quad.predicate == RDF.type:
            return quad.object in self.mentioned
        return quad.predicate == RDFS.subClassOf or quad.predicate in self.mentioned

    def _judged(self, quads: Iterable[ox.Quad]) -> tuple[Finding, ...]:
        columns = read(text_of(quad for quad in quads if not isinstance(quad.object, ox.Triple)))
        return tuple(Evaluation(columns).findings(self.shapes))

    def _focus(self, store: Reading, changed: Iterable[ox.Quad]) -> set[Node] | None:
        """The nodes from which a way leads to a change; None where that is too many to tell."""
        found: set[Node] = set()
        waiting: list[Node] = []
        for quad in changed:
            if quad.predicate == RDFS.subClassOf:
                return None
            waiting += _nodes(quad.subject, quad.object if self._backwards(quad) else None)
        while waiting and len(found) <= MOST_NODES:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self._before(store, node)
        return None if waiting else found

    def _before(self, store: Reading, node: Node) -> Iterator[Node]:
        """The nodes from which a shape goes to this one in one step."""
        for quad in store.quads(None, None, node, _DEFAULT):
            if self._onwards(quad):
                yield from _nodes(quad.subject)
        for quad in store.quads(node, None, None, _DEFAULT):
            if self._backwards(quad):
                yield from _nodes(quad.object)

    def _ground(self, store: Reading, focus: Iterable[Node]) -> Iterator[ox.Quad]:
        """All that is said about nodes and about whatever the shapes reach from them."""
        seen: set[Node] = set()
        waiting = list(focus)
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            for quad in store.quads(node, None, None, _DEFAULT):
                yield quad
                if self._onwards(quad) or quad.predicate in (RDF.type, RDFS.subClassOf):
                    waiting += _nodes(quad.object)
            for quad in store.quads(None, None, node, _DEFAULT):
                if self._backwards(quad):
                    yield quad
                    waiting += _nodes(quad.subject)

    def _onwards(self, quad: ox.Quad) -> bool:
        """Whether a shape goes from subject to object here; classes are looked at, not gone to."""
        return quad.predicate != RDF.type and _text(quad.predicate) in self.reach.onwards

    def _backwards(self, quad: ox.Quad) -> bool:
        """Whether a shape goes from object to subject here, or picks the object for a target."""
        text = _text(quad.predicate)
        return text in self.reach.backwards or text in self.reach.picked


def read_shapes_of(store: Reading, graph: ox.NamedNode) -> Shapes:
    """The shapes that a store holds in a graph; raises InvalidInput where they are wrong."""
    quads = [ox.Quad(q.subject, q.predicate, q.object) for q in store.quads(graph=graph)]
    shapes = tuple(read_shapes(quads)) if quads else ()
    looked = reach(shapes)
    named = {_text_to_node(text) for text in looked.onwards | looked.backwards | looked.picked}
    mentioned = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return Shapes(shapes, looked, frozenset(mentioned | named))


def _nodes(*terms: object) -> list[Node]:
    return [term for term in terms if isinstance(term, ox.NamedNode | ox.BlankNode)]


def _name(node: Node) -> str:
    """A node as findings name it."""
    return node.value if isinstance(node, ox.NamedNode) else f"{ID}.well-known/genid/{node.value}"


def _text(term: ox.NamedNode) -> bytes:
    return str(term).encode()


def _text_to_node(text: bytes) -> ox.NamedNode:
    return ox.NamedNode(text[1:-1].decode())
