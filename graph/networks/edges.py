"""Edges from the rows of a query: those of one edge follow each other, a row a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

from graph.network import Edge
from graph.networks.answers import Questions, Row, Rows
from graph.networks.sorting import Sorted
from graph.vocabulary import ID

IDENTITY = ("about", "kind", "source", "target")
"""The columns that tell one edge from another; a query of edges has them first."""


class Edges:
    """The edges that some queries give, asked once and then kept on disk."""

    def __init__(self, questions: Questions, queries: tuple[str, ...]) -> None:
        self._questions = questions
        self._queries = queries

    @cached_property
    def _answers(self) -> tuple[Rows, ...]:
        return tuple(self._questions.ask(query) for query in self._queries)

    def __iter__(self) -> Iterator[Edge]:
        for rows in self._answers:
            for _, alike in groupby(rows, key=identity):
                yield edge_of(list(alike))

    def ends(self) -> Iterator[str]:
        """The IRIs of all nodes that an edge begins or ends at, in order, each once."""
        rows = (row for answer in self._answers for row in answer)
        ends = Sorted((row[end],) for row in rows for end in ("source", "target"))
        return (end for (end,) in ends)


def identity(row: Row) -> tuple[str, ...]:
    """What all rows of one edge have in common."""
    return tuple(row[column] for column in IDENTITY)


def edge_of(rows: Sequence[Row]) -> Edge:
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
