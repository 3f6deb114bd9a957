"""The page of the query screen: without scripts, and in the other language."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.screens.test_query import ATTACKS, asking, opened, state


def test_a_form_is_there_without_scripts(plain_page: Page, site: Served) -> None:
    plain_page.goto(asking(site, ATTACKS))
    assert plain_page.get_by_label("Query in SPARQL").input_value() == ATTACKS
    expect(plain_page.locator("#start a")).to_have_count(4)
    plain_page.get_by_label("Answer as").select_option("json")
    plain_page.get_by_role("button", name="Run").click()

    assert "2026-01-24-kyiv-strike" in plain_page.content()


def test_the_screen_speaks_ukrainian(page: Page, site: Served) -> None:
    opened(page, asking(site, ATTACKS, lang="uk"))

    expect(state(page)).to_contain_text("3 з 3 рядків")
    expect(page.get_by_role("button", name="Запитати")).to_be_visible()
