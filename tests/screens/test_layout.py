"""What every page keeps to: it fits, it stays here, axe has nothing to say, keys reach all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

SCREENS = ("/query", "/explore", "/situation", "/compare")
PAGES = (
    "/",
    "/?lang=uk",
    "/queries",
    "/queries/figures",
    "/exports",
    "/browse",
    "/ontology/Attack",
    "/page/event/2026-01-24-kyiv-strike",
    "/page/article/2026-01-24-kyiv-kharkiv",
    "/nothing-here",
)


@pytest.mark.parametrize("path", [*PAGES, *SCREENS])
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (768, "dark"), (360, "dark")])
def test_a_page_fits_its_window_and_axe_finds_nothing(site: Served, page: Page, path: str) -> None:
    page.goto(site.address + path)

    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("path", [*PAGES, *SCREENS])
def test_a_page_says_something_without_scripts(site: Served, plain_page: Page, path: str) -> None:
    plain_page.goto(site.address + path)

    expect(plain_page.locator("main h1")).to_have_count(1)
    assert len(plain_page.locator("main").inner_text()) > 40
    expect(plain_page.locator("header.site nav a")).to_have_count(9)
    expect(plain_page.get_by_role("button", name="Menu")).to_be_hidden()


@pytest.mark.parametrize("path", ["/browse", "/query"])
def test_the_keyboard_reaches_the_content_first(site: Served, page: Page, path: str) -> None:
    page.goto(site.address + path)

    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.locator("main :focus").count() == 1


def test_the_language_changes_and_the_rest_stays(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/search?q=kyiv&limit=3")

    page.get_by_role("link", name="Українська").click()

    expect(page).to_have_url(re.compile(r"\?q=kyiv&limit=3&lang=uk$"))
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    page.get_by_role("link", name="Огляд").click()
    expect(page).to_have_url(re.compile(r"/browse\?lang=uk$"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_that_were_chosen_are_remembered(site: Served, page: Page, scheme: str) -> None:
    page.goto(f"{site.address}/browse")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Dark colours").click()
    chosen = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{site.address}/ontology")

    assert chosen != before
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == chosen
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute(
        "aria-pressed", str(scheme == "light").lower()
    )
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [360])
def test_the_menu_of_a_phone_opens_and_closes(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/browse")
    link = page.get_by_role("link", name="Situation")
    expect(link).to_be_hidden()

    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")

    expect(link).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/browse")

    heights = page.locator("header.site a, header.site button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height).filter(Boolean)"
    )
    assert min(heights) >= 24


def test_on_paper_there_is_the_content_alone(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/page/event/2026-01-24-kyiv-strike")

    page.emulate_media(media="print")

    expect(page.locator("header.site")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_nothing_in_a_page_may_run_from_elsewhere(site: Served, page: Page) -> None:
    answer = page.goto(f"{site.address}/situation")

    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
