"""The addresses of the screens: a table, a line a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from api.frame import framed_page

SCREENS = ("query", "explore", "situation", "compare")
"""Their names: in the address, of the template, of the script and of the words."""

router = APIRouter(include_in_schema=False)


def show_screen(request: Request, name: str) -> Response:
    """The page of a screen in the reader's language."""
    return framed_page(
        request.scope,
        f"screens/{name}.html",
        screen=name,
        version=request.app.state.engine.version,
        parameters=request.query_params,
    )


def _screen(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        return show_screen(request, name)

    return show


for _name in SCREENS:
    router.add_api_route(f"/{_name}", _screen(_name), methods=["GET", "HEAD"], name=_name)
