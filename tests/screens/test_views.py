"""The views of an answer: a table, a map, a timeline, a network and a chart of the same rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, Scheme, overflow, violations
from tests.screens.synthetic import ID, WKT, XSD, Row, ask, events, iri, links, show, text

DATA = Path(__file__).parent / "data"
MARKUP = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>"
HOSTILE: Row = {
    "from": iri("javascript:document.title='owned'"),
    "fromLabel": text(MARKUP),
    "to": iri("https://example.org/other"),
    "toLabel": text(MARKUP),
    "kindLabel": text(MARKUP),
    "edgeLabel": text(MARKUP),
    "quote": text(MARKUP),
    "wkt": text("POINT(30 50)", WKT),
    "place": text(MARKUP),
    "start": text("2026-01-24", f"{XSD}date"),
    "best": text(3, f"{XSD}integer"),
}
VIEWS = ("table", "map", "timeline", "chart", "network")


def drag(page: Page, selector: str, start: float, end: float) -> None:
    """Drag from one part of an element's width to another."""
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 3
    page.mouse.move(box["x"] + box["width"] * start, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (start + end) / 2, height, steps=4)
    page.mouse.move(box["x"] + box["width"] * end, height, steps=4)
    page.mouse.up()


def shown(page: Page, view: str) -> int:
    """How many rows a view says that it shows."""
    count = page.locator(f".view-{view} .view-count").inner_text()
    found = re.match(r"[\d,]+", count)
    assert found is not None, count
    return int(found[0].replace(",", ""))


def test_a_range_of_time_filters_the_table_and_the_map(site: Served, page: Page) -> None:
    show(page, site.address, events(336), "timeline", "map")

    drag(page, ".timeline-overview", 0.25, 0.5)
    on_the_map = shown(page, "map")
    page.get_by_role("tab", name="Table").last.click()
    page.locator(".view-table .grid").wait_for()

    assert 70 < on_the_map < 100
    assert shown(page, "table") == on_the_map


def test_the_ends_of_the_range_move_by_keyboard(site: Served, page: Page) -> None:
    show(page, site.address, events(336), "timeline", "table")

    page.get_by_role("slider", name="From").press("PageUp")
    after = shown(page, "table")
    page.get_by_role("slider", name="Until").press("Escape")

    assert 315 < after < 330
    assert shown(page, "table") == 336


