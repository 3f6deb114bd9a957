"""What is answered, as JSON: manifests, candidates, suggestions, values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from api.reconciliation.matcher import Held
from api.reconciliation.requests import BATCH_SIZE, Extension, Vocabulary
from graph.reconciliation.entities import Entity
from graph.reconciliation.matching import Candidate
from graph.reconciliation.properties import Property, Stated, Values
from graph.vocabulary import POLEMOS

NAME = "Polemos: actors, regions and events of armed conflict and diplomacy"
WIDTH, HEIGHT = 420, 220
"""Pixels of a preview."""
WIKIDATA_SERVICE = "https://wikidata.reconci.link/en/api"
"""Where the identifiers of the property wikidata are at home (0.2, section 7.4)."""
DEFAULT_TYPES = ("Actor", "Person", "State", "Place", "Region", "Event")
_FEATURES = {
    "name": "How alike the names are",
    "exact": "The same name",
    "alias": "By another name than the label",
    "transliterated": "The same name in other letters",
    "word-order": "The same words in another order",
    "spelling": "The same but for its spelling",
    "words": "Words in common",
    "code": "A code of the entity",
    "acronym": "The first letters of its name",
    "identifier": "The identifier of the entity",
    "type": "Of the type asked for",
}
_MIDNIGHT = "T00:00:00Z"


def _shared(base: str, held: Held, language: str) -> dict[str, Any]:
    types = held.index.types
    return {
        "name": NAME,
        "documentation": base,
        "logo": f"{base}static/icon.svg",
        "serviceVersion": version("polemos"),
        "batchSize": BATCH_SIZE,
        "defaultTypes": [
            {"id": id, "name": types[id].name(language)} for id in DEFAULT_TYPES if id in types
        ],
    }


def manifest(base: str, vocabulary: Vocabulary, held: Held, language: str) -> dict[str, Any]:
    """The service manifest of 0.2 (section 3.1); ``base`` is the server's address."""
    root, path = base.rstrip("/"), "/reconcile"
    suggest = {
        kind: {"service_url": root, "service_path": f"{path}/suggest/{kind}"}
        for kind in ("entity", "property", "type")
    }
    limit = {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "The most values of a row; 0 for all",
    }
    return {
        "versions": ["0.2"],
        "identifierSpace": vocabulary.space,
        "schemaSpace": POLEMOS,
        "view": {"url": f"{root}{path}/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{root}{path}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"{path}/extend/propose"},
            "property_settings": [limit],
        },
        **_shared(base, held, language),
    }


def draft_manifest(base: str, held: Held, language: str) -> dict[str, Any]:
    """The service manifest of the 1.0 draft (section 3.1)."""
    limit = {
        "id": "limit",
        "name": "Limit",
        "type": "number",
        "default": 0,
        "helpText": "The most values of a row; 0 for all",
    }
    return {
        "versions": ["1.0-draft"],
        "view": {"url": f"{base}reconcile/view?id={{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": [limit]},
        "standardizedScore": True,
        "lang": language,
        **_shared(base, held, language),
    }


