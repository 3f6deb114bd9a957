"""Property paths (SHACL, 2.3.1) over columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph.bulk_validation.columns import NO_EDGES, Columns, Edges, Ids, Mask, distinct
from graph.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Predicate:
    """One property, from subject to object or, ``inverse``, from object to subject."""

    text: bytes
    inverse: bool = False

    def edges(self, columns: Columns, start: Mask) -> Edges:
        """The pairs of a start and a value, each once."""
        subjects, objects = columns.of(self.text)
        first, second = (objects, subjects) if self.inverse else (subjects, objects)
        chosen = start[first]
        return first[chosen], second[chosen]

    @property
    def predicates(self) -> frozenset[Predicate]:
        """The properties that the path follows, and in which direction."""
        return frozenset({self})


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    paths: tuple[Path, ...]

    def edges(self, columns: Columns, start: Mask) -> Edges:
        """The pairs of a start and a value, each once."""
        found = [path.edges(columns, start) for path in self.paths]
        pairs = tuple(np.concatenate(side) for side in zip(*found, strict=True))
        return distinct((pairs[0], pairs[1]), len(columns))

    @property
    def predicates(self) -> frozenset[Predicate]:
        """The properties that the path follows, and in which direction."""
        return frozenset[Predicate]().union(*(path.predicates for path in self.paths))


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    paths: tuple[Path, ...]

    def edges(self, columns: Columns, start: Mask) -> Edges:
        """The pairs of a start and a value, each once."""
        first, *rest = self.paths
        pairs = first.edges(columns, start)
        for path in rest:
            following = path.edges(columns, columns.mask(pairs[1]))
            pairs = distinct(_composed(pairs, following), len(columns))
        return pairs

    @property
    def predicates(self) -> frozenset[Predicate]:
        """The properties that the path follows, and in which direction."""
        return frozenset[Predicate]().union(*(path.predicates for path in self.paths))


Path = Predicate | Alternative | Sequence


def matches(left: Ids, right: Ids) -> tuple[Ids, Ids]:
    """The positions in ``left`` and in ``right`` of all pairs of equal members."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    begin, end = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    counts = end - begin
    first = np.repeat(np.arange(len(left)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return first, order[np.repeat(begin, counts) + within]


def _composed(first: Edges, second: Edges) -> Edges:
    if not len(first[0]) or not len(second[0]):
        return NO_EDGES
    left, right = matches(first[1], second[0])
    return first[0][left], second[1][right]


def read_path(shapes: rdflib.Graph, node: Node, shape: str, *, inverse: bool = False) -> Path:
    """The path that a node of the shapes stands for.

    Raises InvalidInput with the shape's name for a kind of path that is not known here.
    """
    if isinstance(node, rdflib.URIRef):
        return Predicate(f"<{node}>".encode(), inverse)

    def parts(members: Iterable[Node]) -> tuple[Path, ...]:
        return tuple(read_path(shapes, each, shape, inverse=inverse) for each in members)

    if shapes.value(node, RDF.first) is not None and not inverse:
        return Sequence(parts(shapes.items(node)))
    if (turned := shapes.value(node, SH.inversePath)) is not None:
        return read_path(shapes, turned, shape, inverse=not inverse)
    if (choices := shapes.value(node, SH.alternativePath)) is not None:
        return Alternative(parts(shapes.items(choices)))
    raise InvalidInput(
        f"The path of the shape {shape} is of a kind that validation in bulk does not know."
        " Write it with predicates, sh:alternativePath, lists, and sh:inversePath of one predicate."
    )
