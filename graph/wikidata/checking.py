"""Whether a link leads to the item for the same thing: its label and its class are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.reconciliation.likeness import likeness
from graph.reconciliation.names import spelled
from graph.wikidata.items import Item, Items
from graph.wikidata.links import Linkable

SAME = 0.9
"""From this likeness on, two names are one name in two spellings."""
_STEPS = 6
"""So many steps up from an item's own classes the one that is looked for may be."""
_MOST_CLASSES = 60
"""So many classes are read for one item at most."""
_LANGUAGES = ("en", "uk")


class Outcome(StrEnum):
    """What came of a check."""

    AGREES = "agrees"
    REDIRECTED = "redirected"
    MISSING = "missing"
    LABEL_DIFFERS = "label differs"
    CLASS_DIFFERS = "class differs"


@dataclass(frozen=True, slots=True)
class Checked:
    """A link, what was found at its end, and what that says of it."""

    link: Linkable
    outcome: Outcome
    item: Item | None = None
    label: str = ""
    """The item's name that is most like one of the entity's."""
    likeness: float = 0.0
    wikidata_class: str = ""
    """The class that agrees; the item's first where none does."""

    @property
    def reason(self) -> str:
        """A sentence for whoever has to decide."""
        return _reason(self)


def check(link: Linkable, items: Items) -> Checked:
    """Compare a link with its item. Raises as the items do."""
    item = items.get(link.item)
    if item is None:
        return Checked(link, Outcome.MISSING)
    label, alike = best_name(link, item)
    found = class_of(item, link.classes, items)
    wikidata_class = found or next(iter((*item.instance_of, *item.subclass_of)), "")
    if item.id != link.item:
        outcome = Outcome.REDIRECTED
    elif alike < SAME:
        outcome = Outcome.LABEL_DIFFERS
    elif not found:
        outcome = Outcome.CLASS_DIFFERS
    else:
        outcome = Outcome.AGREES
    return Checked(link, outcome, item, label, round(alike, 3), wikidata_class)


def best_name(link: Linkable, item: Item) -> tuple[str, float]:
    """The item's name that is most like a name of the entity, and how alike; ours go first."""
    own = [spelled(name) for name in link.names]
    ranked = [
        (-max((likeness(each, spelled(text)).value for each in own), default=0.0), at, text)
        for at, text in enumerate(_texts(item))
    ]
    if not ranked:
        return "", 0.0
    value, _, text = min(ranked)
    return text, -value


def _texts(item: Item) -> Iterable[str]:
    """The names in the languages of the graph first, then all others; each once."""
    names = sorted(item.names(), key=lambda name: name[0] not in _LANGUAGES)
    return dict.fromkeys(text for _, text in names)


def class_of(item: Item, wanted: frozenset[str], items: Items) -> str:
    """The class of those wanted that an item is an instance of, or empty.

    Goes up from the item's own classes, nearest first.
    """
    level = list(dict.fromkeys((*item.instance_of, *item.subclass_of)))
    seen = set(level)
    for _ in range(_STEPS):
        for id in level:
            if id in wanted:
                return id
        above: list[str] = []
        for id in level:
            if len(seen) > _MOST_CLASSES:
                return ""
            wider = items.get(id)
            for each in wider.subclass_of if wider is not None else ():
                if each not in seen:
                    seen.add(each)
                    above.append(each)
        level = above
    return ""


_REASONS = {
    Outcome.AGREES: "“{label}” in {found}",
    Outcome.REDIRECTED: "it was merged into {target} (“{label}”): look at that one, and link it",
    Outcome.MISSING: "there is no such item: take the link out",
    Outcome.LABEL_DIFFERS: "closest is “{label}”: another thing, or a name that the graph lacks",
    Outcome.CLASS_DIFFERS: "it is in {own}, and not in or below {wanted}",
}


def _reason(checked: Checked) -> str:
    item = checked.item
    return _REASONS[checked.outcome].format(
        label=checked.label,
        found=checked.wikidata_class,
        target=item.id if item else "",
        own=", ".join(item.instance_of) if item and item.instance_of else "no class",
        wanted=" or ".join(sorted(checked.link.classes)) or "any class known for the entity",
    )
