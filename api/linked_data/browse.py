"""The pages to find things from: what is in the graph by class, and the things of one class."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import Reader
from api.linked_data.language import Language
from api.linked_data.ontology import Branch, tree
from api.linked_data.pages import Content
from api.linked_data.view import View
from graph.errors import NotFound
from graph.vocabulary import POLEMOS, RDFS

ROOTS = {"events": "Event", "actors": "Actor", "places": "Place", "articles": "Source"}
"""The classes that people look for, by the key of their heading."""
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A heading and the classes under it of which there is something."""

    key: str
    branches: tuple[Branch, ...]


async def browse_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page with the classes and how many things there are of each."""
    terms, counts = await asyncio.gather(
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
        reader.counts("classes", "class"),
    )
    branches = tree(list(terms), RDFS.subClassOf.value, terms, counts)
    kinds = [
        Kind(key, tuple(_filled(each) for each in branches if each.iri == f"{POLEMOS}{name}"))
        for key, name in ROOTS.items()
    ]
    view = View(terms, addresses, language)
    return Content("browse.html", resource, view, {"kinds": kinds}, described=False)


def _filled(branch: Branch) -> Branch:
    """A branch without the classes of which there is nothing."""
    below = tuple(_filled(each) for each in branch.below if each.count)
    return Branch(branch.iri, below, branch.count)


async def class_page(
    reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page with the things of the class that the resource's IRI names."""
    terms, things, count = await asyncio.gather(
        reader.triples("terms", entity=f"<{addresses.ontology}>"),
        reader.triples("of-class", **{"class": resource.term}),
        reader.number("count-instances", entity=resource.term),
    )
    if resource.iri not in terms:
        raise NotFound(f"The ontology has no class <{resource.iri}>.")
    found = list(things)
    view = View(terms.merge((things,)), addresses, language)
    found.sort(key=lambda iri: view.name(iri).value)
    return Content(
        "things.html", resource, view, {"things": found, "count": count}, described=False
    )
