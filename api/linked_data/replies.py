"""Pages and documents with their fields, and what need not be sent again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.addresses import base_of
from api.frame import framed_page
from api.headers import read_field, share
from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import Reader
from api.linked_data.documents import describe
from api.linked_data.language import Language, choose_language
from api.linked_data.pages import Content
from api.linked_data.signposting import (
    LICENCE,
    LINKSET,
    About,
    document_links,
    field,
    linkset,
    page_links,
)
from api.negotiation import with_charset
from api.pages import TEMPLATES
from api.screens.built import BUILT
from graph.errors import NotFound
from graph.formats import RDF_FORMATS, RdfFormat

MakePage = Callable[[Reader, Resource, Addresses, Language], Awaitable[Content]]
EXPOSED = "Content-Length, Content-Location, ETag, Link, Location, Polemos-Version"
"""What a script of another site may read (Fetch Standard, 3.2.3)."""


@cache
def release() -> str:
    """A mark of the code and the templates: the same graph may be shown otherwise tomorrow."""
    digest = hashlib.sha256()
    folders = (Path(__file__).parent, TEMPLATES / "linked_data")
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files += [TEMPLATES / "layout.html", BUILT / "names.json"]
    for file in sorted(file for file in files if file.suffix != ".pyc"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def tag_of(version: int, kind: str, language: Language | None = None) -> str:
    """A strong entity tag (RFC 9110, section 8.8.3): version, media type and language."""
    spoken = f"-{language.tag}{'-chosen' if language.chosen else ''}" if language else ""
    return f'"{version}-{release()}-{kind}{spoken}"'


def unchanged(request: Request, tag: str) -> bool:
    """Whether the client has this very answer already (RFC 9110, section 13.1.2)."""
    sent = read_field(request.scope, b"if-none-match") or ""
    held = {each.strip().removeprefix("W/") for each in sent.split(",")}
    return tag in held or "*" in held


def not_modified(tag: str) -> Response:
    """The answer to a client that has it already."""
    return _shared(Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"}))


def see_other(address: str, query: str = "") -> Response:
    """Send on to what describes a thing (RFC 9110, section 15.4.4)."""
    kept = f"?{query}" if query else ""
    location = quote(address, safe="/:@!$&'()*+,;=~%") + kept
    return _shared(RedirectResponse(location, 303, headers={"Cache-Control": "no-cache"}))


def document(
    body: bytes, resource: Resource, format: RdfFormat, version: int, tag: str
) -> Response:
    """Answer with a document of RDF."""
    response = Response(body, media_type=with_charset(format.media_type))
    response.headers["Content-Location"] = quote(resource.document(format), safe="/%:@")
    response.headers["Link"] = field(document_links(resource), resource)
    return _dressed(response, version, tag)


def page_reply(
    request: Request, content: Content, about: About, version: int, tag: str
) -> Response:
    """Answer with a page."""
    view, resource = content.view, content.resource
    response = framed_page(
        request.scope,
        f"linked_data/{content.template}",
        view=view,
        resource=resource,
        formats=RDF_FORMATS.values() if content.described else (),
        licence=LICENCE,
        version=version,
        **content.context,
    )
    if content.described:
        response.headers["Link"] = field(page_links(resource, about), resource)
    return _dressed(response, version, tag)


def _dressed(response: Response, version: int, tag: str) -> Response:
    response.headers["ETag"] = tag
    response.headers["Polemos-Version"] = str(version)
    response.headers["Cache-Control"] = "no-cache"
    return _shared(response)


def _shared(response: Response) -> Response:
    share(response)
    response.headers["Vary"] += ", Accept-Language"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def language_of(request: Request) -> Language:
    """The language of the reader."""
    asked = request.query_params.get("lang")
    return choose_language(asked, read_field(request.scope, b"accept-language"))


def addresses_of(request: Request) -> Addresses:
    """The addresses of the application that the request came to."""
    return Addresses(request.app.state.settings.base_iri, request.scope.get("root_path", ""))


def sent_path(request: Request, prefix: str) -> str:
    """The path as the client sent it, without the root and the route's own beginning."""
    raw: bytes | None = request.scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(request.scope["path"])
    return (
        path.partition("?")[0].removeprefix(request.scope.get("root_path", "")).removeprefix(prefix)
    )


async def show(request: Request, resource: Resource, make: MakePage) -> Response:
    """Answer with a page, unless the client has it."""
    reader = Reader(request.app.state.engine)
    language = language_of(request)
    tag = tag_of(reader.version, "html", language)
    if unchanged(request, tag):
        return not_modified(tag)
    content = await make(reader, resource, addresses_of(request), language)
    about = await read_about(reader, resource, addresses_of(request))
    return page_reply(request, content, about, reader.version, tag)


async def read_about(reader: Reader, resource: Resource, addresses: Addresses) -> About:
    """What the graph says for the links of a resource."""
    rows = await reader.rows("links", entity=resource.term)
    types = sorted({row["type"].value for row in rows if "type" in row})
    authors = sorted({row["author"].value for row in rows if "author" in row})
    return About(tuple(types), tuple(authors) or (addresses.base,))


async def give_links(request: Request, resource: Resource, known: bool = False) -> Response:
    """Answer with the linkset of a page and its documents; ``known``: outside of the graph."""
    reader = Reader(request.app.state.engine)
    if not known and not await reader.exists(resource.term):
        raise NotFound(f"The graph says nothing of <{resource.iri}>.")
    about = await read_about(reader, resource, addresses_of(request))
    found = linkset(resource, about, base_of(request))
    response = Response(json.dumps(found), media_type=LINKSET)
    return _dressed(response, reader.version, tag_of(reader.version, "linkset"))


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
