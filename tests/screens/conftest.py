from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS
from tests.api.serving import Served, serving
from tests.linked_data.conftest import HOSTILE
from tests.screens.contested import contested_site
from tests.screens.seeing import ARGUMENTS, Scheme, wait_until_counted, watched_page

CHROMIUM = shutil.which("chromium")
HERE = Path(__file__).parent


# Of a module and no more: playwright's loop runs as long as it lives, and tests elsewhere have
# loops of their own. (A folder without __init__.py is no package: that scope is the session's.)
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed: the tests of the screens need it.")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def width() -> int:
    """The width of the window; a test that names `width` among its parameters sets it."""
    return 1440


@pytest.fixture
def scheme() -> Scheme:
    """Light or dark, as the reader's system has it; to be set like the width."""
    return "light"


@pytest.fixture
def page(browser: Browser, width: int, scheme: Scheme) -> Iterator[Page]:
    """A page that asks nobody elsewhere and complains of nothing; else the test fails."""
    with watched_page(browser, width, scheme) as page:
        yield page


@pytest.fixture
def plain_page(browser: Browser, width: int, scheme: Scheme) -> Iterator[Page]:
    """The same in a browser without JavaScript."""
    with watched_page(browser, width, scheme, scripts=False) as page:
        yield page


@pytest.fixture(scope="package")
def site(built_home: Path) -> Iterator[Served]:
    """The shipped graph, built and served, with its figures counted."""
    versions = Versions(built_home)
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        wait_until_counted(server)
        yield server


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph whose texts try to leave their place, with a place on the map and a day."""
    versions = Versions(tmp_path_factory.mktemp("hostile"))
    with versions.draft() as draft:
        for file in (HOSTILE, HERE / "data" / "hostile.trig"):
            draft.load(file, RDF_FORMATS["trig"])
        draft.publish("texts that try to leave their place")
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server


@pytest.fixture(scope="package")
def contested(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph whose sources differ."""
    with contested_site(built_home, tmp_path_factory.mktemp("contested")) as server:
        yield server
