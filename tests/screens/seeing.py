"""A page in a real browser, and what must hold of each: it stays here, and nothing complains."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.api.serving import Served

WIDTHS = (1440, 768, 360)
"""A desk, a tablet, a phone: pixels of CSS."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
"""Of Chromium: WebGL is drawn by the processor where there is nothing else."""

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_ANSWERED_WITH_AN_ERROR = "Failed to load resource: the server responded with a status of"


@dataclass
class Watched:
    """What a page asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Write down what the page does from now on."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith(_ANSWERED_WITH_AN_ERROR)
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(message.text)

    @property
    def abroad(self) -> list[str]:
        """The requests that left this machine."""
        here = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(here)]


@contextmanager
def watched_page(
    browser: Browser, width: int = 1440, scheme: Scheme = "light", scripts: bool = True
) -> Iterator[Page]:
    """Open an empty page; at its end no request has left and nothing has gone wrong in it."""
    with browser.new_context(
        viewport={"width": width, "height": 900 if width > 700 else 780},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        watched = Watched()
        watched.follow(page)
        yield page
        assert watched.abroad == []
        assert watched.complaints == []


def wait_until_counted(server: Served, patience: float = 60.0) -> None:
    """Wait until the server knows how much it holds, which its pages tell and offer."""
    deadline = time.monotonic() + patience
    while 'class="figures"' not in httpx.get(server.address).text:
        assert time.monotonic() < deadline, f"nothing was counted in {patience:g} seconds"


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe objects to, of any weight: the rule, its weight, and the first element."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(one["id"], one["impact"], one["nodes"][0]["html"][:300]) for one in found]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 where it fits."""
    wider: int = page.evaluate(_WIDER)
    return max(wider, 0)
