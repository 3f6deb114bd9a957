"""From a name to the few entities that are worth a comparison, among a hundred thousand.

Words in loose spelling lead to the names that have them; a word that is misspelled leads by its
trigrams to the words that are like it. A word that half of all names have (attack, oblast) only
adds to what rarer words have found.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.reconciliation.entities import (
    ALIAS,
    Entity,
    Name,
    Type,
    read_entities,
    read_types,
)
from graph.reconciliation.likeness import ALIKE, alike
from graph.reconciliation.names import SLIGHT, Spelled, acronyms, spelled

_LIKE_WORDS = 24
"""So many words of the index stand in for one that was asked."""
_CLOSER_LOOK = 96
"""So many words, by shared trigrams, are compared letter by letter."""
_COMMON = 2_000
"""A word in more names than this finds none by itself where a rarer word found some."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A name of an entity in the forms that are compared."""

    entity: int
    name: Name
    forms: Spelled


class Index:
    """The names of entities, and the ways to them."""

    def __init__(self, entities: Iterable[Entity], types: Mapping[str, Type]) -> None:
        self.entities = tuple(entities)
        self.types = types
        self.by_iri = {entity.iri: number for number, entity in enumerate(self.entities)}
        self.names: list[Indexed] = []
        self.of_entity: list[range] = []
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._codes: dict[str, list[int]] = defaultdict(list)
        self._acronyms: dict[str, list[int]] = defaultdict(list)
        for number, entity in enumerate(self.entities):
            self._add(number, entity)
        self._trigrams = _by_trigram(self._words)
        self._sorted = sorted(self._whole)

    def _add(self, number: int, entity: Entity) -> None:
        first = len(self.names)
        for name in entity.names:
            forms = spelled(name.text)
            at = len(self.names)
            self.names.append(Indexed(number, name, forms))
            for whole in dict.fromkeys((forms.folded, *forms.readings)):
                self._whole[whole].append(at)
            for word in {word for key in forms.keys for word in key}:
                self._words[word].append(at)
            for acronym in acronyms(name.text):
                self._acronyms[acronym].append(number)
        self.of_entity.append(range(first, len(self.names)))
        for code in entity.codes:
            self._codes[code.casefold()].append(number)

    def by_code(self, code: str) -> tuple[int, ...]:
        """The entities with this code, whatever its case."""
        return tuple(dict.fromkeys(self._codes.get(code.strip().casefold(), ())))

    def by_acronym(self, letters: str) -> tuple[int, ...]:
        """The entities with a name of several words that begin with these letters, folded."""
        return tuple(dict.fromkeys(self._acronyms.get(letters, ())))

    def candidates(self, asked: Spelled, limit: int) -> tuple[int, ...]:
        """The entities whose names may be alike, at most so many, the likeliest first."""
        found: Counter[int] = Counter()
        for form in (asked.folded, *asked.readings):
            for at in self._whole.get(form, ())[:limit]:
                found[at] += 1_000
        for key in asked.keys:
            self._count(key, found)
        entities: dict[int, float] = {}
        for at, weight in found.items():
            entity = self.names[at].entity
            entities[entity] = max(entities.get(entity, 0.0), weight)
        best = heapq.nlargest(limit, entities.items(), key=lambda each: (each[1], -each[0]))
        return tuple(entity for entity, _ in best)

    def _count(self, key: tuple[str, ...], found: Counter[int]) -> None:
        """Add what each word of a key finds: rare words first, and more for them."""
        likes = [list(self._like(word)) for word in dict.fromkeys(key) if word not in SLIGHT]
        likes.sort(key=lambda like: sum(len(self._words[word]) for word, _ in like))
        for like in likes:
            best: dict[int, float] = {}
            for word, value in like:
                names = self._words[word]
                weight = int(100 * value * math.log(2 + len(self.names) / len(names)))
                for at in self._among(word, names, found):
                    best[at] = max(best.get(at, 0), weight)
            found.update(best)

    def _among(self, word: str, names: list[int], found: Counter[int]) -> Iterable[int]:
        if len(names) <= _COMMON:
            return names
        if not found:
            return names[:_COMMON]
        return [at for at in found if any(word in key for key in self.names[at].forms.keys)]

    def _like(self, word: str) -> Iterator[tuple[str, float]]:
        """The words of the index that are like one, with how much, the most alike first."""
        shared: Counter[str] = Counter()
        for trigram in trigrams(word):
            shared.update(self._trigrams.get(trigram, ()))
        close = heapq.nlargest(
            _CLOSER_LOOK, shared, key=lambda other: (shared[other] / (len(other) + 2), other)
        )
        ranked = sorted(((alike(word, other), other) for other in close), reverse=True)
        for value, other in ranked[:_LIKE_WORDS]:
            if value >= ALIKE:
                yield other, value

    def beginning(self, prefix: str) -> Iterator[int]:
        """The entities with a name, or a word in one, that begins so; label order, each once."""
        forms = spelled(prefix)
        met: set[int] = set()
        for start in dict.fromkeys((forms.folded, *forms.readings)):
            for whole in self._from(start):
                for at in self._whole[whole]:
                    entity = self.names[at].entity
                    if entity not in met:
                        met.add(entity)
                        yield entity

    def _from(self, start: str) -> Iterator[str]:
        for at in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[at].startswith(start):
                return
            yield self._sorted[at]


def read_index(answers: Mapping[str, str]) -> Index:
    """The index over the answers, in CSV, to the queries of READ."""
    types = read_types(answers["types"])
    return Index(read_entities(answers, types), types)


def trigrams(word: str) -> set[str]:
    """The trigrams of a word, with two marks before it and one behind."""
    marked = f"^^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def _by_trigram(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for trigram in trigrams(word):
            found[trigram].append(word)
    return found


def is_alias(name: Name) -> bool:
    """Whether a name is not the label."""
    return name.kind == ALIAS
