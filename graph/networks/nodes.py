"""Nodes from the rows of a query: those of one node follow each other, the first one counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from graph.network import Node
from graph.networks.answers import Questions, Row
from graph.networks.edges import Edges
from graph.vocabulary import POL, WD, short

ATTRIBUTES = {
    "date precision": "datePrecision",
    "coordinates of": "point",
    "place precision": "pointPrecision",
}
"""The columns of the query that become attributes, by the attribute's name."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes at the ends of edges, within a class of entities, and every event if wanted."""

    questions: Questions
    edges: Edges
    scope: ox.NamedNode | None
    all_events: bool

    def __iter__(self) -> Iterator[Node]:
        missing = self.edges.ends()
        values = {} if self.scope is None else {"scope": self.scope}
        for iri, rows in groupby(self.questions.ask("nodes", values), key=_node_iri):
            first = next(rows)
            if iri in missing or (self.all_events and first["scope"] == POL.Event.value):
                missing.discard(iri)
                yield node_of(iri, first)
        for iri in sorted(missing):
            yield node_of(iri, None)


def _node_iri(row: Row) -> str:
    return row["node"]


def node_of(iri: str, row: Row | None) -> Node:
    """The node that a row tells of; without one, what stands at an edge and is known no more."""
    if row is None:
        return Node(iri, short(iri), "Thing")
    return Node(
        iri,
        row.get("label", short(iri)),
        row["kind"].removeprefix(POL.base),
        row.get("start"),
        row.get("end"),
        _number(row, "longitude"),
        _number(row, "latitude"),
        row["wikidata"].removeprefix(WD.base) if "wikidata" in row else None,
        tuple((name, row[column]) for name, column in ATTRIBUTES.items() if column in row),
    )


def _number(row: Row, column: str) -> float | None:
    return float(row[column]) if column in row else None
