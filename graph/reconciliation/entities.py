"""What is matched: the entities of a version with names, codes, types and a word about each."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.vocabulary import POLEMOS

QUERIES = Path(__file__).parent / "queries"
READ = ("types", "names", "classes", "codes", "about")
"""The queries whose answers make an index."""
LABEL = "label"
ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity; ``kind`` is LABEL or ALIAS."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that a name can mean."""

    iri: str
    names: tuple[Name, ...]
    codes: tuple[str, ...]
    types: frozenset[str]
    """Local names of its classes, superclasses among them."""
    narrowest: tuple[str, ...]
    """Those of its classes that none of its others is below."""
    about: str
    """What helps to tell it from its namesakes; may be empty."""

    def name(self, language: str) -> Name:
        """Its label in a language, else in English, else any name."""
        return min(self.names, key=lambda name: _rank(name, language))


@dataclass(frozen=True, slots=True)
class Type:
    """A class that entities are of."""

    id: str
    names: tuple[Name, ...]
    broader: tuple[str, ...]
    definition: str = ""

    def name(self, language: str) -> str:
        """Its label in a language, else in English."""
        return min(self.names, key=lambda name: _rank(name, language)).text


def _rank(name: Name, language: str) -> tuple[bool, bool, bool, str, str]:
    other = name.language != language
    return name.kind != LABEL, other, other and name.language != "en", name.language, name.text


@cache
def query(name: str) -> str:
    """The text of a query of this folder."""
    return (QUERIES / f"{name}.rq").read_text("utf-8")


def rows(answer: str) -> Iterator[list[str]]:
    """The rows of an answer in CSV (SPARQL 1.1 Query Results CSV, section 3), header left out."""
    lines = csv.reader(io.StringIO(answer, newline=""))
    next(lines, None)
    return lines


def read_types(answer: str) -> dict[str, Type]:
    """The types by id, from an answer to ``types.rq``."""
    names: dict[str, dict[Name, None]] = defaultdict(dict)
    broader: dict[str, dict[str, None]] = defaultdict(dict)
    definitions: dict[str, str] = {}
    for iri, text, language, above, definition in rows(answer):
        id = local(iri)
        names[id][Name(text, language, LABEL)] = None
        if above:
            broader[id][local(above)] = None
        definitions[id] = definition
    return {
        id: Type(id, tuple(names[id]), tuple(broader[id]), definitions[id]) for id in sorted(names)
    }


def read_entities(answers: Mapping[str, str], types: Mapping[str, Type]) -> tuple[Entity, ...]:
    """The entities in the order of their IRIs, from the answers to the queries of these names."""
    named: dict[str, dict[Name, None]] = defaultdict(dict)
    for iri, property, text, language in rows(answers["names"]):
        kind = ALIAS if property.endswith("altLabel") else LABEL
        named[iri][Name(text, language, kind)] = None
    typed, coded, told = (_texts(rows(answers[name])) for name in ("classes", "codes", "about"))
    found = []
    for iri in sorted(named):
        ids = frozenset(map(local, typed.get(iri, ()))).intersection(types)
        found.append(
            Entity(
                iri,
                tuple(sorted(named[iri], key=lambda name: (name.kind, name.language, name.text))),
                tuple(sorted(coded.get(iri, ()))),
                ids,
                narrowest(ids, types),
                ", ".join(sorted(told.get(iri, ()), key=lambda text: (text[:1].isdigit(), text))),
            )
        )
    return tuple(found)


def _texts(pairs: Iterable[list[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for iri, text in pairs:
        if text:
            found[iri].add(text)
    return found


def narrowest(ids: frozenset[str], types: Mapping[str, Type]) -> tuple[str, ...]:
    """Of some types, those that none of the others is below."""
    return _narrowest(ids, tuple((id, types[id].broader) for id in sorted(ids)))


@cache
def _narrowest(
    ids: frozenset[str], broader: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[str, ...]:
    above = {wider for _, each in broader for wider in each}
    return tuple(sorted(ids - above))


def local(iri: str) -> str:
    """The local name of a term of the ontology; any other IRI as it is."""
    return iri.removeprefix(POLEMOS)
