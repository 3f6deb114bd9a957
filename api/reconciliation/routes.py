"""The addresses of the reconciliation service.

``/reconcile`` is the endpoint of 0.2, ``/reconcile/1.0`` that of the 1.0 draft; suggest, preview
and property proposals are the same in both, but for members that only the draft has.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from api.addresses import base_of
from api.headers import share
from api.linked_data.addresses import Addresses
from api.linked_data.replies import language_of, see_other
from api.pages import page
from api.parameters import Parameters, read_parameters
from api.protocol import read_body
from api.reconciliation import suggesting
from api.reconciliation.matcher import Held, Matcher
from api.reconciliation.replies import Speech, batch, draft_manifest, manifest
from api.reconciliation.requests import (
    Vocabulary,
    read_batch,
    read_draft_batch,
    read_extension,
)
from api.screens.built import built
from graph.engine.question import Engine
from graph.errors import InvalidInput, NotFound
from graph.reconciliation.entities import Entity
from graph.reconciliation.properties import properties

router = APIRouter(tags=["reconciliation"])
PATH = "/reconcile"
DRAFT = f"{PATH}/1.0"
_ENDPOINTS = (PATH, DRAFT)
_FORM = "application/x-www-form-urlencoded"
_FRAMED = "default-src 'self'; form-action 'self'; frame-ancestors *; base-uri 'none'"
"""A preview is made to stand in a frame of another site, and does nothing but show."""
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The query is wrong; the problem says where.", **_PROBLEM},
    413: {"description": "More queries or entities than go together.", **_PROBLEM},
}


def serve_reconciliation(app: FastAPI, engine: Engine) -> None:
    """Add the service to an application."""
    app.state.matcher = Matcher(engine)
    app.include_router(router)


async def _matcher(request: Request) -> tuple[Matcher, Held, Vocabulary]:
    matcher: Matcher = request.app.state.matcher
    held = await matcher.held()
    space = f"{request.app.state.settings.base_iri}id/"
    return matcher, held, Vocabulary(space, held.index.types)


def _reply(document: Any, held: Held) -> Response:
    body = json.dumps(document, ensure_ascii=False).encode()
    response = Response(body, media_type="application/json")
    share(response)
    response.headers["Vary"] += ", Accept-Language"
    response.headers["Polemos-Version"] = str(held.version)
    response.headers["Cache-Control"] = "no-cache"
    return response


@router.get(PATH, summary="Reconcile names (0.2): manifest, queries, extension", responses=_ANSWERS)
@router.head(PATH, include_in_schema=False)
async def ask_by_address(
    request: Request, queries: str | None = None, extend: str | None = None
) -> Response:
    """The manifest; with ``queries`` candidates, with ``extend`` values (0.2, 3.1, 4.3, 7.3)."""
    return await _answer(request, read_parameters(request.url.query.encode()))


@router.post(
    PATH,
    summary="Reconcile names (0.2): queries or extension in a form",
    responses=_ANSWERS,
    openapi_extra={
        "requestBody": {
            "content": {
                _FORM: {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "queries": {"type": "string"},
                            "extend": {"type": "string"},
                        },
                    }
                }
            }
        }
    },
)
async def ask_by_form(request: Request) -> Response:
    """Candidates for the form field ``queries``, or values for ``extend`` (0.2, 4.3 and 7.3)."""
    body = await _body(request)
    return await _answer(request, read_parameters(body), form=True)


async def _body(request: Request) -> bytes:
    limit: int = request.app.state.settings.max_query_bytes
    return await read_body(request.scope, request.receive, limit)


async def _answer(request: Request, parameters: Parameters, *, form: bool = False) -> Response:
    matcher, held, vocabulary = await _matcher(request)
    language = language_of(request).tag
    speech = Speech(held, vocabulary, language, draft=False)
    if "queries" in parameters:
        asked = read_batch(parameters["queries"][0], vocabulary)
        found = await matcher.match(held, [(each,) for each in asked.values()])
        results = zip(asked, batch(found, speech), strict=True)
        return _reply({key: {"result": candidates} for key, candidates in results}, held)
    if "extend" in parameters:
        extension = read_extension(parameters["extend"][0])
        ids = [property.id for property, _ in extension.properties]
        return _reply(speech.extended(extension, await matcher.values(held, ids)), held)
    if form:
        raise InvalidInput("Send a form with the field “queries” or “extend”.")
    return _reply(manifest(base_of(request), vocabulary, held, language), held)


@router.get(DRAFT, summary="The manifest of the reconciliation service (1.0 draft)")
@router.head(DRAFT, include_in_schema=False)
async def draft(request: Request) -> Response:
    """The manifest (1.0 draft, section 3.1)."""
    _, held, _ = await _matcher(request)
    return _reply(draft_manifest(base_of(request), held, language_of(request).tag), held)


_JSON_BODY = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}


@router.post(
    f"{DRAFT}/match",
    summary="Reconcile names (1.0 draft)",
    responses=_ANSWERS,
    openapi_extra=_JSON_BODY,
)
async def draft_match(request: Request) -> Response:
    """Candidates for each query of a batch, in its order (1.0 draft, section 4.3)."""
    body = await _body(request)
    matcher, held, vocabulary = await _matcher(request)
    found = await matcher.match(held, read_draft_batch(body, vocabulary))
    speech = Speech(held, vocabulary, language_of(request).tag, draft=True)
    return _reply({"results": [{"candidates": each} for each in batch(found, speech)]}, held)


@router.post(
    f"{DRAFT}/extend",
    summary="Values of properties (1.0 draft)",
    responses=_ANSWERS,
    openapi_extra=_JSON_BODY,
)
async def draft_extend(request: Request) -> Response:
    """The values of some properties of some entities (1.0 draft, section 7.3)."""
    extension = read_extension(await _body(request))
    matcher, held, vocabulary = await _matcher(request)
    values = await matcher.values(held, [property.id for property, _ in extension.properties])
    speech = Speech(held, vocabulary, language_of(request).tag, draft=True)
    return _reply(speech.extended(extension, values), held)


def _draft(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).startswith(DRAFT)


def _cursor(cursor: int) -> int:
    if cursor < 0:
        raise InvalidInput(f"cursor: {cursor} is no number of suggestions to skip.")
    return cursor


@router.get(f"{DRAFT}/suggest/entity", summary="Complete the name of an entity (1.0 draft)")
@router.get(f"{PATH}/suggest/entity", summary="Complete the name of an entity")
async def suggest_entity(request: Request, prefix: str = "", cursor: int = 0) -> Response:
    """Entities whose names begin so, or are alike (0.2 and 1.0 draft, section 6)."""
    _, held, vocabulary = await _matcher(request)
    speech = Speech(held, vocabulary, language_of(request).tag, draft=_draft(request))
    found = suggesting.entities(prefix, _cursor(cursor), held.index, vocabulary)
    return _reply({"result": [speech.suggested(each) for each in found]}, held)


@router.get(f"{DRAFT}/suggest/type", summary="Complete the name of a type (1.0 draft)")
@router.get(f"{PATH}/suggest/type", summary="Complete the name of a type")
async def suggest_type(request: Request, prefix: str = "", cursor: int = 0) -> Response:
    """Types with a word that begins so (0.2 and 1.0 draft, section 6)."""
    _, held, vocabulary = await _matcher(request)
    speech = Speech(held, vocabulary, language_of(request).tag, draft=_draft(request))
    found = suggesting.types(prefix, _cursor(cursor), held.index)
    return _reply({"result": [speech.suggested_type(each) for each in found]}, held)


@router.get(f"{DRAFT}/suggest/property", summary="Complete the name of a property (1.0 draft)")
@router.get(f"{PATH}/suggest/property", summary="Complete the name of a property")
async def suggest_property(request: Request, prefix: str = "", cursor: int = 0) -> Response:
    """Properties with a word that begins so (0.2 and 1.0 draft, section 6)."""
    _, held, vocabulary = await _matcher(request)
    speech = Speech(held, vocabulary, language_of(request).tag, draft=_draft(request))
    found = suggesting.named_properties(prefix, _cursor(cursor))
    return _reply({"result": [speech.property(each) for each in found]}, held)


@router.get(f"{DRAFT}/extend/propose", summary="Properties of a type (1.0 draft)")
@router.get(f"{PATH}/extend/propose", summary="Properties of a type")
async def propose(request: Request, type: str = "", limit: int | None = None) -> Response:
    """The properties that a table of this type can be extended by (0.2 and 1.0 draft, 7.2)."""
    _, held, vocabulary = await _matcher(request)
    speech = Speech(held, vocabulary, language_of(request).tag, draft=_draft(request))
    id = vocabulary.type(type, "type") if type else ""
    found = suggesting.proposed(id, held.index) if id else list(properties().values())
    asked = {} if limit is None else {"limit": limit}
    listed = [speech.property(each) for each in found[: limit if limit and limit > 0 else None]]
    return _reply({"properties": listed, "type": type, **asked}, held)


@router.get(f"{DRAFT}/preview", summary="A small page about an entity (1.0 draft)")
@router.get(f"{PATH}/preview", summary="A small page about an entity")
async def preview(request: Request, id: str) -> Response:
    """What a client shows in a frame (0.2 and 1.0 draft, section 5)."""
    _, held, vocabulary = await _matcher(request)
    entity = _entity(id, held, vocabulary)
    language = language_of(request)
    speech = Speech(held, vocabulary, language.tag, draft=False)
    own = entity.name(language.tag)
    response = page(
        "reconciliation/preview.html",
        root=request.scope.get("root_path", ""),
        built=built,
        view=f"{base_of(request)}reconcile/view?id=",
        language=language.tag,
        id=vocabulary.id(entity.iri),
        name=own,
        description=speech.description(entity),
        others=[name for name in entity.names if name != own],
        codes=entity.codes,
    )
    response.headers["Content-Security-Policy"] = _FRAMED
    share(response)
    return response


@router.get(f"{PATH}/view", summary="Send on to the page of an entity", status_code=303)
async def view(request: Request, id: str) -> Response:
    """The view template of both manifests leads here: an identifier has slashes in it."""
    _, held, vocabulary = await _matcher(request)
    entity = _entity(id, held, vocabulary)
    addresses = Addresses(request.app.state.settings.base_iri, request.scope.get("root_path", ""))
    return see_other(addresses.thing(vocabulary.id(entity.iri)).page)


def _entity(id: str, held: Held, vocabulary: Vocabulary) -> Entity:
    number = held.index.by_iri.get(vocabulary.iri(id))
    if number is None:
        raise NotFound(f"There is no entity “{id[:200]}” to show.")
    return held.index.entities[number]


@router.options(PATH, include_in_schema=False)
@router.options(f"{PATH}/{{path:path}}", include_in_schema=False)
async def preflight(path: str = "") -> Response:
    """Let scripts of any site ask with a body of JSON (Fetch Standard, 3.2.2)."""
    response = Response(status_code=204)
    share(response)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept-Language"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
