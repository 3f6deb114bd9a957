"""The page of a thing: its facts with their sources, and what refers to it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import QUERIES, Reader, Row
from api.linked_data.facts import Fact, Section, Statements, facts_of, sections, supers
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.sources import Source, read_sources
from api.linked_data.structured import structured
from api.linked_data.triples import Term, Triples
from api.linked_data.view import View
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
    return Content(
        "entity.html",
        resource,
        view,
        tuple(view.classes(resource.iri)),
        {
            **_parts(facts, material),
            "sources": _sources(resource.iri, facts, material, view),
            "structured": structured(resource.iri, facts, view),
        },
    )


def _parts(facts: list[Fact], material: Material) -> dict[str, list[Section] | object]:
    return {
        "sections": sections(facts),
        "references": material.referring,
        "gaps": material.gaps,
    }


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
    properties = {row["p"].value for row in referring}
    above = {each for name in properties for each in supers(name, graph)}
    read = await asyncio.gather(
        *(_references(reader, resource, each, graph) for each in sorted(properties - above))
    )
    return Material(graph, Statements(claims), gaps, tuple(each for each in read if each.shown))


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
    shown = tuple(
        _reference(each, property, resource.iri, found, stated)
        for each in found.subjects(property, resource.iri)
    )
    graph.merge((found, sources))
    return References(property, shown, count, list_query(property, resource.iri))


def _reference(
    thing: str, property: str, iri: str, found: Triples, stated: Statements
) -> Reference:
    sources = stated.of(thing, property, iri)
    owner = next((each for each in found if each != thing and _owns(each, thing, found)), None)
    return Reference(owner or thing, thing if owner else None, sources)


def _owns(owner: str, part: str, found: Triples) -> bool:
    return any(
        predicate.startswith(POLEMOS) and Term("uri", part) in values
        for predicate, values in found.about(owner).items()
    )


def list_query(property: str, iri: str) -> str:
    """The address of the query that lists everything that refers by a property.

    The text is for a person to read and change, so the IRIs stand in it; neither can end early,
    since both were found in the graph.
    """
    text = Template((Path(QUERIES) / "list-references.rq").read_text("utf-8"))
    query = text.substitute(via=property, entity=iri)
    return "/sparql?" + urlencode({"query": query, "format": "json"})
