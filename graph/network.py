"""Nodes and edges: the neutral view of the graph that exporters write.

An exporter sees these and nothing of the store. A node is an entity, an edge one statement
between two entities; parallel edges are the rule (several claims on one pair).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: its IRI, English label, ontology class (local name) and what is known of it.

    ``start`` and ``end`` are ISO 8601 dateTimes with an offset, the bounds within which it lies;
    ``longitude`` and ``latitude`` are degrees, WGS 84. Other attributes are texts or numbers.
    """

    iri: str
    label: str
    kind: str
    start: str | None = None
    end: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    wikidata: str | None = None
    attributes: tuple[tuple[str, str | int | float | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement between two entities; ``iri`` is unique to the edge, ``kind`` its predicate.

    ``claims`` are the IRIs of the claims that state it, ``speakers`` and ``quotes`` theirs, in the
    same order.
    """

    iri: str
    source: str
    target: str
    kind: str
    label: str
    start: str | None = None
    end: str | None = None
    weight: float = 1.0
    claims: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges under a title; every edge's ends are among the nodes."""

    title: str
    nodes: Iterable[Node] = field(default_factory=tuple)
    edges: Iterable[Edge] = field(default_factory=tuple)
