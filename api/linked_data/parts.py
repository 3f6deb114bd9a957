"""The addresses of the ontology, the shapes and the alignments, which are documents themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.headers import read_field, share
from api.linked_data.addresses import BY_MEDIA_TYPE, split_suffix, without_suffix
from api.linked_data.alignment import alignment_page
from api.linked_data.ontology import index_page, shapes_page, term_page
from api.linked_data.replies import (
    MakePage,
    addresses_of,
    give,
    give_links,
    see_other,
    sent_path,
    show,
)
from api.linked_data.signposting import LINKSET_SUFFIX
from api.negotiation import choose_document
from graph.export.context import context
from graph.formats import RdfFormat

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a document is shown, and by which query it is described."""

    page: MakePage
    query: str


WHOLE: Mapping[str, Kind] = {
    "ontology": Kind(index_page, "ontology"),
    "shapes": Kind(shapes_page, "shapes"),
}
"""The documents that hold many terms."""
PART: Mapping[str, Kind] = {
    "ontology": Kind(term_page, "term"),
    "shapes": Kind(shapes_page, "shape"),
    "alignment": Kind(alignment_page, "alignment"),
}
"""What one name under a document stands for."""


@router.api_route("/ontology", methods=METHODS)
@router.api_route("/ontology.{suffix}", methods=METHODS)
@router.api_route("/shapes", methods=METHODS)
@router.api_route("/shapes.{suffix}", methods=METHODS)
async def whole(request: Request) -> Response:
    """Answer with a whole document: as a page, or in the format asked for."""
    sent = sent_path(request, "/")
    if (linked := without_suffix(sent, LINKSET_SUFFIX)) is not None:
        return await give_links(request, addresses_of(request).part(linked), known=True)
    document, format = split_suffix(sent)
    return await _answer(request, document, "", format, WHOLE[document])


@router.api_route("/ontology/context.jsonld", methods=METHODS)
async def jsonld_context() -> Response:
    """Answer with the context of the JSON-LD exports (JSON-LD 1.1, section 3.1)."""
    response = JSONResponse({"@context": context()}, media_type="application/ld+json")
    share(response)
    return response


@router.api_route("/ontology/{name}", methods=METHODS)
@router.api_route("/shapes/{name}", methods=METHODS)
@router.api_route("/alignment/{name}", methods=METHODS)
async def part(request: Request, name: str) -> Response:
    """Answer with what one name stands for; a number is a release of the whole document."""
    document, _, path = sent_path(request, "/").partition("/")
    if name[0].isdecimal():
        return see_other(addresses_of(request).part(document).page)
    if (linked := without_suffix(path, LINKSET_SUFFIX)) is not None:
        return await give_links(request, addresses_of(request).part(document, linked))
    stem, format = split_suffix(path)
    return await _answer(request, document, stem, format, PART[document])


async def _answer(
    request: Request, document: str, name: str, format: RdfFormat | None, kind: Kind
) -> Response:
    resource = addresses_of(request).part(document, name)
    if format is None:
        chosen = choose_document(read_field(request.scope, b"accept"))
        format = BY_MEDIA_TYPE[chosen] if chosen else None
    if format is None:
        return await show(request, resource, kind.page)
    return await give(request, resource, kind.query, format)
