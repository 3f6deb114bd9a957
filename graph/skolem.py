"""Names for blank nodes that stay the same from build to build.

In facts and reference data a blank node becomes an IRI (RDF 1.1 Concepts, 3.5), so that whatever a
query returns can be asked for again. In the ontology and the shapes it stays blank, as OWL 2 and
SHACL ask of class expressions, lists and paths, and only gets a lasting label. Either is made from
what the node says and what points to it: an edit elsewhere in the file does not change it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.vocabulary import ID

DEEPEST = 100

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T", bound=Term)
Mint = Callable[[str], ox.NamedNode | ox.BlankNode]


def skolemised(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads with an IRI under ``…/id/.well-known/genid/`` for each blank node.

    Raises InvalidInput where blank nodes refer to each other in a circle.
    """
    return renamed(quads, lambda digest: ox.NamedNode(f"{ID}.well-known/genid/{digest}"))


def labelled(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads with a lasting label for each blank node; raises as :func:`skolemised` does."""
    return renamed(quads, lambda digest: ox.BlankNode(f"b{digest}"))


def renamed(quads: Iterable[ox.Quad], mint: Mint) -> tuple[ox.Quad, ...]:
    """The quads with the name that ``mint`` gives for the digest of each blank node."""
    quads = tuple(quads)
    digests = _Digests(quads)
    names = {node: mint(digests.address(node)) for node in digests.nodes}

    def named(term: T) -> T | ox.NamedNode | ox.BlankNode:
        return names[term] if isinstance(term, ox.BlankNode) else term

    return tuple(
        ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)
        for quad in quads
    )


class _Digests:
    """Digests of the blank nodes of a file; its lifetime is one renaming."""

    def __init__(self, quads: tuple[ox.Quad, ...]) -> None:
        self.outgoing: dict[Term, list[ox.Quad]] = defaultdict(list)
        self.incoming: dict[Term, list[ox.Quad]] = defaultdict(list)
        self.nodes: set[ox.BlankNode] = set()
        for quad in quads:
            if isinstance(quad.subject, ox.BlankNode):
                self.nodes.add(quad.subject)
                self.outgoing[quad.subject].append(quad)
            if isinstance(quad.object, ox.BlankNode):
                self.nodes.add(quad.object)
                self.incoming[quad.object].append(quad)

    def address(self, node: Term, depth: int = 0) -> str:
        """What points to the node and what the node says, as one digest."""
        if not isinstance(node, ox.BlankNode):
            return str(node)
        above = [
            f"{self.address(quad.subject, _deeper(depth))} {quad.predicate}"
            for quad in self.incoming[node]
        ]
        return _digest([*sorted(above), self.content(node)])

    def content(self, node: Term, depth: int = 0) -> str:
        """What the node says, as one digest."""
        if not isinstance(node, ox.BlankNode):
            return str(node)
        said = [
            f"{quad.predicate} {self.content(quad.object, _deeper(depth))}"
            for quad in self.outgoing[node]
        ]
        return _digest(sorted(said))


def _deeper(depth: int) -> int:
    if depth >= DEEPEST:
        raise InvalidInput(
            f"Blank nodes refer to each other in a circle, or more than {DEEPEST} deep."
            " Give one of them an IRI."
        )
    return depth + 1


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]
