"""The pages in a real browser: nothing serious for axe, nothing wider than the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.serving import Served
from tests.linked_data.test_hostile import PAGES as HOSTILE_PAGES

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PAGES = (
    "/page/event/2026-01-24-assault",
    "/page/event/2026-01-abu-dhabi-talks",
    "/page/actor/russia?lang=uk",
    "/page/region/ukraine",
    "/page/quantity/2026-01-24-drones",
    "/page/claim/2026-01-24-kyiv-kharkiv/energy-targeted",
    "/page/article/2026-01-24-kyiv-kharkiv",
    "/page/scheme/modality",
    "/page/version/1",
    "/ontology",
    "/ontology/Attack",
    "/shapes/Attack",
    "/alignment/prov",
    "/browse",
    "/browse/Event",
)
WIDTHS = {"desktop": 1280, "phone": 360}
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(params=list(WIDTHS.values()), ids=list(WIDTHS))
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(viewport={"width": request.param, "height": 800}) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(site: Served, page: Page, path: str) -> None:
    page.goto(site.address + path)

    found = Axe().run(page).response["violations"]

    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_window_and_asks_nobody_else(site: Served, page: Page, path: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site.address + path)

    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    assert [url for url in asked if not url.startswith(site.address)] == []
    assert complaints == []


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_hostile_texts_do_nothing(hostile: Served, page: Page, path: str) -> None:
    page.goto(hostile.address + path)

    assert page.title() != "owned"
    assert page.locator("main h1").count() == 1


def test_without_scripts_one_gets_from_an_event_to_the_words(
    site: Served, browser: Browser
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/browse")
        page.get_by_role("link", name="attack", exact=True).click()
        page.get_by_role("link", name="Strike on Kyiv, 24 January 2026").click()
        harm = page.locator("section[aria-labelledby=harm] .bundle", has_text="four injuries")
        harm.locator("a.self[href$=injured-in-kyiv]").first.click()
        page.get_by_role("link", name="in the text").click()

        assert page.url.endswith("/page/article/2026-01-24-kyiv-kharkiv#claim-injured-in-kyiv")
        assert page.locator("#claim-injured-in-kyiv").is_visible()


def test_the_keyboard_goes_to_the_content_first(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/page/event/2026-01-24-kyiv-strike")

    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_sources_of_a_reference_open_without_scripts(site: Served, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/page/actor/russia")
        first = page.locator("section.references details").first

        first.locator("summary").click()

        assert first.locator("blockquote").first.is_visible()
