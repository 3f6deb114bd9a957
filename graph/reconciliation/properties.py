"""The properties that a query can have conditions on and a table can be extended by.

Each is a file of ``properties/``: SPARQL whose rows are an entity, a value and, where the values
are entities, a label, below a header in the manner of the canned queries (``#+``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from graph.errors import InvalidInput
from graph.reconciliation.entities import rows
from graph.reconciliation.likeness import likeness
from graph.reconciliation.matching import Value
from graph.reconciliation.names import spelled
from graph.vocabulary import hint

FOLDER = Path(__file__).parent / "properties"
Kind = Literal["entities", "texts", "numbers", "dates", "wikidata"]

_DAY = re.compile(r"-?\d{4,}(?:-\d\d(?:-\d\d)?)?")
_NEAR_DAYS = 30
"""Days apart at which two dates are not alike any more."""
_NEAR_DEGREES = 1.0


@dataclass(frozen=True, slots=True)
class Property:
    """A property; ``types`` are the classes whose instances have it."""

    id: str
    labels: Mapping[str, str]
    description: str
    values: Kind
    types: tuple[str, ...]
    query: str

    def label(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.labels.get(language, self.labels["en"])


@dataclass(frozen=True, slots=True)
class Stated:
    """A value of an entity's property: an IRI or a literal, and a label where it has one."""

    value: str
    label: str = ""


Values = Mapping[str, tuple[Stated, ...]]
"""The values of one property by the entity's IRI."""


@cache
def properties() -> dict[str, Property]:
    """The properties by id, read once."""
    found = {file.stem: _read(file) for file in sorted(FOLDER.glob("*.rq"))}
    assert found, f"there is no property in {FOLDER}"
    return found


def find_property(id: str) -> Property:
    """A property by its id. Raises InvalidInput, naming the closest one."""
    known = properties()
    if id not in known:
        raise InvalidInput(
            f"There is no property “{id}”.{hint(id, known)} There are {', '.join(known)}."
        )
    return known[id]


def _read(file: Path) -> Property:
    text = file.read_text("utf-8")
    lines = (line.removeprefix("#+ ") for line in text.splitlines() if line.startswith("#+ "))
    header = yaml.safe_load("\n".join(lines))
    return Property(
        file.stem,
        header["label"],
        header["description"],
        header["values"],
        tuple(header["types"]),
        text,
    )


def read_values(answer: str) -> Values:
    """The values by entity, from an answer in CSV to a property's query."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for entity, *stated in rows(answer):
        found[entity].append(Stated(*stated))
    return {entity: tuple(values) for entity, values in found.items()}


def agreement(property: Property, stated: tuple[Stated, ...], value: Value) -> float:
    """How well the values of an entity agree with one that is asked for, from 0 to 1."""
    agrees = _AGREES[property.values]
    return max((agrees(each, value) for each in stated), default=0.0)


def _same_entity(stated: Stated, value: Value) -> float:
    if value.iri:
        return float(stated.value == value.iri)
    return _same_text(Stated(stated.label), value) if stated.label else 0.0


def _same_text(stated: Stated, value: Value) -> float:
    return likeness(spelled(value.text), spelled(stated.value)).value


def _same_item(stated: Stated, value: Value) -> float:
    asked = (value.iri or value.text).rpartition("/")[2]
    return float(stated.value.rpartition("/")[2] == asked)


def _near_number(stated: Stated, value: Value) -> float:
    try:
        apart = abs(float(stated.value) - float(value.text))
    except ValueError:
        return 0.0
    return max(0.0, 1.0 - apart / _NEAR_DEGREES)


def _near_date(stated: Stated, value: Value) -> float:
    """1 on the same day, or within the month or year that is all that was asked for; else nearer
    is better, up to a month apart."""
    asked = _DAY.match(value.text.strip())
    if asked is None:
        return 0.0
    if stated.value.startswith(asked[0]):
        return 1.0
    try:
        apart = abs((date.fromisoformat(asked[0]) - date.fromisoformat(stated.value[:10])).days)
    except ValueError:
        return 0.0
    return max(0.0, 1.0 - apart / _NEAR_DAYS)


_AGREES = {
    "entities": _same_entity,
    "texts": _same_text,
    "numbers": _near_number,
    "dates": _near_date,
    "wikidata": _same_item,
}
