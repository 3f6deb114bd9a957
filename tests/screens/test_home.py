"""The page at /: what is in the graph, without a script as with one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served


def test_the_figures_lead_to_what_they_count(site: Served, plain_page: Page) -> None:
    plain_page.goto(site.address)

    plain_page.get_by_role("link", name="3 attacks").click()

    expect(plain_page.get_by_role("heading", level=1)).to_have_text("attack")
    assert plain_page.get_by_role("link", name="Strike on Kyiv, 24 January 2026").count() == 1


def test_a_question_opens_in_the_query_screen(site: Served, page: Page) -> None:
    page.goto(site.address)

    page.get_by_role("link", name="Which attacks are recorded, and where?").click()

    expect(page).to_have_url(re.compile(r"/query\?query=PREFIX"))


def test_the_newest_article_is_named_with_what_may_be_passed_on(
    site: Served, plain_page: Page
) -> None:
    plain_page.goto(site.address)

    row = plain_page.locator(".sources tbody tr").first
    expect(row).to_contain_text("55 claims")
    expect(row).to_contain_text("the article’s text belongs to its publisher")
    row.get_by_role("link").click()
    expect(plain_page).to_have_url(re.compile("/page/article/2026-01-24-kyiv-kharkiv"))


def test_what_the_graph_is_not_is_said(site: Served, plain_page: Page) -> None:
    plain_page.goto(f"{site.address}/?lang=uk")

    expect(plain_page.get_by_role("heading", name="Чим він не є")).to_be_visible()
    assert plain_page.locator(".limits li").count() == 5


@pytest.mark.parametrize("path", ["/exports/turtle", "/queries/timeline.csv"])
def test_a_file_can_be_taken(site: Served, plain_page: Page, path: str) -> None:
    plain_page.goto(site.address)
    link = plain_page.locator(f".files a[href='{path}']")

    answer = plain_page.request.get(site.address + path)

    assert link.count() == 1
    assert answer.ok
