"""The pages of the ontology: an index, a page for each term, and the shapes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import Reader, Row
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.showing import shown
from api.linked_data.triples import Triples
from api.linked_data.view import TYPE, View, local_name
from graph.errors import NotFound
from graph.vocabulary import OWL, RDFS

_CLASS = OWL.Class.value
_SUB_CLASS, _SUB_PROPERTY = RDFS.subClassOf.value, RDFS.subPropertyOf.value


@dataclass(frozen=True, slots=True)
class Branch:
    """A term with the terms right below it, and how many things there are of it."""

    iri: str
    below: tuple[Branch, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape asks in words, for which class and about which property; ``rule`` is its IRI."""

    shape: str
    rule: str
    holds_for: str | None
    property: str | None
    message: str
    severity: str


async def index_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page of the whole ontology."""
    terms, own, lists, counts = await asyncio.gather(
        reader.triples("terms", entity=resource.term),
        reader.triples("facts", entity=resource.term),
        reader.triples("code-lists"),
        reader.counts("classes", "class"),
    )
    classes = [iri for iri in terms if _is_class(iri, terms)]
    properties = [iri for iri in terms if iri not in classes]
    view = View(terms.merge((own, lists)), addresses, language)
    context = {
        "classes": tree(classes, _SUB_CLASS, terms, counts),
        "properties": tree(properties, _SUB_PROPERTY, terms, {}),
        "code_lists": list(lists),
    }
    return Content("ontology.html", resource, view, context)


def _is_class(iri: str, terms: Triples) -> bool:
    return any(term.value == _CLASS for term in terms.all(iri, TYPE))


def tree(
    iris: Iterable[str], upward: str, terms: Triples, counts: dict[str, int]
) -> tuple[Branch, ...]:
    """The terms below each other; one with two parents stands under both."""
    known = set(iris)
    parents = {iri: nearest(iri, upward, terms) & known for iri in known}

    def branches(above: str | None) -> tuple[Branch, ...]:
        here = [iri for iri, found in parents.items() if (above in found if above else not found)]
        return tuple(Branch(iri, branches(iri), counts.get(iri, 0)) for iri in sorted(here))

    return branches(None)


def nearest(iri: str, upward: str, terms: Triples) -> set[str]:
    """The terms right above one, without those above another of them."""
    above = {term.value for term in terms.all(iri, upward)} - {iri}
    further = {term.value for one in above for term in terms.all(one, upward) if term.value != one}
    return above - further


async def term_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page of a class or a property; raises NotFound where there is no such term."""
    term = resource.term
    terms, facts, alignments, rules = await asyncio.gather(
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
        reader.triples("facts", entity=term),
        reader.rows("alignments", entity=term),
        reader.rows("term-rules", entity=term),
    )
    if resource.iri not in facts:
        raise NotFound(f"The ontology has no term <{resource.iri}>.")
    graph = terms.merge((facts,))
    is_class = _is_class(resource.iri, graph)
    upward = _SUB_CLASS if is_class else _SUB_PROPERTY
    kind = "class" if is_class else "property"
    view = View(graph, addresses, language)
    context: dict[str, Any] = {
        "kind": kind,
        "above": sorted(nearest(resource.iri, upward, graph)),
        "below": [iri for iri in graph if resource.iri in nearest(iri, upward, graph)],
        "rules": read_rules(rules),
        "alignments": alignments,
        "count": await reader.number(_COUNTS[kind], entity=term),
        "example": shown(f"example-{kind}", term=resource.iri),
    }
    return Content("term.html", resource, view, context)


_COUNTS = {"class": "count-instances", "property": "count-statements"}


async def shapes_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page of the shapes, or of one of them."""
    terms, facts, rows = await asyncio.gather(
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
        reader.triples("facts", entity=resource.term),
        reader.rows("all-rules"),
    )
    view = View(terms.merge((facts,)), addresses, language)
    rules = read_rules(rows)
    if resource.iri != addresses.shapes:
        rules = [rule for rule in rules if resource.iri in (rule.shape, rule.rule)]
        if not rules:
            raise NotFound(f"No shape <{resource.iri}> tells what to do where it is broken.")
    return Content("shapes.html", resource, view, {"rules": rules})


def read_rules(rows: Iterable[Row]) -> list[Rule]:
    """The rules that say in words what to do, each once."""
    rules = [
        Rule(
            row["shape"].value,
            row["rule"].value,
            row["class"].value if "class" in row else None,
            row["property"].value if "property" in row else None,
            row["message"].value,
            local_name(row["severity"].value) if "severity" in row else "Violation",
        )
        for row in rows
        if "message" in row
    ]
    return list(dict.fromkeys(rules))
