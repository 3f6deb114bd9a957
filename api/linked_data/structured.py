"""A few words of schema.org about a thing, for the machines that read pages."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from api.linked_data.facts import Fact
from api.linked_data.view import TYPE, View
from graph.vocabulary import DCTERMS, POLEMOS, RDFS, SKOS

_TYPES = Path(__file__).parent / "structured.json"


@cache
def _types() -> dict[str, str]:
    read: dict[str, str] = json.loads(_TYPES.read_text("utf-8"))
    return read


def structured(iri: str, facts: list[Fact], view: View) -> dict[str, Any]:
    """The thing as JSON-LD with the vocabulary of schema.org."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": _type(iri, view),
        "name": [
            {"@language": label.language or "und", "@value": label.value}
            for label in view.graph.all(iri, RDFS.label.value, SKOS.prefLabel.value)
        ],
        "sameAs": [item.value for item in view.all(iri, "wikidata")],
        "text": view.graph.text(iri, f"{POLEMOS}quote"),
        "datePublished": view.graph.text(iri, DCTERMS.date.value),
        "location": _linked(facts, "place", view),
        "containedInPlace": _linked(facts, "within", view),
        "superEvent": _linked(facts, "partOf", view),
        **_times(facts, view),
    }
    return {key: value for key, value in found.items() if value}


def _type(iri: str, view: View) -> str:
    names = [term.value.removeprefix(POLEMOS) for term in view.graph.all(iri, TYPE)]
    closest = [name.removeprefix(POLEMOS) for name in view.classes(iri)]
    return next((_types()[name] for name in (*closest, *names) if name in _types()), "Thing")


def _linked(facts: list[Fact], name: str, view: View) -> list[dict[str, str]]:
    return [
        {"@id": fact.value.value, "name": view.name(fact.value.value).value}
        for fact in facts
        if fact.property == f"{POLEMOS}{name}" and fact.value.kind == "uri"
    ]


def _times(facts: list[Fact], view: View) -> dict[str, str]:
    spans = [fact.value.value for fact in facts if fact.property == f"{POLEMOS}time"]
    return {
        key: found.value
        for span in spans[:1]
        for key, name in (("startDate", "earliestStart"), ("endDate", "latestEnd"))
        if (found := view.one(span, name))
    }
