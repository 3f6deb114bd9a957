"""The page of an alignment: what is said of it as a whole; its links stand with each term."""

from __future__ import annotations

import asyncio

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import Reader
from api.linked_data.facts import Statements, facts_of, sections
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.structured import structured
from api.linked_data.view import View
from graph.errors import NotFound


async def alignment_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page; raises NotFound where there is no such alignment."""
    facts, terms = await asyncio.gather(
        reader.triples("alignment-facts", entity=resource.term),
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
    )
    if resource.iri not in facts:
        raise NotFound(f"There is no alignment <{resource.iri}>.")
    view = View(facts.merge((terms,)), addresses, language)
    said = facts_of(resource.iri, view.graph, Statements(()))
    context = {
        "sections": sections(said),
        "references": (),
        "gaps": (),
        "sources": {},
        "structured": structured(resource.iri, said, view),
    }
    return Content("entity.html", resource, view, context)
