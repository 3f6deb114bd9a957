"""Which items an entity without a link may be: for a person to look at, never linked by itself."""

from __future__ import annotations

from dataclasses import dataclass

from graph.wikidata.checking import SAME, best_name, class_of
from graph.wikidata.items import Item, Items
from graph.wikidata.links import Linkable

_OTHER_CLASS = 0.6
_LEAST = 40.0
_NAMES = 4
"""So many names of an entity are searched for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item that an entity may be, with a score from 0 to 100 and what it is made of."""

    entity: Linkable
    item: Item
    score: float
    reasons: tuple[str, ...]

    @property
    def description(self) -> str:
        """What Wikidata says of the item, in English if it can."""
        texts = self.item.descriptions
        return texts.get("en") or next(iter(texts.values()), "")


def suggest(entity: Linkable, items: Items, limit: int = 5) -> tuple[Suggestion, ...]:
    """The items that an entity may be, the likeliest first. Raises as the items do."""
    found: dict[str, Item] = {}
    for name in entity.names[:_NAMES]:
        language = "en" if name.isascii() else "uk"
        found |= {item.id: item for item in items.search(name, language)}
    judged = [_judged(entity, item, items) for item in found.values()]
    good = [each for each in judged if each.score >= _LEAST]
    good.sort(key=lambda each: (-each.score, int(each.item.id[1:])))
    return tuple(good[:limit])


def _judged(entity: Linkable, item: Item, items: Items) -> Suggestion:
    label, alike = best_name(entity, item)
    reasons = [f"{'called' if alike >= SAME else 'called like'} “{label}” ({100 * alike:.0f})"]
    score = 100 * alike
    if score < _LEAST:
        return Suggestion(entity, item, round(score, 1), tuple(reasons))
    if fitting := class_of(item, entity.classes, items):
        reasons.append(f"of the class {fitting}")
    elif entity.classes:
        score *= _OTHER_CLASS
        own = ", ".join(item.instance_of) or "no class"
        reasons.append(f"of {own}, not of {' or '.join(sorted(entity.classes))}")
    else:
        reasons.append("no class is known to compare")
    return Suggestion(entity, item, round(score, 1), tuple(reasons))
