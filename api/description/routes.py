"""Where the dataset is described: ``/.well-known/void`` (VoID, section 7.2)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.description.documents import describe_dataset
from graph.formats import RDF_FORMATS

router = APIRouter(tags=["description"])

_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}


@router.get(
    "/.well-known/void",
    summary="The dataset: VoID and DCAT",
    response_class=Response,
    responses={
        200: {
            "description": "The dataset, how to get at it, and how many of what it holds.",
            "content": {each.media_type: {} for each in RDF_FORMATS.values()},
        },
        304: {"description": "The client has it already."},
        406: {"description": "None of the formats of RDF is accepted.", "content": _PROBLEM},
        503: {"description": "The figures are being counted.", "content": _PROBLEM},
    },
)
@router.head("/.well-known/void", include_in_schema=False)
async def void(request: Request) -> Response:
    """Describe the dataset and count what it holds: classes, properties, datatypes."""
    return await describe_dataset(request)
