"""Names for blank nodes that stay the same from build to build.

In facts and reference data a blank node becomes an IRI (RDF 1.1 Concepts, 3.5), so that whatever a
query returns can be asked for again. In the ontology and the shapes it stays blank, as OWL 2 and
SHACL ask of class expressions, lists and paths, and only gets a lasting label. Either is made from
what the node says and what points to it: an edit elsewhere in the file does not change it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.turtle import RdfFile
from graph.vocabulary import ID

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T", bound=Term)
Mint = Callable[[str], ox.NamedNode | ox.BlankNode]


def skolemised(file: RdfFile) -> tuple[ox.Quad, ...]:
    """The quads of a file with an IRI under ``…/id/.well-known/genid/`` for each blank node.

    Raises InvalidInput where blank nodes refer to each other in a circle.
    """
    return _renamed(file, lambda digest: ox.NamedNode(f"{ID}.well-known/genid/{digest}"))


def labelled(file: RdfFile) -> tuple[ox.Quad, ...]:
    """The quads of a file with a lasting label for each blank node; raises as skolemised does."""
    return _renamed(file, lambda digest: ox.BlankNode(f"b{digest}"))


def _renamed(file: RdfFile, mint: Mint) -> tuple[ox.Quad, ...]:
    try:
        names = {node: mint(digest) for node, digest in _digests(file.quads).items()}
    except RecursionError:
        raise InvalidInput(
            f"{file.name}: blank nodes refer to each other in a circle, or too deep."
            " Give one of them an IRI."
        ) from None

    def named(term: T) -> T | ox.NamedNode | ox.BlankNode:
        return names[term] if isinstance(term, ox.BlankNode) else term

    return tuple(
        ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)
        for quad in file.quads
    )


def _digests(quads: tuple[ox.Quad, ...]) -> dict[ox.BlankNode, str]:
    """For each blank node one digest of what points to it and what it says."""
    outgoing: dict[Term, list[ox.Quad]] = defaultdict(list)
    incoming: dict[Term, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        outgoing[quad.subject].append(quad)
        incoming[quad.object].append(quad)

    @cache
    def content(node: Term) -> str:
        if not isinstance(node, ox.BlankNode):
            return str(node)
        return _digest(
            sorted(f"{each.predicate} {content(each.object)}" for each in outgoing[node])
        )

    @cache
    def address(node: Term) -> str:
        if not isinstance(node, ox.BlankNode):
            return str(node)
        above = sorted(f"{address(each.subject)} {each.predicate}" for each in incoming[node])
        return _digest([*above, content(node)])

    nodes = (node for node in (*outgoing, *incoming) if isinstance(node, ox.BlankNode))
    return {node: address(node) for node in nodes}


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]
