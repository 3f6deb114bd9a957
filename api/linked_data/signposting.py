"""Typed links in the Link field: FAIR Signposting (https://signposting.org/FAIR/), level 1."""

from __future__ import annotations

from collections.abc import Iterable

from api.linked_data.addresses import Resource
from graph.formats import RDF_FORMATS

ABOUT_PAGE = "https://schema.org/AboutPage"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the graph and of the ontology."""


def page_links(resource: Resource, types: Iterable[str]) -> str:
    """The links of a page: what to cite, of what types it is, which documents describe it."""
    links = [
        _link(resource.iri, "cite-as"),
        *(_link(type, "type") for type in (ABOUT_PAGE, *types)),
        *(
            _link(resource.document(format), "describedby", f'type="{format.media_type}"')
            for format in RDF_FORMATS.values()
        ),
        _link(LICENCE, "license"),
    ]
    return ", ".join(links)


def document_links(resource: Resource) -> str:
    """The links of a document: back to the page that it describes, and what to cite."""
    return ", ".join(
        (
            _link(resource.page, "describes", 'type="text/html"'),
            _link(resource.iri, "cite-as"),
            _link(LICENCE, "license"),
        )
    )


def _link(target: str, relation: str, *attributes: str) -> str:
    return "; ".join((f"<{_ascii(target)}>", f'rel="{relation}"', *attributes))


def _ascii(iri: str) -> str:
    """An IRI as a URI, which is all that a field may hold (RFC 3987, section 3.1)."""
    return "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in iri
    )
