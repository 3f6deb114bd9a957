"""The addresses of the screens: a table, a line a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from api.linked_data.language import LANGUAGES
from api.linked_data.replies import language_of
from api.pages import page
from api.screens.built import built

SCREENS = ("query", "explore", "situation", "compare")
"""Their names: in the address, of the template, of the script and of the words."""

router = APIRouter(include_in_schema=False)


def show_screen(request: Request, name: str) -> Response:
    """The page of a screen in the reader's language."""
    language = language_of(request)
    response = page(
        f"screens/{name}.html",
        screen=name,
        root=str(request.scope.get("root_path", "")),
        language=language,
        languages=LANGUAGES,
        say=language.say,
        built=built,
        version=request.app.state.engine.version,
        parameters=request.query_params,
    )
    response.headers["Content-Language"] = language.tag
    response.headers["Vary"] = "Accept-Language"
    return response


def _screen(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        return show_screen(request, name)

    return show


for _name in SCREENS:
    router.add_api_route(f"/{_name}", _screen(_name), methods=["GET", "HEAD"], name=_name)
