"""Typed links: FAIR Signposting (https://signposting.org/FAIR/), as fields and as linksets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from api.linked_data.addresses import Resource
from graph.formats import RDF_FORMATS

ABOUT_PAGE = "https://schema.org/AboutPage"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the graph and of the ontology."""
LINKSET = "application/linkset+json"
LINKSET_SUFFIX = "linkset"


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link (RFC 8288); ``type`` is the media type of its target, where that is known."""

    target: str
    relation: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a resource is, and who wrote or said it: IRIs.

    The author of an article is its outlet, that of a claim its speaker; of all else it is the
    project, by the address that all its IRIs begin with.
    """

    types: tuple[str, ...]
    authors: tuple[str, ...]


def page_links(resource: Resource, about: About) -> tuple[Link, ...]:
    """The links of a page: what to cite, what it is, whose it is, which documents describe it."""
    return (
        Link(resource.iri, "cite-as"),
        *(Link(type, "type") for type in (ABOUT_PAGE, *about.types)),
        *(Link(author, "author") for author in about.authors),
        *(
            Link(resource.document(format), "describedby", format.media_type)
            for format in RDF_FORMATS.values()
        ),
        Link(LICENCE, "license"),
    )


def document_links(resource: Resource) -> tuple[Link, ...]:
    """The links of a document: back to the page that it describes, and what to cite."""
    return (
        Link(resource.page, "describes", "text/html"),
        Link(resource.iri, "cite-as"),
        Link(LICENCE, "license"),
    )


def field(links: Iterable[Link], resource: Resource) -> str:
    """The Link field, with a link to the linkset that has them all."""
    return ", ".join(map(_written, (*links, Link(_linkset(resource), "linkset", LINKSET))))


def linkset(resource: Resource, about: About, base: str) -> Mapping[str, Any]:
    """The links of the page and of all documents (RFC 9264, section 4.2); ``base`` is the server's
    address, for addresses in full."""
    documents = (resource.document(format) for format in RDF_FORMATS.values())
    return {
        "linkset": [
            _context(resource.page, page_links(resource, about), base),
            *(_context(document, document_links(resource), base) for document in documents),
        ]
    }


def _linkset(resource: Resource) -> str:
    return f"{resource.stem}.{LINKSET_SUFFIX}"


def _context(anchor: str, links: Iterable[Link], base: str) -> dict[str, Any]:
    found: dict[str, Any] = {"anchor": urljoin(base, _ascii(anchor))}
    for link in links:
        target = {"href": urljoin(base, _ascii(link.target))}
        typed = target | ({"type": link.type} if link.type else {})
        found.setdefault(link.relation, []).append(typed)
    return found


def _written(link: Link) -> str:
    typed = (f'type="{link.type}"',) if link.type else ()
    return "; ".join((f"<{_ascii(link.target)}>", f'rel="{link.relation}"', *typed))


def _ascii(iri: str) -> str:
    """An IRI as a URI, which is all that a field may hold (RFC 3987, section 3.1)."""
    return "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in iri
    )
