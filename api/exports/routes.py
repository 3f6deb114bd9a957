"""``/exports``: what the graph can be exported to, and the exports themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Annotated, Protocol, runtime_checkable

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from api.addresses import base_of
from api.delivery import ConnectedClient, deliver
from api.exports.asked import read_asked
from api.exports.process import Exports
from api.frame import framed_page
from api.headers import read_field, share
from api.linked_data.replies import release
from api.negotiation import prefers_html, with_charset
from api.validators import briefly, holds
from graph.engine.question import Answer, Engine, Limits
from graph.engine.versions import Version
from graph.errors import InvalidInput, NotFound
from graph.export import EXPORTS, Export, NetworkExport, TreeExport, find_export
from graph.exporting import ABOUT, DEFAULT_MODE, Order, View
from graph.networks import MODES
from graph.networks.asked import Asked
from graph.networks.neighbourhood import DEPTHS, Neighbourhood
from graph.networks.reported import HAPPENED, TIMES
from graph.parameters import TYPES, Parameter

router = APIRouter(tags=["exports"])
LANGUAGE = Parameter("language", TYPES["language"], "The language of labels.", "en")
_MOST_BYTES = Limits().memory_bytes
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}


class ShownExport(BaseModel):
    """A format, and where the whole graph is in it."""

    name: str
    media_type: str
    suffix: str
    holds: str
    read_by: list[str]
    loses: str
    takes_network: bool
    """Whether it takes the parameters of a network."""
    href: str


class ShownMode(BaseModel):
    """A way to see the graph as a network."""

    name: str
    title: str


class ExportList(BaseModel):
    """The formats and the networks."""

    formats: list[ShownExport]
    networks: list[ShownMode]


@router.get("/exports", summary="What the graph can be exported to", response_model=ExportList)
async def list_exports(request: Request) -> Response:
    """List the formats, what each holds, who reads it and what it loses."""
    base = base_of(request)
    listed = ExportList(
        formats=[_shown(export, base) for export in EXPORTS.values()],
        networks=[ShownMode(name=mode.name, title=mode.title) for mode in MODES.values()],
    )
    if prefers_html(read_field(request.scope, b"accept")):
        return framed_page(
            request.scope, "exports.html", formats=listed.formats, networks=listed.networks
        )
    response = Response(listed.model_dump_json(), media_type="application/json")
    share(response)
    return response


@router.head("/exports", include_in_schema=False)
async def head_of_list(request: Request) -> Response:
    """The list's fields."""
    return await list_exports(request)


def _shown(export: Export, base: str) -> ShownExport:
    return ShownExport(
        name=export.name,
        media_type=export.media_type,
        suffix=export.suffix,
        holds=export.takes,
        read_by=list(export.read_by),
        loses=export.loses,
        takes_network=isinstance(export, NetworkExport),
        href=f"{base}exports/{export.name}",
    )