class Speech:
    """Says things of a version in a language."""

    def __init__(self, held: Held, vocabulary: Vocabulary, language: str, *, draft: bool) -> None:
        self._held = held
        self._vocabulary = vocabulary
        self._language = language
        self._draft = draft

    def candidate(self, candidate: Candidate) -> dict[str, Any]:
        """A candidate (0.2 and 1.0 draft, section 4.2)."""
        return {
            **self._named(candidate.entity),
            "type": self.types(candidate.entity),
            "score": candidate.score,
            "match": candidate.match,
            "features": [self._feature(*each) for each in candidate.features.items()],
        }

    def _feature(self, id: str, value: float | bool) -> dict[str, Any]:
        name = _FEATURES.get(id) or f"The property {id.removeprefix('property-')}"
        return {"id": id, "name": name, "value": value}

    def _named(self, entity: Entity) -> dict[str, Any]:
        name = entity.name(self._language)
        named = {"id": self._vocabulary.id(entity.iri), "name": name.text}
        if self._draft and name.language:
            named["lang"] = name.language
        if description := self.description(entity):
            named["description"] = description
        return named

    def description(self, entity: Entity) -> str:
        """The kind of an entity, and what tells it from its namesakes."""
        kinds = [each["name"] for each in self.types(entity)]
        return ", ".join([*kinds, *([entity.about] if entity.about else [])])

    def types(self, entity: Entity) -> list[dict[str, Any]]:
        """The narrowest types of an entity."""
        return [self.type(id) for id in entity.narrowest]

    def type(self, id: str) -> dict[str, Any]:
        """A type with its name."""
        return {"id": id, "name": self._held.index.types[id].name(self._language)}

    def suggested(self, entity: Entity) -> dict[str, Any]:
        """An entity in an answer of the suggest service (0.2 and 1.0 draft, section 6)."""
        return {**self._named(entity), "notable": self.types(entity)}

    def suggested_type(self, id: str) -> dict[str, Any]:
        """A type in an answer of the suggest service."""
        found = self._held.index.types[id]
        described = {"description": found.definition} if found.definition else {}
        broader = [self.type(each) for each in found.broader]
        return {**self.type(id), **described, **({"broader": broader} if broader else {})}

    def property(self, property: Property) -> dict[str, Any]:
        """A property in an answer of the suggest and the property proposal service."""
        label = property.label(self._language)
        return {"id": property.id, "name": label, "description": property.description}

    def extended(self, extension: Extension, values: Mapping[str, Values]) -> dict[str, Any]:
        """The values asked for (0.2 and 1.0 draft, section 7.4)."""
        meta = [self._meta(property) for property, _ in extension.properties]
        rows = {
            id: {
                property.id: self._values(id, property, limit, values)
                for property, limit in extension.properties
            }
            for id in extension.ids
        }
        if not self._draft:
            return {"meta": meta, "rows": rows}
        listed = [
            {"id": id, "properties": [{"id": p, "values": v} for p, v in row.items()]}
            for id, row in rows.items()
        ]
        return {"meta": meta, "rows": listed}

    def _meta(self, property: Property) -> dict[str, Any]:
        meta = {"id": property.id, "name": property.label(self._language)}
        return meta | ({"service": WIKIDATA_SERVICE} if property.values == "wikidata" else {})

    def _values(
        self, id: str, property: Property, limit: int, values: Mapping[str, Values]
    ) -> list[dict[str, Any]]:
        stated = values[property.id].get(self._vocabulary.iri(id), ())
        write = _WRITTEN.get(property.values, _text)
        written = [write(self, id, each) for each in stated]
        return written[:limit] if limit else written

    def entity_value(self, id: str, stated: Stated) -> dict[str, Any]:
        """A value that is an entity, by its identifier and its name."""
        number = self._held.index.by_iri.get(stated.value)
        if number is None:
            name = stated.label or stated.value
            return {"id": self._vocabulary.id(stated.value), "name": name}
        name = self._held.index.entities[number].name(self._language).text
        return {"id": self._vocabulary.id(stated.value), "name": name}

    def item_value(self, id: str, stated: Stated) -> dict[str, Any]:
        """An item of Wikidata, by the name of the entity that it was found to be."""
        item = stated.value.rpartition("/")[2]
        number = self._held.index.by_iri.get(self._vocabulary.iri(id))
        known = self._held.index.entities[number].name("en").text if number is not None else item
        return {"id": item, "name": known}


def _text(speech: Speech, id: str, stated: Stated) -> dict[str, Any]:
    return {"str": stated.value}


def _number(speech: Speech, id: str, stated: Stated) -> dict[str, Any]:
    return {"float": float(stated.value)}


def _date(speech: Speech, id: str, stated: Stated) -> dict[str, Any]:
    return {"date": stated.value if "T" in stated.value else stated.value + _MIDNIGHT}


_WRITTEN = {
    "entities": Speech.entity_value,
    "wikidata": Speech.item_value,
    "numbers": _number,
    "dates": _date,
}


def batch(results: Iterable[tuple[Candidate, ...]], speech: Speech) -> list[list[dict[str, Any]]]:
    """The candidates of each query."""
    return [[speech.candidate(each) for each in candidates] for candidates in results]
