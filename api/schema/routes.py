"""Where the schema is: ``/schema``."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.headers import read_field, share
from api.schema.kept import Schemas
from api.schema.terms import Schema
from api.validators import briefly, holds

router = APIRouter(tags=["description"])

_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}


@router.get(
    "/schema",
    summary="The classes and properties in use",
    response_model=Schema,
    responses={
        304: {"description": "The client has it already."},
        503: {"description": "The engine is too busy to be asked.", "content": _PROBLEM},
    },
)
@router.head("/schema", include_in_schema=False)
async def schema(request: Request) -> Response:
    """The prefixes, classes and properties with names, definitions and how often they are used.

    An editor completes queries by it. The figures are counted in the background: until they are
    there, `counted` is false.
    """
    schemas: Schemas = request.app.state.schemas
    made = await schemas.newest()
    if holds(read_field(request.scope, b"if-none-match"), made.tag):
        response = Response(status_code=304)
    else:
        response = Response(made.body, media_type="application/json")
    seconds = request.app.state.settings.max_age if made.counted else 0
    response.headers["Cache-Control"] = briefly(seconds).decode()
    response.headers["ETag"] = made.tag
    response.headers["Polemos-Version"] = str(made.version)
    share(response)
    return response
