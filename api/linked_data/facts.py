"""What is said of a thing, fact by fact, each with who says so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from api.linked_data.asking import Row
from api.linked_data.triples import Term, Triples
from api.linked_data.view import TYPE
from graph.vocabulary import DCTERMS, POLEMOS, RDFS, SCHEMA, SKOS

_GROUPS = Path(__file__).parent / "groups.json"
_ACCORDING_TO = f"{POLEMOS}accordingTo"
_SHOWN_ELSEWHERE = {
    TYPE,
    _ACCORDING_TO,
    RDFS.label.value,
    SKOS.prefLabel.value,
    SKOS.altLabel.value,
    SKOS.notation.value,
    SKOS.definition.value,
    SKOS.exactMatch.value,
    SCHEMA.articleBody.value,
    RDFS.comment.value,
    RDFS.isDefinedBy.value,
    SKOS.topConceptOf.value,
    DCTERMS.description.value,
    f"{POLEMOS}wikidata",
    f"{POLEMOS}linkCheck",
    f"{POLEMOS}reason",
}
"""The page shows these at its head, or not at all since they repeat what another fact says."""
Stated = Mapping[tuple[str, str, Term], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the thing and its value; ``sources`` are the claims and records behind it."""

    property: str
    value: Term
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts that rest on the same sources."""

    facts: tuple[Fact, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one kind; ``key`` names it in the messages."""

    key: str
    bundles: tuple[Bundle, ...]


class Statements:
    """Which claims state which triples."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_triple: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._by_subject: dict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            subject, claim = row["s"].value, row["claim"].value
            self._by_triple[subject, row["p"].value, row["o"].value][claim] = None
            self._by_subject[subject][claim] = None

    def of(self, subject: str, predicate: str, value: str) -> tuple[str, ...]:
        """The claims that state a triple."""
        return tuple(self._by_triple.get((subject, predicate, value), ()))

    def about(self, subject: str) -> tuple[str, ...]:
        """The claims that state anything about a subject."""
        return tuple(self._by_subject.get(subject, ()))


def facts_of(thing: str, graph: Triples, stated: Statements) -> list[Fact]:
    """The facts about a thing, without those that follow from another by a super-property."""
    said = graph.about(thing)
    return [
        Fact(predicate, value, _sources(thing, predicate, value, graph, stated))
        for predicate, values in said.items()
        if predicate not in _SHOWN_ELSEWHERE
        for value in values
        if not _follows(predicate, value, said, graph)
    ]


def _follows(predicate: str, value: Term, said: Mapping[str, list[Term]], graph: Triples) -> bool:
    return any(
        value in values and predicate in supers(other, graph)
        for other, values in said.items()
        if other != predicate
    )


def supers(property: str, graph: Triples) -> set[str]:
    """The properties above one, at any height."""
    found: set[str] = set()
    todo = [property]
    while todo:
        above = {term.value for term in graph.all(todo.pop(), RDFS.subPropertyOf.value)} - found
        found |= above
        todo += above
    return found


def _sources(
    thing: str, predicate: str, value: Term, graph: Triples, stated: Statements
) -> tuple[str, ...]:
    direct = stated.of(thing, predicate, value.value)
    named = [term.value for term in graph.all(value.value, _ACCORDING_TO) if value.kind == "uri"]
    own = [term.value for term in graph.all(thing, _ACCORDING_TO)]
    return tuple(dict.fromkeys(chain(direct, named, own)))


@cache
def _layout() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_GROUPS.read_text("utf-8"))
    return read


def rank_of_reference(property: str) -> int:
    """Where what refers by a property stands on a page; those not listed come last."""
    order: list[str] = _layout()["references"]
    name = property.removeprefix(POLEMOS)
    return order.index(name) if name in order else len(order)


@cache
def groups() -> dict[str, tuple[int, int, str]]:
    """By property its place among the sections and in its section, and the section's key."""
    return {
        f"{POLEMOS}{name}": (place, within, group["key"])
        for place, group in enumerate(_layout()["sections"])
        for within, name in enumerate(group["properties"])
    }


_OTHERS = (99, 0, "others")


def sections(facts: Iterable[Fact]) -> list[Section]:
    """The facts by kind; within a kind those with the same sources together."""
    ordered = sorted(facts, key=lambda fact: groups().get(fact.property, _OTHERS)[:2])
    by_key: dict[str, dict[tuple[str, ...], list[Fact]]] = {}
    for fact in ordered:
        key = groups().get(fact.property, _OTHERS)[2]
        by_key.setdefault(key, {}).setdefault(fact.sources, []).append(fact)
    return [
        Section(key, tuple(Bundle(tuple(found), sources) for sources, found in bundles.items()))
        for key, bundles in by_key.items()
    ]
