"""The longest frame while the views of large answers are scrolled, sorted, brushed and moved.

Run: ``python -m benchmarks.views_frames [--home HOME]``. Chromium draws without a graphics
processor, so WebGL is worked out by the processor too. A frame is the time between two calls of
requestAnimationFrame; beside it stands the processor time of the page's own thread, which does not
depend on what else the machine does. All answers are synthetic and come from queries that need no
data. Figures are appended to benchmarks/results.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from benchmarks.browsing import browsing
from benchmarks.machine import described
from benchmarks.results import append
from tests.screens.synthetic import ask

HERE = Path(__file__).parent
ROWS = HERE.parent / "tests" / "screens" / "data" / "hundred-thousand.rq"
PLACES = HERE / "views" / "places.rq"
LINKS = HERE / "views" / "links.rq"
_WATCH = """() => {
  const frames = [];
  let last = performance.now();
  let on = true;
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    if (on) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  window.endOfFrames = () => {
    on = false;
    return frames.slice(1).sort((a, b) => a - b);
  };
}"""
_REST = 800
"""Milliseconds after the last movement in which what follows from it is still drawn."""


class Bench:
    """A page whose frames are watched while something is done in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.devtools: CDPSession = page.context.new_cdp_session(page)
        self.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def watch(self, answer: str, what: str, act: Callable[[], None]) -> None:
        """Do something and append its frames to the results."""
        before = self._busy()
        self.page.evaluate(_WATCH)
        act()
        self.page.wait_for_timeout(_REST)
        frames: list[float] = self.page.evaluate("window.endOfFrames()")
        busy = self._busy() - before
        append(
            "Frames of the views",
            (
                "Answer",
                "What is done",
                "Frames",
                "Median ms",
                "Longest ms",
                "Page’s processor ms",
                "Load average",
                "Machine",
            ),
            (
                answer,
                what,
                str(len(frames)),
                f"{frames[len(frames) // 2]:.0f}",
                f"{frames[-1]:.0f}",
                f"{1000 * busy:.0f}",
                f"{os.getloadavg()[0]:.1f}",
                described(),
            ),
        )

    def _busy(self) -> float:
        metrics: list[dict[str, Any]] = self.devtools.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")

    def drag(self, selector: str, right: int, down: int) -> None:
        """Drag from a third of an element's width by so many pixels, in 40 steps."""
        element = self.page.locator(selector)
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for step in range(1, 41):
            self.page.mouse.move(x + right * step / 40, y + down * step / 40)
            self.page.wait_for_timeout(16)
        self.page.mouse.up()

    def wheel(self, selector: str, by: int) -> None:
        """Turn the wheel 30 times over an element."""
        self.page.locator(selector).hover()
        for _ in range(30):
            self.page.mouse.wheel(0, by)
            self.page.wait_for_timeout(16)


def table(bench: Bench, address: str) -> None:
    page, answer = bench.page, "100,000 rows"
    ask(page, address, ROWS.read_text("utf-8"), "table")
    filtering = page.get_by_role("searchbox", name="Filter rows")
    bench.watch(answer, "scroll", lambda: bench.wheel(".grid", 2000))
    headings = page.get_by_role("columnheader")
    bench.watch(answer, "sort by text", headings.nth(0).click)
    bench.watch(answer, "sort by number", headings.last.click)
    bench.watch(answer, "filter", lambda: filtering.fill("negotiation 77"))


def places(bench: Bench, address: str) -> None:
    answer = "50,000 places"
    ask(bench.page, address, PLACES.read_text("utf-8"), "map", "timeline")
    bench.page.wait_for_timeout(2000)
    bench.watch(answer, "move the map", lambda: bench.drag(".map-stage", 160, 60))
    bench.watch(answer, "zoom the map", lambda: bench.wheel(".map-stage", -60))
    bench.watch(answer, "brush the timeline", lambda: bench.drag(".timeline-overview", 200, 0))


def network(bench: Bench, address: str) -> None:
    page, answer = bench.page, "10,000 nodes, 20,000 links"
    ask(page, address, LINKS.read_text("utf-8"), "network")
    page.wait_for_timeout(2000)
    everything = page.get_by_role("button", name="Show all 10,000 nodes")
    bench.watch(answer, "show all", everything.click)
    bench.watch(answer, "lay out, 5 s", lambda: page.wait_for_timeout(5000))
    page.get_by_role("button", name="Stop arranging").click()
    page.wait_for_timeout(1000)
    bench.watch(answer, "move", lambda: bench.drag(".network-stage", 200, 60))
    bench.watch(answer, "zoom", lambda: bench.wheel(".network-stage", -60))


def main() -> None:
    with browsing(__doc__ or "") as (server, browser):
        for measure in (table, places, network):
            with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
                measure(Bench(context.new_page()), server.address)


if __name__ == "__main__":
    main()
