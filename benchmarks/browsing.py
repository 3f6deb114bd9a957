"""A server of the graph and a Chromium to look at it with, for what is measured in a browser."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from api.settings import Settings
from graph.build import build
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from tests.api.serving import Served, serving
from tests.screens.seeing import ARGUMENTS


@contextmanager
def browsing(description: str) -> Iterator[tuple[Served, Browser]]:
    """Serve the graph of ``--home``, or the shipped one, and open a browser.

    Ends the program with a sentence where Chromium is not installed.
    """
    parser = argparse.ArgumentParser(description=description.split("\n", 1)[0])
    parser.add_argument("--home", type=Path, help="a home with a graph")
    home = parser.parse_args().home
    chromium = shutil.which("chromium")
    if chromium is None:
        parser.error("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as folder:
        if home is None:
            home = Path(folder)
            build(home)
        with (
            serving(Pool(Versions(home), workers=2), Settings()) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            yield server, browser
            browser.close()
