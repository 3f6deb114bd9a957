"""What lies around one entity of a network: its edges, those of its neighbours, and their ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from graph.errors import LimitReached, NotFound
from graph.network import Edge, Node
from graph.networks.answers import Questions
from graph.networks.edges import edge_of, identity
from graph.networks.nodes import find_node, unknown
from graph.networks.positions import Positions

MOST_EDGES = 20_000
DEPTHS = range(1, 3)
ENDS = {"acts": ("about", "source", "target"), "offices": ("about", "source", "target")}
"""The columns by which an edge is an entity's: it may be about it without ending at it."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where a network is looked at: the entity's IRI, and how many edges away from it."""

    about: str
    depth: int = 1


def near(
    questions: Questions, queries: tuple[str, ...], place: Neighbourhood
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes and edges within a neighbourhood, in the order of their IRIs.

    Both are held, so there may be 20,000 edges at most. Raises LimitReached where there are more,
    NotFound where the network has neither the entity nor an edge about it.
    """
    found: dict[str, Edge] = {}
    seen: set[str] = set()
    ring = {place.about}
    for _ in range(place.depth):
        for entity in sorted(ring):
            for edge in _edges(questions, queries, ox.NamedNode(entity)):
                found[edge.iri] = edge
                if len(found) > MOST_EDGES:
                    raise LimitReached(
                        f"More than {MOST_EDGES:,} edges are so near to <{place.about}>. Ask for"
                        " a smaller depth, or for the whole network."
                    )
        seen |= ring
        ring = {end for edge in found.values() for end in (edge.source, edge.target)} - seen
    edges = tuple(found[iri] for iri in sorted(found))
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return tuple(_nodes(questions, ends) if ends else _alone(questions, place.about)), edges


def _edges(questions: Questions, queries: tuple[str, ...], entity: ox.NamedNode) -> Iterator[Edge]:
    for query in queries:
        for end in ENDS.get(query, ("source", "target")):
            for _, rows in groupby(questions.ask(query, {end: entity}), key=identity):
                yield edge_of(list(rows))


def _nodes(questions: Questions, iris: set[str]) -> Iterator[Node]:
    positions = Positions(questions)
    for iri in sorted(iris):
        yield find_node(iri, questions, positions) or unknown(iri)


def _alone(questions: Questions, iri: str) -> Iterator[Node]:
    """The entity itself, where no edge leads to it."""
    node = find_node(iri, questions, Positions(questions))
    if node is None:
        raise NotFound(f"The network has nothing about <{iri}>.")
    yield node
