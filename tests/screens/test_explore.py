"""The explorer driven as a user would: from words to an entity, its neighbours, and who says so."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

ASSAULT = "/explore?entity=event:2026-01-24-assault"
SHELLING = "/explore?entity=event:invented-shelling"


def panel(page: Page) -> Locator:
    return page.locator(".explore-panel")


def ready(page: Page, heading: str) -> None:
    """Wait until something is told of what is chosen."""
    expect(panel(page).locator("h2")).to_contain_text(heading, timeout=20_000)


def listed(page: Page) -> None:
    page.get_by_role("button", name="List", exact=True).click()


def names(page: Page) -> list[str]:
    """The things in the list, which has what the picture has."""
    return page.locator(".explore-list > li > button").all_inner_texts()


def tie(page: Page, text: str) -> Locator:
    return page.locator(".explore-list ul button", has_text=text).first


def test_from_words_to_an_entity_its_counts_and_the_quote_behind_a_line(
    site: Served, page: Page
) -> None:
    page.goto(f"{site.address}/explore")
    page.locator("#explore-search").fill("Ukraine")
    page.locator("#explore-proposals [role=option]", has_text="state").first.click()

    ready(page, "Ukraine")
    first = panel(page).locator(".explore-counts li").first.inner_text()
    assert "of" in first or first.split()[-2].isdecimal()
    listed(page)
    tie(page, "Aerial assault on Ukraine").click()

    quote = panel(page).locator(".explore-quote").first
    expect(quote.locator("q")).to_have_text(
        "Russia conducted its largest aerial assault on Ukraine"
    )
    quote.get_by_role("link", name="The claim and its passage").click()
    assert page.url.endswith("/page/claim/2026-01-24-kyiv-kharkiv/assault-by-russia")


def test_a_neighbour_is_expanded_by_property_and_taken_back(site: Served, page: Page) -> None:
    page.goto(site.address + ASSAULT)
    ready(page, "Aerial assault on Ukraine, 24 January 2026")
    listed(page)
    assert len(names(page)) == 17
    page.locator(".explore-list > li > button", has_text="Strike on Kyiv").click()
    ready(page, "Strike on Kyiv")

    panel(page).get_by_role("button", name="Show: place").click()

    expect(page.locator(".explore-list > li > button", has_text="Kyiv").last).to_have_text("Kyiv")
    expect(panel(page).locator("li", has_text="place")).to_contain_text("1 of 1")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".explore-list > li")).to_have_count(17)
    page.locator(".explore-list > li > button", has_text="drone").click()
    panel(page).get_by_role("button", name="Remove").click()
    expect(page.locator(".explore-list > li")).to_have_count(16)


def test_many_neighbours_are_one_node_that_opens(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/explore?entity=region:ukraine&open=region:ukraine+in+pol:within+0")
    ready(page, "Ukraine")
    listed(page)
    page.locator(".explore-list > li > button", has_text="× ").click()
    ready(page, "26 × place")
    assert "first-level region" in panel(page).inner_text()

    page.get_by_label("At once").select_option("10")
    panel(page).get_by_role("button", name="Show 10 of them").click()

    expect(page.locator(".explore-list > li")).to_have_count(11)
    page.locator(".explore-list > li > button").first.click()
    expect(panel(page).locator("li", has_text="within it")).to_contain_text("10 of 26")
    panel(page).get_by_role("button", name="More: within it").click()
    expect(panel(page).locator("li", has_text="within it")).to_contain_text("20 of 26")


def test_events_become_lines_between_actors(site: Served, page: Page) -> None:
    page.goto(site.address + "/explore?entity=actor:russia")
    ready(page, "Russia")
    page.get_by_label("Events").select_option("edges")
    listed(page)

    line = tie(page, "attacker – target: Aerial assault on Ukraine, 24 January 2026: Ukraine")
    expect(line).to_be_visible()
    line.click()
    expect(panel(page).locator("q").first).to_contain_text("largest aerial assault")


def test_the_window_of_time_hides_what_lies_outside(contested: Served, page: Page) -> None:
    attackers = "&open=event:invented-shelling+in+role:Attacker+25"
    attackers += (
        "&entity=event:2026-01-24-assault&open=event:2026-01-24-assault+in+role:Attacker+25"
    )
    page.goto(contested.address + SHELLING + attackers)
    ready(page, "Aerial assault")
    listed(page)
    counted = page.locator(".explore-tools .view-count")
    expect(counted).to_have_text("5 things · 3 connections")

    page.get_by_label("Until").focus()
    page.keyboard.press("Home")

    expect(counted).to_have_text("5 things · 3 connections · 2 outside the window")
    assert "until=2026-01-23" in page.url
    assert set(names(page)) == {
        "Invented shelling of Inventedville",
        "Aerial assault on Ukraine, 24 January 2026",
        "Russia",
    }
    page.get_by_role("button", name="All times").click()
    expect(counted).to_have_text("5 things · 3 connections")


def test_a_contested_line_shows_both_sides(contested: Served, page: Page) -> None:
    page.goto(contested.address + SHELLING)
    ready(page, "Invented shelling")
    listed(page)
    line = tie(page, "attacker: Invented Army of the North")
    assert "contested" in line.locator("xpath=..").inner_text()
    line.click()

    sides = panel(page).locator(".explore-sides > figure")
    expect(sides).to_have_count(2)
    assert [side.locator("q").inner_text() for side in sides.all()] == [
        "the south accused the north of shelling Inventedville",
        "the north said that the south had shelled itself",
    ]
    assert sides.nth(1).locator(".explore-relation").inner_text() == "Contradicts"


def test_the_address_brings_the_same_picture_back(site: Served, page: Page) -> None:
    page.goto(site.address + ASSAULT)
    ready(page, "Aerial assault")
    listed(page)
    page.locator(".explore-list > li > button", has_text="Russia").first.click()
    ready(page, "Russia")
    panel(page).get_by_role("button", name="Pin").click()
    page.get_by_label("Claims of one statement").select_option("apart")
    panel(page).get_by_role("button", name="Show: represented by").click()
    page.wait_for_url("**represents**")
    before, address = names(page), page.url

    page.goto("about:blank")
    page.goto(address)
    ready(page, "Aerial assault")
    listed(page)

    assert names(page) == before
    assert page.url == address
    assert page.get_by_label("Claims of one statement").input_value() == "apart"


def test_it_is_taken_along_as_a_file_and_to_the_exports(
    site: Served, page: Page, tmp_path: Path
) -> None:
    page.goto(site.address + ASSAULT)
    ready(page, "Aerial assault")
    page.get_by_text("Take along").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as graphology JSON").click()
    saved.value.save_as(tmp_path / "graph.json")
    graph = json.loads((tmp_path / "graph.json").read_text("utf-8"))
    assert (len(graph["nodes"]), len(graph["edges"])) == (17, 17)
    assert graph["options"]["multi"] is True

    page.get_by_role("button", name="Export formats").click()
    link = page.get_by_role("link", name="gexf", exact=True)
    href = link.get_attribute("href") or ""
    asked = parse_qs(urlsplit(href).query)
    assert asked["about"] == ["https://w3id.org/polemos/id/event/2026-01-24-assault"]
    answer = page.request.get(site.address + href)
    assert answer.status == 200
    assert "gexf.net/1.3" in answer.text()[:500]


def test_what_the_file_has_is_what_the_export_has(site: Served, page: Page, tmp_path: Path) -> None:
    page.goto(site.address + ASSAULT)
    ready(page, "Aerial assault")
    page.get_by_text("Take along").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as graphology JSON").click()
    saved.value.save_as(tmp_path / "graph.json")
    shown = json.loads((tmp_path / "graph.json").read_text("utf-8"))

    exported = page.request.get(
        f"{site.address}/exports/graphology?about=event:2026-01-24-assault"
    ).json()

    assert {edge["key"] for edge in shown["edges"]} == {edge["key"] for edge in exported["edges"]}
    assert {node["key"] for node in shown["nodes"]} == {node["key"] for node in exported["nodes"]}


def test_keys_alone_are_enough(site: Served, page: Page) -> None:
    page.goto(f"{site.address}/explore")
    page.locator("#explore-search").focus()
    page.keyboard.type("Kharkiv strike")
    expect(page.locator("#explore-proposals [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ready(page, "Strike on Kharkiv")
    page.get_by_role("button", name="List", exact=True).focus()
    page.keyboard.press("Enter")
    tie(page, "attacker: Russia").focus()
    page.keyboard.press("Enter")

    expect(panel(page).locator("q").first).to_contain_text("striking Kyiv and Kharkiv")
    focused = page.locator(":focus")
    assert focused.inner_text() == "attacker: Russia"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_axe_finds_nothing(contested: Served, page: Page) -> None:
    page.goto(contested.address + SHELLING)
    ready(page, "Invented shelling")
    assert violations(page) == []
    assert overflow(page) == 0

    listed(page)
    tie(page, "attacker: Invented Army of the North").click()
    expect(panel(page).locator(".explore-sides > figure")).to_have_count(2)
    page.get_by_text("Take along").click()
    assert violations(page) == []
    assert overflow(page) == 0


def test_hostile_texts_stay_texts(hostile: Served, page: Page) -> None:
    page.goto(f"{hostile.address}/explore?entity=event:hostile")
    ready(page, "<script>document.title='owned'</script>")
    listed(page)
    page.locator(".explore-list ul button").first.click()

    expect(panel(page).locator("h2")).to_be_visible()
    assert page.title() == "Explorer – Polemos"


def test_without_a_script_the_counts_are_there(site: Served, plain_page: Page) -> None:
    plain_page.goto(site.address + ASSAULT)

    around = plain_page.locator("#explore-plain")
    assert "party: attacker: 1" in around.inner_text()
    around.get_by_role("link", name="All that is said of it").click()
    assert plain_page.url.endswith("/page/event/2026-01-24-assault")


def test_in_ukrainian(site: Served, page: Page) -> None:
    page.goto(site.address + ASSAULT + "&lang=uk")
    ready(page, "Повітряний удар по Україні")

    assert "учасник: нападник" in panel(page).inner_text()
    assert "lang=uk" in page.url