def test_a_hundred_thousand_rows_have_few_elements(site: Served, page: Page) -> None:
    ask(page, site.address, (DATA / "hundred-thousand.rq").read_text("utf-8"), "table")
    grid = page.get_by_role("grid")

    grid.focus()
    page.keyboard.press("Control+End")

    assert grid.get_attribute("aria-rowcount") == "100001"
    assert page.locator(".grid-body .grid-row").count() < 60
    expect(page.locator(".grid-body .grid-row[aria-rowindex='100001']")).to_be_visible()
    active = page.locator(f"#{grid.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("role") == "gridcell"


def test_numbers_are_sorted_by_value_from_the_keyboard(site: Served, page: Page) -> None:
    rows = ({"n": text(value, f"{XSD}integer")} for value in (10, 9, -1, 100))
    show(page, site.address, rows, "table")
    page.get_by_role("grid").focus()

    page.keyboard.press("Enter")

    expect(page.get_by_role("columnheader")).to_have_attribute("aria-sort", "ascending")
    assert page.get_by_role("gridcell").all_inner_texts() == ["-1", "9", "10", "100"]


def test_the_filter_is_for_all_views(site: Served, page: Page) -> None:
    show(page, site.address, events(90), "table", "map")

    page.get_by_role("searchbox", name="Filter rows").fill("kharkiv NEGOTIATION")

    expect(page.locator(".view-table .view-count")).to_have_text("30 of 90 rows")
    expect(page.locator(".view-map .view-count")).to_have_text("30 of 90 rows on the map")


def test_selected_rows_are_copied_as_tab_separated_text(site: Served, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    rows = [{"thing": iri(f"{ID}event/{name}"), "note": text("a\tb\nc")} for name in "abc"]
    show(page, site.address, rows, "table")
    page.get_by_role("grid").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.get_by_role("button", name="Copy selected rows").click()

    expect(page.locator(".view-table .view-count")).to_have_text("2 rows copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"thing\tnote\n{ID}event/a\ta b c\n{ID}event/b\ta b c"


def test_things_lead_to_their_pages_and_others_to_their_sites(site: Served, page: Page) -> None:
    row = {
        "event": iri(f"{ID}event/2026-01-24-kyiv-strike"),
        "eventLabel": text("Strike on Kyiv"),
        "type": iri("https://w3id.org/polemos/ontology#Attack"),
        "item": iri("http://www.wikidata.org/entity/Q1899"),
        "bad": iri("javascript:alert(1)"),
    }
    show(page, site.address, [row], "table")
    cells = page.get_by_role("gridcell")

    event, kind, item = (cells.nth(place).get_by_role("link") for place in range(3))
    expect(event).to_have_attribute("href", "/page/event/2026-01-24-kyiv-strike")
    expect(event).to_have_text("Strike on Kyiv")
    expect(kind).to_have_attribute("href", "/ontology/Attack")
    expect(item).to_have_attribute("rel", "noreferrer")
    expect(item).to_have_text("wd:Q1899")
    assert cells.nth(3).get_by_role("link").count() == 0


def test_a_place_chosen_in_the_list_selects_its_rows(site: Served, page: Page) -> None:
    show(page, site.address, events(9), "map", "table")

    page.get_by_text("As a list").click()
    page.locator(".view-map .view-list").get_by_role("button", name="Odesa").click()

    expect(page.locator(".grid-row[aria-selected=true]")).to_have_count(3)
    expect(page.locator(".view-map .view-list li", has_text="Odesa")).to_contain_text(
        "country · within about 400 km · 3 rows"
    )


def test_the_map_is_asked_by_keyboard_for_what_it_shows(site: Served, page: Page) -> None:
    show(page, site.address, events(9), "map", "table")
    page.get_by_role("group", name="Map").focus()

    for _ in range(12):
        page.keyboard.press("+")
    page.keyboard.press("Enter")
    nearby = shown(page, "table")
    page.keyboard.press("Escape")

    assert nearby < 9
    assert shown(page, "table") == 9


def test_the_map_says_who_drew_its_boundaries(site: Served, page: Page) -> None:
    show(page, site.address, events(3), "map")

    expect(page.locator(".map-credit")).to_contain_text("Boundaries as drawn by Natural Earth")
    expect(page.locator(".map-credit")).to_contain_text("no endorsement")


def test_numbers_are_charted_with_their_bounds(site: Served, page: Page) -> None:
    show(page, site.address, events(3), "chart")

    page.get_by_text("As a list").click()

    expect(page.locator(".view-chart .view-list li").first).to_have_text(
        "Synthetic event 0 1 (0–4)"
    )


def test_ten_thousand_nodes_are_drawn_when_asked_for(site: Served, page: Page) -> None:
    show(page, site.address, links(10_000), "network")
    count = page.locator(".view-network .view-count")
    expect(count).to_contain_text("2,000 of 10,000 nodes")

    page.get_by_role("button", name="Show all 10,000 nodes").click()

    expect(count).to_contain_text("10,000 of 10,000 nodes")
    page.get_by_role("button", name="Stop arranging").click()
    expect(page.get_by_role("button", name="Arrange", exact=True)).to_be_visible()


def test_a_link_chosen_in_the_list_selects_its_rows(site: Served, page: Page) -> None:
    show(page, site.address, links(4), "network", "table")

    page.get_by_text("As a list").click()
    page.locator(".view-network .view-list").get_by_role("button").first.click()

    expect(page.locator(".grid-row[aria-selected=true]")).to_have_count(1)


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_labels_are_text(site: Served, page: Page, view: str) -> None:
    show(page, site.address, [HOSTILE], view)

    for summary in page.locator(".view-alternative summary").all():
        summary.click()

    assert page.locator(f".view-{view} img, .view-{view} b").count() == 0
    assert page.locator(".view a[href^='javascript:']").count() == 0
    assert page.title() != "owned"
    if view in ("table", "network"):
        expect(page.locator(f".view-{view}")).to_contain_text(MARKUP)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(site: Served, page: Page, view: str, scheme: Scheme) -> None:
    rows = links(20) if view == "network" else events(30)
    show(page, site.address, rows, view)

    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_the_window(site: Served, page: Page, view: str, width: int) -> None:
    rows = links(20) if view == "network" else events(30)
    show(page, site.address, rows, view)

    assert overflow(page) == 0
