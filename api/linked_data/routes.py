"""The addresses of things, pages and documents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from api.headers import read_field
from api.linked_data.addresses import Addresses, Resource, split_suffix
from api.linked_data.asking import Reader
from api.linked_data.documents import describe
from api.linked_data.entity import entity_page
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.replies import (
    addresses_of,
    document,
    language_of,
    not_modified,
    page_reply,
    see_other,
    sent_path,
    tag_of,
    unchanged,
)
from api.negotiation import choose_document
from graph.errors import NotFound
from graph.formats import RDF_FORMATS, RdfFormat

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]
MakePage = Callable[[Reader, Resource, Addresses, Language], Awaitable[Content]]
BY_MEDIA_TYPE = {format.media_type: format for format in RDF_FORMATS.values()}


@router.api_route("/id/{path:path}", methods=METHODS)
async def thing(request: Request, path: str) -> Response:
    """Send on from a thing to its page or to a document."""
    resource = addresses_of(request).thing(sent_path(request, "/id/"))
    chosen = choose_document(read_field(request.scope, b"accept"))
    if not await Reader(request.app.state.engine).exists(resource.term):
        raise NotFound(f"The graph says nothing of <{resource.iri}>.")
    if chosen is None:
        return see_other(resource.page, request.url.query)
    return see_other(resource.document(BY_MEDIA_TYPE[chosen]))


@router.api_route("/page/{path:path}", methods=METHODS)
async def thing_page(request: Request, path: str) -> Response:
    """Show a thing to a person."""
    resource = addresses_of(request).thing(sent_path(request, "/page/"))
    return await show(request, resource, entity_page)


@router.api_route("/data/{path:path}", methods=METHODS)
async def thing_document(request: Request, path: str) -> Response:
    """Describe a thing in the format of the suffix."""
    stem, format = split_suffix(sent_path(request, "/data/"))
    if format is None:
        raise NotFound(f"A document has one of the suffixes {', '.join(suffixes())}.")
    return await give(request, addresses_of(request).thing(stem), "description", format)


async def show(request: Request, resource: Resource, make: MakePage) -> Response:
    """Answer with a page, unless the client has it."""
    reader = Reader(request.app.state.engine)
    language = language_of(request)
    tag = tag_of(reader.version, "html", language)
    if unchanged(request, tag):
        return not_modified(tag)
    content = await make(reader, resource, addresses_of(request), language)
    return page_reply(content, reader.version, tag)


async def give(request: Request, resource: Resource, query: str, format: RdfFormat) -> Response:
    """Answer with a document, unless the client has it."""
    reader = Reader(request.app.state.engine)
    tag = tag_of(reader.version, format.name)
    if unchanged(request, tag):
        return not_modified(tag)
    if not await reader.exists(resource.term):
        raise NotFound(f"The graph says nothing of <{resource.iri}>.")
    body = await describe(reader, query, resource.iri, format)
    return document(body, resource, format, reader.version, tag)


def suffixes() -> list[str]:
    """The suffixes of documents."""
    return [format.suffix for format in RDF_FORMATS.values()]
