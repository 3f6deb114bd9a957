"""Items from files that were downloaded before, for a machine without a network.

Either a folder of entity data, a file an item as ``Special:EntityData/Q1899.json`` gives it, or
one file of many items: ``{"entities": …}``, or a part of Wikidata's JSON dump, an item a line (with
or without the dump's brackets and commas), plain or with gzip.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO, cast

from graph.errors import InvalidInput
from graph.reconciliation.entities import ALIAS, LABEL, Entity, Name
from graph.reconciliation.index import Index
from graph.reconciliation.matching import Asked, match
from graph.wikidata.items import Item, read_entities, read_item

_HITS = 20


class Extract:
    """The items of some files; all are read at once."""

    def __init__(self, path: Path) -> None:
        """Raises InvalidInput where the files hold no items."""
        self._path = path
        self._items: dict[str, Item] = dict(_read_folder(path) if path.is_dir() else _read(path))
        if not self._items:
            raise InvalidInput(f"{path} holds no item of Wikidata.")

    @property
    def origin(self) -> str:
        """What a link is checked against."""
        return f"Downloaded data of Wikidata, {self._path.name}"

    def get(self, id: str) -> Item | None:
        """An item by the key that it has in the files; a merged one leads to the other."""
        return self._items.get(id)

    def search(self, text: str, language: str) -> tuple[Item, ...]:
        """The items with names alike, in any language."""
        found = match(Asked(text, limit=_HITS), self._index, lambda iri, id, value: 0.0)
        return tuple(self._by_iri[each.entity.iri] for each in found)

    @cached_property
    def _by_iri(self) -> dict[str, Item]:
        return {item.iri: item for item in self._items.values()}

    @cached_property
    def _index(self) -> Index:
        return index_of(self._by_iri.values())


def index_of(items: Any) -> Index:
    """An index over the names of items."""
    return Index([_as_entity(item) for item in sorted(items, key=lambda item: item.iri)], {})


def _as_entity(item: Item) -> Entity:
    labels = [Name(text, language, LABEL) for language, text in item.labels.items()]
    aliases = [
        Name(text, language, ALIAS) for language, texts in item.aliases.items() for text in texts
    ]
    return Entity(item.iri, (*labels, *aliases), (), frozenset(), (), "")


def _read_folder(folder: Path) -> Iterator[tuple[str, Item]]:
    for file in sorted(folder.glob("*.json")):
        found = read_entities(_json(file.read_text("utf-8"), str(file)), str(file))
        yield from found.items()
        if file.stem not in found and len(found) == 1:
            yield file.stem, next(iter(found.values()))


def _read(path: Path) -> Iterator[tuple[str, Item]]:
    with _opened(path) as file:
        beginning = file.read(1)
        file.seek(0)
        if beginning == "{" and (whole := _whole(file.read(), str(path))) is not None:
            yield from read_entities(whole, str(path)).items()
            return
        file.seek(0)
        for number, line in enumerate(file, 1):
            if text := line.strip().strip("[],"):
                where = f"{path}, line {number}"
                item = read_item(_json(text, where), where)
                yield item.id, item


def _whole(text: str, where: str) -> Any:
    """The one document that a file is; None where it has an item a line."""
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if "entities" in document or "id" not in document else None


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{where} is no JSON: {error}.") from None
