"""A query to ranked candidates: a score from 0 to 100, and the features it is made of.

The name counts by how it agrees (:mod:`graph.reconciliation.likeness`), an alias a little less
than a label; codes and acronyms stand beside names. Conditions on properties take part of the
weight of the name. The order is the same each time: by score, then labels before aliases, then IRI.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.reconciliation.entities import Entity
from graph.reconciliation.index import Index, is_alias
from graph.reconciliation.likeness import In, Likeness, likeness
from graph.reconciliation.names import Spelled, spelled

Quantifier = Literal["any", "all", "none"]
Compare = Callable[[str, str, "Value"], float]
"""How well an entity (its IRI) meets a value of a property (its id), from 0 to 1."""

_LOOK_AT = 100
"""So many entities are compared with the name, whatever the limit."""
_LEAST = 40.0
"""Candidates below this score are not worth showing."""
_CERTAIN = 90.0
_LEAD = 5.0
"""A match is certain from a score on, and only where it leads the next by so much."""
_ALIAS, _CODE, _ACRONYM = 0.98, 0.97, 0.9
_CONDITION_WEIGHT = 0.2
_MOST_CONDITIONS_WEIGHT = 0.5
_MET = 0.6
"""From here on a required condition is met."""
_OTHER_TYPE = 0.7


@dataclass(frozen=True, slots=True)
class Value:
    """A value to compare: a text, or an entity that was matched before, by its IRI."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of a property."""

    property: str
    values: tuple[Value, ...]
    quantifier: Quantifier = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What to match. Without ``name``, everything of the types that meets the conditions."""

    name: str = ""
    types: tuple[str, ...] = ()
    all_types: bool = False
    """Whether a candidate must be of all of the types, not of one of them."""
    types_required: bool = True
    """Whether candidates of other types are left out, not only marked down."""
    conditions: tuple[Condition, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant; ``features`` are what the score is made of, from 0 to 100."""

    entity: Entity
    score: float
    match: bool
    features: Mapping[str, float | bool] = field(default_factory=dict)


def match(asked: Asked, index: Index, compare: Compare) -> tuple[Candidate, ...]:
    """The candidates, the best first, at most as many as asked for."""
    found = [
        scored
        for number, features in _named(asked, index)
        if (scored := _scored(asked, index.entities[number], features, compare)) is not None
    ]
    found.sort(key=lambda each: (-each.score, bool(each.features.get("alias")), each.entity.iri))
    return tuple(_decided(found[: max(asked.limit, 2)])[: asked.limit])


def _named(asked: Asked, index: Index) -> Iterable[tuple[int, dict[str, float | bool]]]:
    """The entities that the name may mean, each with what speaks for it."""
    if not asked.name.strip():
        for number in range(len(index.entities)):
            yield number, {}
        return
    if (whole := index.by_iri.get(asked.name)) is not None:
        yield whole, {"name": 100.0, "identifier": True}
        return
    forms = spelled(asked.name)
    coded = set(index.by_code(asked.name)) | set(index.by_code(forms.folded))
    initialled = {each for form in _unbroken(forms) for each in index.by_acronym(form)}
    candidates = index.candidates(forms, _LOOK_AT)
    for number in dict.fromkeys((*sorted(coded), *sorted(initialled), *candidates)):
        yield number, _name_features(number, forms, index, number in coded, number in initialled)


def _unbroken(forms: Spelled) -> tuple[str, ...]:
    """What may be an acronym: one word in its own script and, as ОАЭ for ОАЕ, in Latin letters."""
    if " " in forms.folded or not 2 <= len(forms.folded) <= 8:
        return ()
    return tuple(dict.fromkeys((forms.folded, *_as_other_alphabet(forms.folded))))


def _as_other_alphabet(folded: str) -> tuple[str, ...]:
    """Russian acronyms in Ukrainian letters: э, ы and ё begin other words there."""
    return (folded.translate(str.maketrans("эыёи", "еиєі")),)


def _name_features(
    number: int, forms: Spelled, index: Index, coded: bool, initialled: bool
) -> dict[str, float | bool]:
    """The agreement of the best of an entity's names, or of a code or acronym that is better."""
    best, alias = Likeness(0.0, In.WORDS), False
    for at in index.of_entity[number]:
        name = index.names[at]
        found = likeness(forms, name.forms)
        worth = found.value * (_ALIAS if is_alias(name.name) else 1.0)
        if worth > best.value:
            best, alias = Likeness(worth, found.agree), is_alias(name.name)
    agreed: dict[str, float | bool] = {best.agree.value: True}
    if alias:
        agreed["alias"] = True
    for holds, kind, worth in ((coded, "code", _CODE), (initialled, "acronym", _ACRONYM)):
        if holds and worth > best.value:
            best, agreed = Likeness(worth, best.agree), {kind: True}
    return {"name": round(100 * best.value, 2), **agreed}


def _scored(
    asked: Asked, entity: Entity, features: dict[str, float | bool], compare: Compare
) -> Candidate | None:
    """The candidate, or None where it is out of the question."""
    score = float(features.get("name", 100.0))
    if asked.types:
        fits = _fits(asked, entity)
        if not fits and asked.types_required:
            return None
        features = features | {"type": fits}
        score *= 1.0 if fits else _OTHER_TYPE
    if asked.conditions and score >= _LEAST:
        met = [_met(condition, entity, compare) for condition in asked.conditions]
        if any(c.required and m < _MET for c, m in zip(asked.conditions, met, strict=True)):
            return None
        features = features | {
            f"property-{condition.property}": round(100 * value, 2)
            for condition, value in zip(asked.conditions, met, strict=True)
        }
        score = _weighed(score, met, named=bool(asked.name.strip()))
    score = round(score, 2)
    return Candidate(entity, score, False, features) if score >= _LEAST else None


def _weighed(score: float, met: Sequence[float], *, named: bool) -> float:
    share = min(_CONDITION_WEIGHT * len(met), _MOST_CONDITIONS_WEIGHT) if named else 1.0
    return score * (1 - share) + 100 * share * sum(met) / len(met)


def _fits(asked: Asked, entity: Entity) -> bool:
    if asked.all_types:
        return entity.types.issuperset(asked.types)
    return not entity.types.isdisjoint(asked.types)


def _met(condition: Condition, entity: Entity, compare: Compare) -> float:
    """How well an entity meets a condition (1.0 draft, 4.1: any, all or none of its values)."""
    each = [compare(entity.iri, condition.property, value) for value in condition.values]
    if not each:
        return 0.0
    if condition.quantifier == "all":
        return min(each)
    return max(each) if condition.quantifier == "any" else 1 - max(each)


def _decided(found: list[Candidate]) -> list[Candidate]:
    """Say of the first whether it is certain: good by itself, and well ahead of the next."""
    if not found:
        return found
    first, others = found[0], found[1:]
    ahead = not others or first.score - others[0].score >= _LEAD
    certain = first.score >= _CERTAIN and ahead
    return [Candidate(first.entity, first.score, certain, first.features), *others]
