"""What the page of a claim shows beside who says it: what it states."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.linked_data.addresses import Resource
from api.linked_data.asking import Reader, Row
from api.linked_data.facts import supers
from api.linked_data.triples import Term
from api.linked_data.view import TYPE, View
from graph.vocabulary import POLEMOS


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple that a claim states, for a person to read."""

    subject: str
    predicate: str
    value: Term


async def read_claim(reader: Reader, resource: Resource, view: View) -> dict[str, Any]:
    """Read what a claim states, and how the things are called that it speaks of."""
    rows, names = await asyncio.gather(
        reader.rows("own-graph", entity=resource.term),
        reader.triples("stated-names", entity=resource.term),
    )
    view.graph.merge((names,))
    view.graph.add((row["s"], row["p"], row["o"]) for row in rows)
    return {"statements": statements(rows, view)}


def statements(rows: Iterable[Row], view: View) -> list[Statement]:
    """What the triples of a claim say, without the nodes that the values show already."""
    triples = [(row["s"].value, row["p"].value, row["o"]) for row in rows]
    values = {value.value for _, _, value in triples if value.kind == "uri"}
    said: dict[tuple[str, Term], set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        said[subject, value] |= supers(predicate, view.graph)
    found = [
        Statement(subject, predicate, value)
        for subject, predicate, value in triples
        if subject not in values
        and predicate != f"{POLEMOS}accordingTo"
        and not (predicate == TYPE and value.value not in view.classes(subject))
        and predicate not in said[subject, value]
    ]
    return sorted(found, key=lambda one: one.predicate != TYPE)
