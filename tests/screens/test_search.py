"""Searching from the header of any page, and the page of what was found."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

STRIKE = "/page/event/2026-01-24-kyiv-strike"


@pytest.mark.parametrize(
    ("words", "language", "name"), [("kyiv", "en", "Kyiv"), ("київ", "uk", "Київ")]
)
def test_both_scripts_are_found_without_scripts(
    site: Served, plain_page: Page, words: str, language: str, name: str
) -> None:
    plain_page.goto(f"{site.address}/?lang={language}")
    field = plain_page.locator("header.site input[type=search]")

    field.fill(words)
    field.press("Enter")

    first = plain_page.locator(".found li").first
    expect(first.locator("h2 mark")).to_have_text(name)
    first.get_by_role("link").first.click()
    expect(plain_page).to_have_url(re.compile(rf"/page/region/kyiv(\?lang={language})?$"))


def test_a_quote_is_shown_with_its_words_marked(site: Served, plain_page: Page) -> None:
    plain_page.goto(f"{site.address}/search?q=maternity+hosp")

    quoted = plain_page.locator(".found .quoted").first
    assert quoted.locator("mark").all_text_contents() == ["maternity", "hospital"]


def test_a_kind_narrows_and_pages_go_on(site: Served, plain_page: Page) -> None:
    plain_page.goto(f"{site.address}/search?q=kyiv&limit=5")
    expect(plain_page.locator(".found li")).to_have_count(5)

    plain_page.get_by_role("link", name="Next").click()
    expect(plain_page.get_by_role("status")).to_contain_text("6 to 10")
    plain_page.get_by_label("Kind").select_option(label="attack")
    plain_page.locator("main").get_by_role("button", name="Search").click()

    expect(plain_page.locator(".found li")).to_have_count(1)
    expect(plain_page.locator(".found h2")).to_have_text("Strike on Kyiv, 24 January 2026")


def test_what_holds_no_word_is_said(site: Served, plain_page: Page) -> None:
    answer = plain_page.goto(f"{site.address}/search?q=…")

    assert answer is not None
    assert answer.status == 400
    expect(plain_page.get_by_role("alert")).to_contain_text("Give 1 to 20 words")


def test_a_program_still_gets_json(site: Served, page: Page) -> None:
    answer = page.request.get(f"{site.address}/search?q=kyiv&limit=1&offset=3&labels=uk")

    (hit,) = answer.json()["results"]
    assert (hit["page"], hit["kind"]) == (STRIKE, "повітряний напад")
    assert hit["label"] == "Удар по Києву 24 січня 2026 року"


@pytest.mark.parametrize("width", WIDTHS)
def test_proposals_are_chosen_by_the_keyboard(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/browse")
    field = page.get_by_role("combobox", name="Search names, quotes and texts")

    field.press_sequentially("strike on ky")
    expect(page.get_by_role("option").first).to_contain_text("Strike on Kyiv")
    assert violations(page) == []
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == "proposals-0"
    field.press("Enter")

    expect(page).to_have_url(site.address + STRIKE)


def test_escape_puts_the_proposals_away(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/browse")
    field = page.get_by_role("combobox", name="Search names, quotes and texts")
    field.press_sequentially("київ")
    expect(page.get_by_role("option").first).to_be_visible()

    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("asked", ["", "q=kyiv", "q=qqqq", "q=…", "q=київ&lang=uk"])
def test_the_page_fits_and_axe_finds_nothing(site: Served, page: Page, asked: str) -> None:
    page.goto(f"{site.address}/search?{asked}")

    assert violations(page) == []
    assert overflow(page) == 0


def test_hostile_names_are_shown_as_text(hostile: Served, page: Page) -> None:
    page.goto(f"{hostile.address}/search?q=script")

    expect(page.locator(".found li").first).to_contain_text("<script>document.title='owned'")
    field = page.get_by_role("combobox").first
    field.press_sequentially("quoted")
    expect(page.get_by_role("option").first).to_contain_text("<script>")
    assert page.title() != "owned"
