"""The addresses of the screens: a table, a line a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from api.frame import framed_page
from api.screens.compare import compare_page
from api.screens.explore import explore_page
from api.screens.query import query_page
from api.screens.situation import situation_page

SCREENS = ("query", "explore", "situation", "compare")
"""Their names: in the address, of the template, of the script and of the words."""

Told = Callable[[Request], Awaitable[Mapping[str, Any]]]
MORE: Mapping[str, Told] = {
    "query": query_page,
    "explore": explore_page,
    "situation": situation_page,
    "compare": compare_page,
}
"""What the templates of some of them need to be told besides."""

router = APIRouter(include_in_schema=False)


async def _nothing(request: Request) -> Mapping[str, Any]:
    return {}


async def show_screen(request: Request, name: str) -> Response:
    """The page of a screen in the reader's language."""
    return framed_page(
        request.scope,
        f"screens/{name}.html",
        screen=name,
        version=request.app.state.engine.version,
        parameters=request.query_params,
        **await MORE.get(name, _nothing)(request),
    )


def _screen(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        return await show_screen(request, name)

    return show


for _name in SCREENS:
    router.add_api_route(f"/{_name}", _screen(_name), methods=["GET", "HEAD"], name=_name)
