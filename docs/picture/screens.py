"""Take docs/screens/*.png: the screens of the running program, in three widths.

Run from the root of the repository: ``python docs/picture/screens.py``. It builds the shipped graph
in a temporary folder, serves it on a port of this machine, and opens it in Chromium; what is shown
is what the program shows.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from api.canned.shown import body_of
from api.settings import Settings
from graph.build import build
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from graph.queries import find_query
from tests.api.serving import serving
from tests.screens.seeing import ARGUMENTS, wait_until_counted

FOLDER = Path(__file__).parents[1] / "screens"
HEIGHTS = {1440: 900, 768: 1024, 360: 780}
MOST_BYTES = 1_500_000


def _nothing(page: Page) -> None:
    """The screen as it opens."""


def _run(page: Page) -> None:
    """Wait for the answer of the query in the address."""
    page.locator(".view").first.wait_for()
    page.wait_for_timeout(2000)


@dataclass(frozen=True)
class Picture:
    """A screen, how it is shown, and what is done before it is taken."""

    name: str
    path: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    prepare: Callable[[Page], None] = _nothing


QUESTION = body_of(find_query("events-on-a-map").text)
ASKED = urlencode({"query": QUESTION, "view": "map,table"})
STRIKE = "event:2026-01-24-kyiv-strike"
PICTURES = (
    Picture("home", "/", 1440),
    Picture("home-phone", "/?lang=uk", 360, "dark"),
    Picture("query", f"/query?{ASKED}", 1440, prepare=_run),
    Picture("query-tablet", f"/query?{ASKED}", 768, "dark", _run),
    Picture("situation", "/situation", 1440),
    Picture("situation-phone", "/situation?lang=uk", 360),
    Picture("explore", "/explore?entity=actor:russia", 1440),
    Picture("compare", f"/compare?event={STRIKE}", 1440),
    Picture("compare-phone", f"/compare?event={STRIKE}", 360, "dark"),
    Picture("search", "/search?q=maternity+hosp", 768),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Open one screen and take its picture."""
    size = {"width": picture.width, "height": HEIGHTS[picture.width]}
    with browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # a TypedDict of these two
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto(address + picture.path, wait_until="networkidle")
        picture.prepare(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=FOLDER / f"{picture.name}.png")


def main() -> None:
    """Take all of them, and hold their size below the limit."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        build(Path(home))
        with (
            serving(Pool(Versions(Path(home)), workers=2), Settings()) as server,
            sync_playwright() as playwright,
        ):
            wait_until_counted(server)
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            for picture in PICTURES:
                take(browser, server.address, picture)
                print(picture.name)
            browser.close()
    size = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    if size > MOST_BYTES:
        sys.exit(f"The pictures have {size:,} bytes together; keep them below {MOST_BYTES:,}.")


if __name__ == "__main__":
    main()
