"""An item of Wikidata, as its JSON says it (Wikibase JSON data model)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.errors import InvalidInput

ENTITY = "http://www.wikidata.org/entity/"
_ID = re.compile(r"[QP][1-9][0-9]*")
_INSTANCE_OF, _SUBCLASS_OF = "P31", "P279"
_DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Item:
    """What is read of an item: its names by language, and the classes that it is in or below."""

    id: str
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    descriptions: Mapping[str, str]
    instance_of: tuple[str, ...]
    subclass_of: tuple[str, ...]
    revision: int | None = None

    @property
    def iri(self) -> str:
        """The IRI of the item."""
        return ENTITY + self.id

    def names(self) -> Iterator[tuple[str, str]]:
        """Labels, then aliases, each as language and text."""
        yield from self.labels.items()
        for language, texts in self.aliases.items():
            yield from ((language, text) for text in texts)


class Items(Protocol):
    """Where items come from."""

    @property
    def origin(self) -> str:
        """What a link is checked against, for whoever reads the check."""
        ...

    def get(self, id: str) -> Item | None:
        """An item; where it was merged into another, that one. None where there is none.

        Raises RemoteFailed where its source does not answer, InvalidInput where it cannot be read.
        """
        ...

    def search(self, text: str, language: str) -> tuple[Item, ...]:
        """Items that may be called so. Raises as :meth:`get`."""
        ...


def is_item(id: str) -> bool:
    """Whether a text is the identifier of an item."""
    return _ID.fullmatch(id) is not None and id.startswith("Q")


def read_item(given: Any, where: str) -> Item:
    """An item from its JSON. Raises InvalidInput where it is none; ``where`` names the source."""
    if not isinstance(given, dict) or _ID.fullmatch(str(given.get("id", ""))) is None:
        raise InvalidInput(f"{where} holds no item of Wikidata: there is no “id”.")
    try:
        return Item(
            given["id"],
            {key: text["value"] for key, text in _members(given, "labels")},
            {key: tuple(t["value"] for t in texts) for key, texts in _members(given, "aliases")},
            {key: text["value"] for key, text in _members(given, "descriptions")},
            tuple(_classes(given, _INSTANCE_OF)),
            tuple(_classes(given, _SUBCLASS_OF)),
            given.get("lastrevid"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(
            f"{where}: {given['id']} is not written as Wikidata writes items ({error!r})."
        ) from None


def _members(given: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    """The members by language; an empty map is an empty list in Wikibase's JSON."""
    members = given.get(key) or {}
    yield from members.items()


def _classes(given: Mapping[str, Any], property: str) -> Iterator[str]:
    """The items that a property leads to, deprecated statements left out."""
    for statement in (given.get("claims") or {}).get(property, ()):
        snak = statement["mainsnak"]
        if snak["snaktype"] == "value" and statement.get("rank") != _DEPRECATED:
            yield snak["datavalue"]["value"]["id"]


def read_entities(given: Any, where: str) -> dict[str, Item]:
    """The items of an answer with ``entities``, by the keys there; missing ones are left out."""
    entities = given.get("entities") if isinstance(given, dict) else None
    if not isinstance(entities, dict):
        raise InvalidInput(f"{where} is no entity data of Wikidata: there are no “entities”.")
    return {
        key: read_item(entity, where)
        for key, entity in entities.items()
        if not (isinstance(entity, dict) and "missing" in entity)
    }
