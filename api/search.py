"""Full-text search over HTTP: entities by the words of their labels, quotes and texts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Protocol, runtime_checkable

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.frame import frame_of
from api.headers import read_field, share
from api.kinds import kind_of
from api.linked_data.addresses import Addresses
from api.linked_data.replies import addresses_of
from api.negotiation import prefers_html
from api.search_page import show_found
from graph.engine.versions import Version
from graph.errors import InvalidInput, NotFound
from graph.search.index import Found, Search, find

router = APIRouter(tags=["search"])

_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_LONGEST = 500
_MOST = 1_000
_TAG = "^[A-Za-z0-9-]*$"


@runtime_checkable
class VersionedEngine(Protocol):
    """An engine over versions that lie on this machine."""

    @property
    def version(self) -> int:
        """The number of the version that is served."""
        ...

    def published(self, number: int) -> Version:
        """One of the versions. Raises NotFound."""
        ...


class Hit(BaseModel):
    """An entity that was found, and the text that it was found by."""

    id: str
    """Its IRI."""
    label: str
    classes: list[str]
    """The IRIs of its classes, those above them among them."""
    property: str
    """Which property of the entity has the text: label, altLabel, quote and so on."""
    language: str
    """The text's; empty where it is not said."""
    snippet: str
    """The text, or the part of it around the words."""
    marks: list[tuple[int, int]]
    """From where to where in the snippet the words stand, in characters from 0."""
    page: str
    """Where a person reads about it: its page on this server, or its IRI where it has none."""
    kind: str
    """Its narrowest class in words, in the language of the labels; empty where it is not known."""
    score: float
    """Higher is better; scores compare within one answer only."""


class Hits(BaseModel):
    """What was found, the best first."""

    version: int
    results: list[Hit]


@router.get(
    "/search",
    summary="Entities by words",
    response_model=Hits,
    responses={
        400: {"description": "There is no word to search for.", **_PROBLEM},
        404: {"description": "No such version, or no search on this server.", **_PROBLEM},
        503: {"description": "The index is being made, or time is over.", **_PROBLEM},
    },
)
async def search(
    request: Request,
    response: Response,
    q: Annotated[
        str, Query(max_length=_LONGEST, description="Words; the last may be incomplete.")
    ] = "",
    lang: Annotated[
        str, Query(max_length=35, pattern=_TAG, description="A language tag: uk, en.")
    ] = "",
    labels: Annotated[
        str, Query(max_length=35, pattern=_TAG, description="The labels' language; else lang.")
    ] = "",
    class_: Annotated[
        str, Query(alias="class", max_length=_LONGEST, description="The IRI of a class.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST, description="How many, at most.")] = 20,
    offset: Annotated[int, Query(ge=0, le=_MOST, description="How many to pass over.")] = 0,
    version: Annotated[
        int | None, Query(ge=1, lt=10**9, description="A version's number; else the newest.")
    ] = None,
) -> Hits | Response:
    """Find entities whose label, other name, quote, content or text has all the words.

    Case and accents make no difference, and words may be incomplete at their end. Where no text has
    all the words, texts with any of them are found. A browser gets a page, on which ``lang`` is the
    language of the page and texts in all languages are found.
    """
    asked = Search(q, lang, class_, limit, offset, labels)
    if prefers_html(read_field(request.scope, b"accept")):
        return await _page(request, asked, version)
    number, found = await _find(request, asked, version)
    share(response)
    tongue, addresses = labels or lang or "en", addresses_of(request)
    return Hits(version=number, results=[_hit(each, tongue, addresses) for each in found])


async def _page(request: Request, asked: Search, version: int | None) -> Response:
    """The answer as a page, with one more than are shown looked for, to know whether it goes on."""
    tongue = frame_of(request.scope).language.tag
    wanted = replace(asked, language="", labels=tongue, limit=asked.limit + 1)
    if not asked.words.strip():
        return show_found(request, wanted, (), "")
    try:
        _, found = await _find(request, wanted, version)
    except InvalidInput as error:
        return show_found(request, wanted, (), str(error))
    return show_found(request, wanted, found, "")


async def _find(
    request: Request, asked: Search, version: int | None
) -> tuple[int, tuple[Found, ...]]:
    engine = request.app.state.engine
    if not isinstance(engine, VersionedEngine):
        raise NotFound("This server has no search: its graph lies in an engine elsewhere.")
    number = version or engine.version
    folder = engine.published(number).folder
    return number, await asyncio.to_thread(find, folder, asked)


def _hit(found: Found, language: str, addresses: Addresses) -> Hit:
    return Hit(
        id=found.iri,
        label=found.label,
        classes=list(found.classes),
        property=found.property,
        language=found.language,
        snippet=found.passage.text,
        marks=list(found.passage.marks),
        page=addresses.local(found.iri) or found.iri,
        kind=kind_of(found.classes, language),
        score=found.score,
    )
