"""What every page has around its content: the reader's language, the navigation, the styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.responses import HTMLResponse
from starlette.types import Scope

from api.headers import read_field
from api.linked_data.language import LANGUAGES, Language, choose_language
from api.pages import page
from api.screens.built import built

NAVIGATION: Mapping[str, tuple[str, ...]] = {
    "navigation-work": ("/query", "/explore", "/situation", "/compare"),
    "navigation-read": ("/browse", "/browse/Article", "/queries", "/ontology", "/exports"),
}
"""The addresses that every page leads to, in the order shown; a line a group."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one answer. ``asked``: the parameters of the request."""

    root: str
    path: str
    asked: tuple[tuple[str, str], ...]
    language: Language

    def link(self, path: str, **parameters: str) -> str:
        """An address of this server that keeps the language the reader chose."""
        kept = {**parameters, "lang": self.language.tag} if self.language.chosen else parameters
        return f"{self.root}{path}" + (f"?{urlencode(kept)}" if kept else "")

    def spoken(self, tag: str) -> str:
        """This page in another language, with whatever else was asked."""
        others = [(name, value) for name, value in self.asked if name != "lang"]
        return f"?{urlencode([*others, ('lang', tag)])}"

    @property
    def here(self) -> str:
        """The entry of the navigation that this page belongs to, or nothing."""
        paths = [path for group in NAVIGATION.values() for path in group]
        within = [path for path in paths if f"{self.path}/".startswith(f"{path}/")]
        return max(within, key=len, default="")


def frame_of(scope: Scope) -> Frame:
    """The frame of the answer to a request."""
    root = str(scope.get("root_path", ""))
    query = scope.get("query_string", b"").decode("latin-1")
    asked = tuple(parse_qsl(query, keep_blank_values=True, errors="replace"))
    tongue = choose_language(dict(asked).get("lang"), read_field(scope, b"accept-language"))
    return Frame(root, str(scope["path"]).removeprefix(root), asked, tongue)


def framing(scope: Scope) -> dict[str, Any]:
    """What ``templates/layout.html`` needs to be told."""
    frame = frame_of(scope)
    return {
        "frame": frame,
        "navigation": NAVIGATION,
        "root": frame.root,
        "language": frame.language,
        "languages": LANGUAGES,
        "say": frame.language.say,
        "built": built,
    }


def framed_page(scope: Scope, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Fill a template that extends ``layout.html``, in the language of the reader."""
    framed = framing(scope)
    response = page(template, status, **(framed | context))
    response.headers["Content-Language"] = framed["language"].tag
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
