"""Edges from the rows of a query: those of one edge follow each other, a row a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from graph.network import Edge
from graph.networks.answers import Questions, Row
from graph.vocabulary import ID

IDENTITY = ("about", "kind", "source", "target")
"""The columns that tell one edge from another; a query of edges is in their order."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges that some queries give; each iteration asks anew."""

    questions: Questions
    queries: tuple[str, ...]

    def __iter__(self) -> Iterator[Edge]:
        for query in self.queries:
            for _, rows in groupby(self.questions.ask(query), key=identity):
                yield edge_of(list(rows))

    def ends(self) -> set[str]:
        """The IRIs of all nodes that an edge begins or ends at."""
        rows = (row for query in self.queries for row in self.questions.ask(query))
        return {row[end] for row in rows for end in ("source", "target")}


def identity(row: Row) -> tuple[str, ...]:
    """What all rows of one edge have in common."""
    return tuple(row[column] for column in IDENTITY)


def edge_of(rows: list[Row]) -> Edge:
    """The edge that some rows tell of, a claim a row."""
    first = rows[0]
    kind = re.split(r"[#/]", first["kind"])[-1]
    claims = {row["claim"]: row for row in rows if "claim" in row}
    return Edge(
        _iri(first["about"], kind, first["source"], first["target"]),
        first["source"],
        first["target"],
        kind,
        first.get("label", kind),
        first.get("start"),
        first.get("end"),
        claims=tuple(claims),
        speakers=tuple(row.get("speaker", "") for row in claims.values()),
        quotes=tuple(row.get("quote", "") for row in claims.values()),
    )


def _iri(about: str, kind: str, *ends: str) -> str:
    """An IRI that is the same in every version: a fragment of what the edge is about."""
    others = (quote(end.removeprefix(ID), safe="/:") for end in ends if end != about)
    return f"{about}{'/' if '#' in about else '#'}{'/'.join((kind, *others))}"
