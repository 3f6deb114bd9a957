"""How soon each screen shows something, and how much script it loads, in Chromium on this machine.

Run: ``python -m benchmarks.front_end [--home HOME]``. It serves the graph of HOME, or the shipped
one built in a temporary folder, opens each screen five times without anything kept, and appends the
median of the first contentful paint (Paint Timing, section 4.1.2), of the load event, and the bytes
that came over the network to benchmarks/results.md.
"""

from __future__ import annotations

import os
import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.browsing import browsing
from benchmarks.machine import described
from benchmarks.results import append
from tests.screens.seeing import wait_until_counted

SCREENS = {
    "home": "/",
    "search": "/search?q=kyiv",
    "query": "/query",
    "explore": "/explore?entity=actor:russia",
    "situation": "/situation",
    "compare": "/compare?event=event:2026-01-24-kyiv-strike",
    "article": "/page/article/2026-01-24-kyiv-kharkiv",
}
TIMES = 5
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_LOAD = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_BYTES = """ending => performance.getEntriesByType('resource')
  .filter(each => new URL(each.name).pathname.endsWith(ending))
  .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd > 0"


@dataclass(frozen=True)
class Opened:
    """One opening of a screen: milliseconds, and bytes as sent."""

    paint: float
    load: float
    script: int
    style: int


def open_screen(browser: Browser, address: str) -> Opened:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.wait_for_function(_LOADED)
        return Opened(
            page.evaluate(_PAINT),
            page.evaluate(_LOAD),
            page.evaluate(_BYTES, ".js"),
            page.evaluate(_BYTES, ".css"),
        )


def measure(browser: Browser, name: str, address: str) -> None:
    opened = [open_screen(browser, address) for _ in range(TIMES)]
    paints = [each.paint for each in opened]
    append(
        "Screens of the front end",
        (
            "Screen",
            "First paint, ms",
            "Slowest, ms",
            "Load, ms",
            "Script KB",
            "Style KB",
            "Load average",
            "Machine",
        ),
        (
            name,
            f"{statistics.median(paints):.0f}",
            f"{max(paints):.0f}",
            f"{statistics.median(each.load for each in opened):.0f}",
            f"{opened[-1].script / 1000:.1f}",
            f"{opened[-1].style / 1000:.1f}",
            f"{os.getloadavg()[0]:.1f}",
            described(),
        ),
    )


def main() -> None:
    with browsing(__doc__ or "") as (server, browser):
        wait_until_counted(server)
        for name, path in SCREENS.items():
            measure(browser, name, server.address + path)


if __name__ == "__main__":
    main()
