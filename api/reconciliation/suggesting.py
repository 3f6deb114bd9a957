"""Completing what a person types: entities, types and properties by how their names begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from api.reconciliation.requests import Vocabulary
from graph.reconciliation.entities import Entity
from graph.reconciliation.index import Index
from graph.reconciliation.matching import Asked, match
from graph.reconciliation.names import spelled
from graph.reconciliation.properties import Property, properties

PAGE = 10
_ALIKE = 50


def entities(prefix: str, cursor: int, index: Index, vocabulary: Vocabulary) -> list[Entity]:
    """The entity of this identifier, those with a name that begins so, and those named alike."""
    return list(islice(_entities(prefix, index, vocabulary), cursor, cursor + PAGE))


def _entities(prefix: str, index: Index, vocabulary: Vocabulary) -> Iterator[Entity]:
    met: set[int] = set()
    for number in _numbers(prefix, index, vocabulary):
        if number not in met:
            met.add(number)
            yield index.entities[number]


def _numbers(prefix: str, index: Index, vocabulary: Vocabulary) -> Iterator[int]:
    whole = index.by_iri.get(vocabulary.iri(prefix))
    if whole is not None:
        yield whole
    yield from index.beginning(prefix)
    if prefix.strip():
        found = match(Asked(prefix, limit=_ALIKE), index, lambda iri, id, value: 0.0)
        yield from (index.by_iri[each.entity.iri] for each in found)


def types(prefix: str, cursor: int, index: Index) -> list[str]:
    """The ids of the types with a word in a name that begins so, or with this id."""
    found = (
        id
        for id, type in index.types.items()
        if _begins(prefix, (id, *(name.text for name in type.names)))
    )
    return list(islice(found, cursor, cursor + PAGE))


def named_properties(prefix: str, cursor: int) -> list[Property]:
    """The properties with a word in a name that begins so, or with this id."""
    found = (
        property
        for property in properties().values()
        if _begins(prefix, (property.id, *property.labels.values()))
    )
    return list(islice(found, cursor, cursor + PAGE))


def proposed(type: str, index: Index) -> list[Property]:
    """The properties that instances of a type have: its own and those of the types around it."""
    around = {id for id, each in index.types.items() if type in _above(id, index)}
    around |= _above(type, index)
    return [property for property in properties().values() if not around.isdisjoint(property.types)]


def _above(id: str, index: Index) -> set[str]:
    """A type and all types above it."""
    found: set[str] = set()
    left = [id]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += index.types[each].broader
    return found


def _begins(prefix: str, names: Iterable[str]) -> bool:
    start = spelled(prefix).folded
    folded = [spelled(name).folded for name in names]
    return any(f" {name}".find(f" {start}") >= 0 for name in folded)
