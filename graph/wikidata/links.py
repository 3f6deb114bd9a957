"""The links of a version to Wikidata, and the entities that have none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.engine.store import Reading
from graph.errors import InvalidInput, NotFound
from graph.vocabulary import ID, hint
from graph.wikidata.items import ENTITY, is_item

_QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Linkable:
    """An entity that is linked to an item, or could be; ``item`` is its identifier or empty."""

    iri: str
    names: tuple[str, ...]
    """Labels first, then other names."""
    classes: frozenset[str]
    """The classes of Wikidata, by identifier, that its item may be in."""
    item: str = ""

    @property
    def name(self) -> str:
        """What to call it in a report."""
        return self.names[0] if self.names else self.iri

    @property
    def short(self) -> str:
        """The end of its IRI."""
        return self.iri.removeprefix(ID)


def read_linkables(reading: Reading) -> tuple[Linkable, ...]:
    """What can be linked, in the order of IRIs; an entity with two links is there twice."""
    names: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for entity, property, name in _rows(reading, "names"):
        names[entity].append((property.endswith("altLabel"), name))
    classes: dict[str, set[str]] = defaultdict(set)
    for entity, wanted in _rows(reading, "classes"):
        classes[entity].add(wanted.removeprefix(ENTITY))
    return tuple(
        Linkable(
            entity,
            tuple(name for _, name in sorted(names[entity], key=lambda each: each[0])),
            frozenset(classes[entity]),
            item.removeprefix(ENTITY),
        )
        for entity, item in _rows(reading, "links")
    )


def _rows(reading: Reading, name: str) -> list[list[str]]:
    solutions = reading.select((_QUERIES / f"{name}.rq").read_text("utf-8"))
    return [["" if term is None else _value(term) for term in row] for row in solutions.rows]


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def proposed(links: tuple[Linkable, ...], accepted: str) -> Linkable:
    """The link that a person proposes as ENTITY=ITEM.

    Raises InvalidInput where it is written otherwise, NotFound where there is no such entity.
    """
    short, equals, item = accepted.partition("=")
    if not equals or not is_item(item):
        raise InvalidInput(f"“{accepted}” is no link. Write it like actor/someone=Q42.")
    known = {each.short: each for each in links}
    entity = known.get(short.removeprefix(ID))
    if entity is None:
        raise NotFound(f"There is no entity “{short}” to link.{hint(short, known)}")
    return Linkable(entity.iri, entity.names, entity.classes, item)
