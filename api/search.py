"""Full-text search over HTTP: entities by the words of their labels, quotes and texts."""

from __future__ import annotations

import asyncio
from typing import Annotated, Protocol, runtime_checkable

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.headers import share
from graph.engine.versions import Version
from graph.errors import NotFound
from graph.search.index import Found, Search, find

router = APIRouter(tags=["search"])

_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_LONGEST = 500
_MOST = 1_000


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
    score: float
    """Higher is better; scores compare within one answer only."""


class Hits(BaseModel):
    """What was found, the best first."""

    version: int
    results: list[Hit]


@router.get(
    "/search",
    summary="Entities by words",
    responses={
        400: {"description": "There is no word to search for.", **_PROBLEM},
        404: {"description": "No such version, or no search on this server.", **_PROBLEM},
        503: {"description": "The index is being made, or time is over.", **_PROBLEM},
    },
)
async def search(
    request: Request,
    response: Response,
    q: Annotated[str, Query(max_length=_LONGEST, description="Words; the last may be incomplete.")],
    lang: Annotated[
        str, Query(max_length=35, pattern="^[A-Za-z0-9-]*$", description="A language tag: uk, en.")
    ] = "",
    class_: Annotated[
        str, Query(alias="class", max_length=_LONGEST, description="The IRI of a class.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST, description="How many, at most.")] = 20,
    version: Annotated[
        int | None, Query(ge=1, lt=10**9, description="A version's number; else the newest.")
    ] = None,
) -> Hits:
    """Find entities whose label, other name, quote, content or text has all the words.

    Case and accents make no difference, and words may be incomplete at their end. Where no text has
    all the words, texts with any of them are found.
    """
    engine = request.app.state.engine
    if not isinstance(engine, VersionedEngine):
        raise NotFound("This server has no search: its graph lies in an engine elsewhere.")
    number = version or engine.version
    folder = engine.published(number).folder
    found = await asyncio.to_thread(find, folder, Search(q, lang, class_, limit))
    share(response)
    return Hits(version=number, results=[_hit(each) for each in found])


def _hit(found: Found) -> Hit:
    return Hit(
        id=found.iri,
        label=found.label,
        classes=list(found.classes),
        property=found.property,
        language=found.language,
        snippet=found.passage.text,
        marks=list(found.passage.marks),
        score=found.score,
    )
