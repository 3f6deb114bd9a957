"""The situation screen: map, timeline and list follow each other, filtered and side by side."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

RUSSIA = "https://w3id.org/polemos/id/actor/russia"


def opened(site: Served, page: Page, search: str = "") -> Locator:
    """The screen once its events are there; what is given back is the first summary."""
    page.goto(f"{site.address}/situation{search}")
    summary = page.locator(".summary").first
    expect(summary).to_contain_text("event", timeout=30_000)
    expect(page.locator(".view[aria-busy]")).to_have_count(0)
    return summary


def test_each_event_names_who_says_so_and_since_when(site: Served, page: Page) -> None:
    summary = opened(site, page)

    expect(summary).to_contain_text("6 of 6 events")
    strike = page.locator(".happenings li", has_text="Strike on Kyiv, 24 January 2026")
    expect(strike).to_contain_text("23 Jan 2026 – 24 Jan 2026, night")
    expect(strike).to_contain_text("reported 24 Jan 2026")
    expect(strike).to_contain_text("1 killed")
    strike.get_by_role("link", name="Report of 24 January 2026").click()
    expect(page).to_have_url(re.compile("/page/article/2026-01-24-kyiv-kharkiv"))


def test_a_range_of_the_timeline_filters_the_map_and_the_list(site: Served, page: Page) -> None:
    summary = opened(site, page)
    overview = page.locator(".timeline-overview")
    box = overview.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 3, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 40, steps=4)
    page.mouse.up()

    expect(summary).to_contain_text("1 of 6 events")
    expect(page.locator(".view-map .view-count")).to_contain_text("1 of 6")
    expect(page.locator(".happenings li")).to_have_count(1)
    expect(page.locator(".happenings h2")).to_have_text("First day of the talks in Abu Dhabi")


def test_filters_stand_in_the_address_and_come_back(site: Served, page: Page) -> None:
    summary = opened(site, page)

    page.get_by_label("Kind").select_option(label="attack")
    expect(summary).to_contain_text("3 of 3 events")
    page.get_by_label("Region", exact=True).select_option(label="Kyiv")
    expect(summary).to_contain_text("1 of 1 event")
    assert "place=https" in page.url
    page.go_back()

    expect(summary).to_contain_text("3 of 3 events")
    assert page.get_by_label("Region", exact=True).input_value() == ""


def test_a_period_and_clearing_it(site: Served, page: Page) -> None:
    summary = opened(site, page, "?until=2026-01-22")
    expect(summary).to_contain_text("3 of 3 events")

    page.get_by_role("link", name="Clear").click()

    expect(summary).to_contain_text("6 of 6 events")


def test_two_actors_side_by_side_share_their_axes(site: Served, page: Page) -> None:
    opened(site, page, f"?actor={RUSSIA}&kind=https://w3id.org/polemos/ontology%23Attack")
    page.get_by_text("Put another beside it").click()

    page.get_by_label("Other actor").select_option(label="Ukraine")

    expect(page.locator(".picture")).to_have_count(2)
    assert page.locator(".picture h2").all_text_contents() == ["Russia", "Ukraine"]
    expect(page.locator(".view-map")).to_have_count(2)
    expect(page.locator(".summary").nth(1)).to_contain_text("3 of 3 events")


def test_the_two_clocks_are_both_told(site: Served, page: Page) -> None:
    opened(site, page)

    clocks = page.locator(".view-timeline select")
    assert [text.strip() for text in clocks.locator("option").all_text_contents()] == [
        "When it happened",
        "When it was reported",
    ]
    clocks.select_option(label="When it was reported")
    expect(page.locator(".view-timeline .view-count")).to_contain_text("6 of 6")


def test_an_event_is_pointed_out_by_the_keyboard(site: Served, page: Page) -> None:
    opened(site, page)
    button = page.get_by_role("button", name="Point out: Strike on Kyiv")

    button.press("Enter")

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(page.locator(".happenings li").first).to_contain_text("Strike on Kyiv")


def test_without_scripts_there_is_a_list_with_the_same_filters(
    site: Served, plain_page: Page
) -> None:
    plain_page.goto(f"{site.address}/situation")

    plain_page.get_by_label("Actor", exact=True).select_option(label="Russia")
    plain_page.get_by_label("Kind").select_option(label="attack")
    plain_page.get_by_role("button", name="List the events").click()

    expect(plain_page.locator("#board > p")).to_have_text("3 of 3 events, the newest first.")
    expect(plain_page.locator(".happenings li")).to_have_count(3)
    assert plain_page.get_by_label("Kind").input_value().endswith("#Attack")


def test_a_wrong_filter_is_said(site: Served, plain_page: Page) -> None:
    plain_page.goto(f"{site.address}/situation?list=1&place=nowhere")

    expect(plain_page.get_by_role("alert")).to_contain_text("nowhere")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(site: Served, page: Page) -> None:
    opened(site, page, f"?actor={RUSSIA}")

    assert violations(page) == []
    assert overflow(page) == 0


def test_two_beside_each_other_pass_axe(site: Served, page: Page) -> None:
    opened(site, page, "?actor2=https://w3id.org/polemos/id/actor/ukraine&lang=en")

    assert violations(page) == []


def test_hostile_names_are_shown_as_text(hostile: Served, page: Page) -> None:
    opened(hostile, page)

    expect(page.locator(".happenings h2").first).to_contain_text("<script>document.title='owned'")
    assert page.title() != "owned"
    assert page.locator("main svg[onload]").count() == 0
