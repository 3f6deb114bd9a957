"""The versions over HTTP: their list, one of them, and what two of them differ in."""

from __future__ import annotations

import asyncio
import json
import sys
from bisect import bisect_right
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import StreamingResponse

from api.addresses import base_of
from api.frame import framed_page
from api.headers import read_field, share
from api.negotiation import prefers_html, read_accept
from graph.engine.child import environment
from graph.engine.versions import Version, Versions
from graph.errors import LimitReached, NotAcceptable, NotFound
from graph.writing.difference import FORMS
from graph.writing.log import written

router = APIRouter(tags=["versions"])

Number = Annotated[int, Path(ge=1, le=999_999_999, description="The number of a version.")]
_MOST_AT_ONCE = 2
_READ_AT_ONCE = 64 * 1024
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}


class Archive:
    """The versions of a home, as the server knows them.

    ``seconds``: so long the difference of two versions may take.
    """

    def __init__(self, versions: Versions, seconds: float = 300.0) -> None:
        self.versions = versions
        self.seconds = seconds
        self.places = asyncio.Semaphore(_MOST_AT_ONCE)
        self._known: dict[int, Version] = {}

    def all(self) -> tuple[Version, ...]:
        """Those that are published now, oldest first; each is read once, since none changes."""
        numbers = self.versions.numbers()
        for number in numbers:
            if number not in self._known:
                try:
                    self._known[number] = self.versions.get(number)
                except NotFound:
                    continue  # deleted by rule between the list and this
        self._known = {number: self._known[number] for number in numbers if number in self._known}
        return tuple(self._known.values())

    def get(self, number: int) -> Version:
        """One version. Raises NotFound."""
        return self.versions.get(number)

    def at(self, moment: datetime) -> Version:
        """The version that was current at a moment; before the first, the first (RFC 7089, 4.5.3).

        Raises NotFound where there is none at all.
        """
        known = self.all()
        if not known:
            raise NotFound("No version is published yet.")
        created = [datetime.fromisoformat(version.created) for version in known]
        return known[max(bisect_right(created, moment) - 1, 0)]


@router.get("/versions", summary="The versions of the graph, newest first")
async def list_versions(request: Request) -> Response:
    """List them: number, time, reason, the version each rests on, quads, and where to ask it."""
    base = base_of(request)
    known = reversed(await asyncio.to_thread(_archive(request).all))
    shown = [described(version, base) for version in known]
    if prefers_html(read_field(request.scope, b"accept")):
        return framed_page(request.scope, "versions.html", versions=shown)
    return _json({"versions": shown})


@router.get(
    "/versions/{number}",
    summary="A version of the graph",
    responses={404: {"description": "There is no such version.", **_PROBLEM}},
)
async def show_version(request: Request, number: Number) -> Response:
    """Describe a version, and the writes that it was published for."""
    version = _archive(request).get(number)
    public = ("id", "at", "who", "kind", "graph", "added", "removed")
    writes = [{name: entry[name] for name in public if name in entry} for entry in written(version)]
    return _json(described(version, base_of(request)) | {"writes": writes})


@router.get(
    "/versions/{old}/diff/{new}",
    summary="What the new version removed from the old one, and added",
    responses={
        200: {"content": {form: {"schema": {"type": "string"}} for form in FORMS}},
        404: {"description": "There is no such version.", **_PROBLEM},
        406: {"description": "In neither of the two formats.", **_PROBLEM},
        503: {"description": "Too many differences are being taken.", **_PROBLEM},
    },
)
async def difference(request: Request, old: Number, new: Number) -> Response:
    """Give an RDF Patch, or TriG with a graph of what was removed and one of what was added."""
    archive = _archive(request)
    form = _form(read_field(request.scope, b"accept"))
    stores = {"old": str(archive.get(old).store), "new": str(archive.get(new).store)}
    if archive.places.locked():
        raise LimitReached("Other differences are being taken: try again in a moment.", 5)
    lines = _difference(archive, json.dumps({**stores, "form": form}))
    response = StreamingResponse(lines, media_type=form)
    share(response)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


async def _difference(archive: Archive, settings: str) -> AsyncIterator[bytes]:
    """What the process writes; it is ended when its client is gone or its time is up."""
    async with archive.places:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "graph.writing.difference", settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            env=environment(),
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(archive.seconds):
                while chunk := await process.stdout.read(_READ_AT_ONCE):
                    yield chunk
            if await process.wait() != 0:
                raise LimitReached("The difference could not be taken to its end.")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def described(version: Version, base: str) -> dict[str, Any]:
    """What is said of a version, with addresses to go on from."""
    facts = version.facts
    said: dict[str, Any] = {
        "version": version.number,
        "created": version.created,
        "reason": version.reason,
        "parent": version.parent,
        "quads": version.quads,
        "writes": len(written(version)),
        "restores": facts.get("restores"),
        "links": {
            "self": f"{base}versions/{version.number}",
            "sparql": f"{base}sparql?version={version.number}",
        },
    }
    if version.parent is not None:
        links = said["links"]
        links["diff"] = f"{base}versions/{version.parent}/diff/{version.number}"
    return {name: value for name, value in said.items() if value is not None}


def _archive(request: Request) -> Archive:
    archive: Archive | None = request.app.state.archive
    if archive is None:
        raise NotFound("This server keeps no versions.")
    return archive


def _json(document: dict[str, Any]) -> Response:
    response = Response(json.dumps(document, ensure_ascii=False), media_type="application/json")
    share(response)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _form(accept: str | None) -> str:
    ranges = sorted(read_accept(accept or "*/*"), key=lambda each: (-each.quality, each.position))
    for each in ranges:
        for form in FORMS:
            if each.quality > 0 and each.covers(form):
                return form
    raise NotAcceptable(f"A difference can be had as {' or '.join(FORMS)}.")
