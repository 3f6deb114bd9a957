"""The page of a thing: its facts with their sources, and what refers to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.article import read_text
from api.linked_data.asking import Reader, Row
from api.linked_data.claim import read_claim
from api.linked_data.facts import Fact, Statements, facts_of, rank_of_reference, sections, supers
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.showing import shown
from api.linked_data.sources import Source, read_sources
from api.linked_data.structured import structured
from api.linked_data.triples import Triples
from api.linked_data.view import View, local_name
from graph.errors import NotFound
from graph.vocabulary import POLEMOS


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that refers to this one; ``part`` is the node between, such as a participation."""

    thing: str
    part: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class References:
    """The things that refer by one property: some of them, how many there are, where all are."""

    via: str
    shown: tuple[Reference, ...]
    count: int | None
    query: str

    @property
    def key(self) -> str:
        """The last part of the property's IRI, for the place on the page."""
        return local_name(self.via)

    @property
    def more(self) -> bool:
        """Whether there are more than those shown."""
        return self.count is None or self.count > len(self.shown)


@dataclass(frozen=True, slots=True)
class Material:
    """What was read for a page."""

    graph: Triples
    statements: Statements
    gaps: list[Row]
    referring: tuple[References, ...]


async def entity_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page of a thing; raises NotFound where the graph says nothing of it."""
    material = await read(reader, resource, addresses)
    view = View(material.graph, addresses, language)
    facts = facts_of(resource.iri, material.graph, material.statements)
    classes = tuple(view.classes(resource.iri))
    template, read_more = next((_KINDS[each] for each in classes if each in _KINDS), _PLAIN)
    return Content(
        template,
        resource,
        view,
        {
            "sections": sections(facts),
            "references": material.referring,
            "gaps": material.gaps,
            **await read_more(reader, resource, view),
            "sources": _sources(resource.iri, facts, material, view),
            "structured": structured(resource.iri, facts, view),
        },
    )


async def _nothing_more(reader: Reader, resource: Resource, view: View) -> dict[str, Any]:
    return {}


ReadMore = Callable[[Reader, Resource, View], Awaitable[dict[str, Any]]]
_PLAIN: tuple[str, ReadMore] = ("entity.html", _nothing_more)
_KINDS: dict[str, tuple[str, ReadMore]] = {
    f"{POLEMOS}Claim": ("claim.html", read_claim),
    f"{POLEMOS}Article": ("article.html", read_text),
}
"""The classes whose pages show more, each with its template and what is read for it."""


def _sources(iri: str, facts: list[Fact], material: Material, view: View) -> dict[str, Source]:
    behind = [source for fact in facts for source in fact.sources]
    behind += [
        source for group in material.referring for one in group.shown for source in one.sources
    ]
    return read_sources([*behind, iri], view)


async def read(reader: Reader, resource: Resource, addresses: Addresses) -> Material:
    """Read all that a thing's page shows; raises NotFound where the graph says nothing of it."""
    entity = resource.term
    facts, claims, sources, terms, referring, gaps = await asyncio.gather(
        reader.triples("facts", entity=entity),
        reader.rows("claims", entity=entity),
        reader.triples("sources", entity=entity),
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
        reader.rows("referring", entity=entity),
        reader.rows("gaps", entity=entity),
    )
    if resource.iri not in facts:
        raise NotFound(f"The graph says nothing of <{resource.iri}>.")
    graph = facts.merge((sources, terms))
    properties = sorted((row["p"].value for row in referring), key=rank_of_reference)
    read = await asyncio.gather(
        *(_references(reader, resource, each, graph) for each in properties)
    )
    told = (_beyond_lower(each, read, graph) for each in read)
    return Material(graph, Statements(claims), gaps, tuple(each for each in told if each.shown))


def _beyond_lower(group: References, groups: Iterable[References], graph: Triples) -> References:
    """What refers by a property, without what refers by one below it, which is listed there."""
    lower = [each for each in groups if group.via in supers(each.via, graph)]
    if not lower:
        return group
    listed = {(one.thing, one.part) for each in lower for one in each.shown}
    rest = tuple(one for one in group.shown if (one.thing, one.part) not in listed)
    count = None if group.more else len(rest)
    return References(group.via, rest, count, group.query)


async def _references(
    reader: Reader, resource: Resource, property: str, graph: Triples
) -> References:
    bound = {"entity": resource.term, "via": f"<{property}>"}
    count, found, claims, sources = await asyncio.gather(
        reader.number("referring-count", **bound),
        reader.triples("references", **bound),
        reader.rows("reference-claims", **bound),
        reader.triples("reference-sources", **bound),
    )
    stated = Statements(claims)
    some = tuple(
        _reference(each, property, resource.iri, found, stated)
        for each in found.subjects(property, resource.iri)
    )
    graph.merge((found, sources))
    return References(
        property, some, count, shown("list-references", via=property, entity=resource.iri).address
    )


def _reference(
    thing: str, property: str, iri: str, found: Triples, stated: Statements
) -> Reference:
    sources = stated.of(thing, property, iri)
    owner = next((each for each in found.owners(thing, POLEMOS) if each != thing), None)
    return Reference(owner or thing, thing if owner else None, sources)