@router.api_route(
    "/exports/{format}",
    methods=["GET"],
    summary="The graph, or a network taken from it, as a file",
    response_class=Response,
    responses={
        200: {"description": "The file, in the format of its name.", "content": {"*/*": {}}},
        304: {"description": "The client has it already."},
        400: {"description": "A parameter is wrong.", **_PROBLEM},
        404: {"description": "There is no such format, version or entity.", **_PROBLEM},
        503: {"description": "Too many exports at once, or one that is too large.", **_PROBLEM},
    },
)
async def export(
    request: Request,
    format: Annotated[str, Path(description=f"One of {', '.join(EXPORTS)}.")],
    network: Annotated[
        str | None, Query(description=f"Which network: {' or '.join(MODES)}.")
    ] = None,
    about: Annotated[
        str | None, Query(description="Only what is near to this entity: region:kyiv or an IRI.")
    ] = None,
    depth: Annotated[
        int, Query(ge=DEPTHS[0], le=DEPTHS[-1], description="So many edges away from it.")
    ] = 1,
    language: Annotated[
        str, Query(description="The language of a network's labels; else English.")
    ] = "en",
    time: Annotated[
        str, Query(description=f"Whose time a network has: {' or '.join(TIMES)}.")
    ] = HAPPENED,
    query: Annotated[
        str | None,
        Query(
            description="The answer to a query in place of the graph: a SELECT with ?source and"
            " ?target, or with ?node, for a network; a CONSTRUCT or DESCRIBE for a format of RDF."
        ),
    ] = None,
    canned: Annotated[
        str | None,
        Query(description="The same with a canned query; its parameters stand beside it."),
    ] = None,
    version: Annotated[int | None, Query(ge=1, description="The number of a version.")] = None,
) -> Response:
    """Write an export while it is sent; a client that goes away ends it."""
    chosen = find_export(format)
    asked = read_asked(query, canned, request.query_params.multi_items())
    view = _view(chosen, network, about, depth, language, time, asked)
    held = _published(request.app.state.engine, version)
    name = _filename(held, chosen, view)
    fields = {"Content-Disposition": f'attachment; filename="{name}"'}
    if asked is None:
        tag = _tag(held, chosen, view)
        if holds(read_field(request.scope, b"if-none-match"), tag):
            return Response(status_code=304, headers={"ETag": tag})
        kept = briefly(request.app.state.settings.max_age).decode()
        fields |= {"ETag": tag, "Cache-Control": kept}
    order = Order(str(held.store), chosen.name, view, _MOST_BYTES)
    return Streamed(order, chosen.media_type, held.number, fields)


@runtime_checkable
class Published(Protocol):
    """An engine over published versions."""

    def published(self, number: int) -> Version:
        """One version. Raises NotFound."""
        ...


def _published(engine: Engine, number: int | None) -> Version:
    wanted = engine.version if number is None else number
    if not isinstance(engine, Published):
        raise NotFound(f"There is no version {wanted} to export.")
    return engine.published(wanted)


class Streamed(Response):
    """An export as a response; it is begun when it is sent."""

    def __init__(
        self, order: Order, media_type: str, version: int, fields: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._order = order
        self._content_type = with_charset(media_type)
        self._version = version
        self._fields = [(name.lower().encode(), text.encode()) for name, text in fields.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises what the writing raises before the first byte."""
        exports: Exports = scope["app"].state.exports
        async with ConnectedClient(receive):
            written = await exports.begin(self._order)
            answer = Answer("", self._version, written)
            await deliver(answer, self._content_type, send, self._fields)


def _view(
    export: Export,
    network: str | None,
    about: str | None,
    depth: int,
    language: str,
    time: str,
    asked: Asked | None,
) -> View:
    if asked is not None:
        _check_takes(export, network)
        return View("query", LANGUAGE.term(language).value, None, time, asked)
    if not isinstance(export, NetworkExport):
        if network is not None or about is not None or time != HAPPENED:
            raise InvalidInput(
                f"The format {export.name} is of the whole graph and takes no network. What is"
                " known of one entity is a document under its own address."
            )
        return View()
    mode = network or DEFAULT_MODE
    if mode not in MODES:
        raise InvalidInput(f"There is no network “{mode[:50]}”. Use {' or '.join(MODES)}.")
    place = Neighbourhood(ABOUT.term(about).value, depth) if about else None
    return View(mode, LANGUAGE.term(language).value, place, time)


def _check_takes(export: Export, network: str | None) -> None:
    if isinstance(export, TreeExport):
        raise InvalidInput(f"The format {export.name} is of the whole graph and takes no query.")
    if network is not None:
        raise InvalidInput("A query's answer is the network: leave out “network”, or the query.")


def _tag(version: Version, export: Export, view: View) -> str:
    parts = f"{version.number} of {version.created}, {release()}, {export.name}, {view!r}"
    return f'"{blake2b(parts.encode(), digest_size=16).hexdigest()}"'


def _filename(version: Version, export: Export, view: View) -> str:
    """A name to save the file under, in letters that every system takes."""
    part = view.mode if isinstance(export, NetworkExport) else "graph"
    if view.asked is not None:
        part = view.asked.name
    around = (
        re.sub(r"[^A-Za-z0-9-]+", "-", view.place.about.rpartition("/")[2]) if view.place else ""
    )
    named = "-".join(filter(None, ("polemos", part, around, f"v{version.number}")))
    return f"{named}.{export.suffix}"
