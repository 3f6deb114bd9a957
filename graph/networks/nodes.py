"""Nodes from the rows of a query: those of one node follow each other, the first one counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from graph.network import Node
from graph.networks.answers import Questions, Row
from graph.networks.edges import Edges
from graph.networks.kinds import kinds, narrowest
from graph.networks.positions import Positions
from graph.vocabulary import POL, WD, short

DATE_PRECISION = "date precision"
ATTRIBUTES = {
    DATE_PRECISION: "datePrecision",
    "coordinates of": "point",
    "place precision": "pointPrecision",
}
"""The columns of the queries that become attributes, by the attribute's name."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes at the ends of edges, within a class of entities, and every event if wanted."""

    questions: Questions
    edges: Edges
    scope: ox.NamedNode | None
    all_events: bool

    def __iter__(self) -> Iterator[Node]:
        positions = Positions(self.questions)
        ends = self.edges.ends()
        end = next(ends, None)
        bound = {} if self.scope is None else {"scope": self.scope}
        named = kinds(self.questions, bound)
        for iri, rows in groupby(self.questions.ask("nodes", bound=bound), key=_node_iri):
            while end is not None and end < iri:
                yield unknown(end)
                end = next(ends, None)
            known = list(rows)
            kind = next(kind for at, kind in named if at == iri)
            if iri == end:
                end = next(ends, None)
            elif not self.all_events or all(row["scope"] != POL.Event.value for row in known):
                continue
            yield node_of(iri, known[0], kind, positions)
        while end is not None:
            yield unknown(end)
            end = next(ends, None)


def _node_iri(row: Row) -> str:
    return row["node"]


def node_of(iri: str, row: Row, kind: str, positions: Positions) -> Node:
    """The node that a row tells of; ``kind`` is the IRI of its class."""
    at = positions.of(row["where"])
    known = {**row, **at}
    return Node(
        iri,
        row.get("label", short(iri)),
        kind.removeprefix(POL.base),
        row.get("start"),
        row.get("end"),
        _number(at, "longitude"),
        _number(at, "latitude"),
        row["wikidata"].removeprefix(WD.base) if "wikidata" in row else None,
        tuple((name, known[column]) for name, column in ATTRIBUTES.items() if column in known),
    )


def find_node(iri: str, questions: Questions, positions: Positions) -> Node | None:
    """The node of an entity, or None where it may not be one."""
    try:
        given = {"node": ox.NamedNode(iri)}
    except ValueError:  # a text or a blank node
        return None
    row = questions.ask("nodes", given).first()
    if row is None:
        return None
    return node_of(iri, row, narrowest(questions.ask("kinds", given)), positions)


def unknown(iri: str) -> Node:
    """What stands at an edge and is known no more."""
    return Node(iri, short(iri), "Thing")


def _number(row: Row, column: str) -> float | None:
    return float(row[column]) if column in row else None
