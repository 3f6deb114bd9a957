"""The addresses of things and of the pages to find them from."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from api.headers import read_field
from api.linked_data import parts
from api.linked_data.addresses import (
    BY_MEDIA_TYPE,
    BY_SUFFIX,
    Addresses,
    Resource,
    split_suffix,
    without_suffix,
)
from api.linked_data.asking import Reader
from api.linked_data.browse import browse_page, class_page
from api.linked_data.entity import entity_page
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.replies import (
    addresses_of,
    document,
    give,
    give_links,
    not_modified,
    see_other,
    sent_path,
    show,
    tag_of,
    unchanged,
)
from api.linked_data.signposting import LINKSET_SUFFIX
from api.linked_data.version import Version, find_version, terms_of, version_page
from api.negotiation import choose_document
from graph.errors import NotFound
from graph.formats import RdfFormat

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]
_VERSION = "version/"


@router.api_route("/id/{path:path}", methods=METHODS)
async def thing(request: Request, path: str) -> Response:
    """Send on from a thing to its page or to a document (RFC 9110, section 15.4.4)."""
    sent = sent_path(request, "/id/")
    resource = addresses_of(request).thing(sent)
    chosen = choose_document(read_field(request.scope, b"accept"))
    await _find(request, sent, resource)
    if chosen is None:
        return see_other(resource.page, request.url.query)
    return see_other(resource.document(BY_MEDIA_TYPE[chosen]))


async def _find(request: Request, sent: str, resource: Resource) -> None:
    engine = request.app.state.engine
    if sent.startswith(_VERSION):
        find_version(engine, sent.removeprefix(_VERSION))
    elif not await Reader(engine).exists(resource.term):
        raise NotFound(f"The graph says nothing of <{resource.iri}>.")


@router.api_route("/page/version/{number}", methods=METHODS)
async def page_of_version(request: Request, number: str) -> Response:
    """Show a version of the graph to a person."""
    version = find_version(request.app.state.engine, number)
    resource = addresses_of(request).thing(f"{_VERSION}{version.number}")
    return await show(request, resource, partial(_version_page, version))


async def _version_page(
    version: Version, reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    return version_page(version, reader, resource, addresses, language)


@router.api_route("/data/version/{number}.{suffix}", methods=METHODS)
async def document_of_version(request: Request, number: str, suffix: str) -> Response:
    """Describe a version of the graph in the format of the suffix."""
    version = find_version(request.app.state.engine, number)
    if suffix == LINKSET_SUFFIX:
        named = addresses_of(request).thing(f"{_VERSION}{version.number}")
        return await give_links(request, named, known=True)
    format = _format(suffix)
    addresses = addresses_of(request)
    resource = addresses.thing(f"{_VERSION}{version.number}")
    reader = Reader(request.app.state.engine)
    tag = tag_of(version.number, format.name)
    if unchanged(request, tag):
        return not_modified(tag)
    terms = terms_of(version, resource, addresses)
    body = await reader.document("version", format.media_type, **terms)
    return document(body, resource, format, reader.version, tag)


@router.api_route("/page/{path:path}", methods=METHODS)
async def page_of_thing(request: Request, path: str) -> Response:
    """Show a thing to a person."""
    resource = addresses_of(request).thing(sent_path(request, "/page/"))
    return await show(request, resource, entity_page)


@router.api_route("/data/{path:path}", methods=METHODS)
async def document_of_thing(request: Request, path: str) -> Response:
    """Describe a thing in the format of the suffix, or list its links."""
    sent = sent_path(request, "/data/")
    if (linked := without_suffix(sent, LINKSET_SUFFIX)) is not None:
        return await give_links(request, addresses_of(request).thing(linked))
    stem, format = split_suffix(sent)
    resource = addresses_of(request).thing(stem)
    return await give(request, resource, "description", format or _format(""))


def _format(suffix: str) -> RdfFormat:
    if suffix not in BY_SUFFIX:
        raise NotFound(f"A document has one of the suffixes {', '.join(BY_SUFFIX)}.")
    return BY_SUFFIX[suffix]


@router.api_route("/browse", methods=METHODS)
async def browse(request: Request) -> Response:
    """Show what is in the graph by class."""
    addresses = addresses_of(request)
    here = f"{addresses.root}/browse"
    return await show(request, Resource(f"{addresses.base}browse", here, here), browse_page)


@router.api_route("/browse/{name}", methods=METHODS)
async def browse_class(request: Request, name: str) -> Response:
    """Show the things of a class."""
    addresses = addresses_of(request)
    term = addresses.part("ontology", sent_path(request, "/browse/"))
    here = f"{addresses.root}/browse/{sent_path(request, '/browse/')}"
    return await show(request, Resource(term.iri, here, term.stem), class_page)


router.include_router(parts.router)
