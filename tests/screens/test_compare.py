"""One event as each source has it: marks in words, quotes in place, without a script as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

SHELLING = "/compare?event=event:invented-shelling"
BOTH = f"{SHELLING}&event=event:ucdp-211789"


def row(page: Page, name: str) -> dict[str, str]:
    """The texts of a row by column; the verdict is under “Sources”."""
    table = page.locator("table.compare")
    found = table.locator("tbody tr").filter(has=page.locator(f"th:text-is('{name}')")).first
    heads = [head.strip().split("\n")[0] for head in table.locator("thead th").all_inner_texts()]
    cells = [cell.strip() for cell in found.locator("th, td").all_inner_texts()]
    return dict(zip(heads, cells, strict=True))


def test_the_list_names_the_events_that_several_sources_tell_of(
    contested: Served, page: Page
) -> None:
    page.goto(f"{contested.address}/compare")

    first = page.locator("tbody tr").first
    assert first.locator("th").inner_text() == "Invented shelling of Inventedville"
    assert first.locator("td").all_inner_texts() == ["4", "2", "4", "0", "1"]
    page.get_by_role("link", name="Compare the two").click()
    assert page.locator(".compare-event").count() == 2


def test_differences_are_marked_in_words_and_agreement_is_said(
    contested: Served, page: Page
) -> None:
    page.goto(contested.address + SHELLING)

    marks = {name: row(page, name)["Sources"] for name in ("killed", "injured", "kind", "place")}
    assert marks == {
        "killed": "⇄ contradict each other",
        "injured": "≈ compatible: the bounds overlap",
        "kind": "= the same",
        "place": "⊃ compatible: one is more exact",
    }
    assert row(page, "killed")["Invented report of the Gazette"] == "5 person"
    assert row(page, "injured")["Invented report of the Gazette"] == "≥ 9 person"


def test_revisions_of_a_release_are_columns_and_silence_is_said(
    contested: Served, page: Page
) -> None:
    page.goto(contested.address + BOTH)

    killed = row(page, "killed")
    assert killed["UCDP GED 22.1"] == "5 person"
    assert killed["UCDP GED 23.1"] == "3 person"
    assert row(page, "injured")["UCDP GED 23.1"] == "says nothing of this"
    assert "superseded on 23 June 2023" in page.locator("thead").inner_text()
    assert page.get_by_text("Nobody says that they are the same.").is_visible()


def test_a_value_opens_to_the_words_and_the_claim(contested: Served, plain_page: Page) -> None:
    plain_page.goto(contested.address + SHELLING)

    plain_page.locator("summary", has_text="5 person").click()

    said = plain_page.locator("details[open] .said")
    assert said.locator("q").inner_text() == "the south said that there were five dead"
    assert "Invented Army of the South (claimed)" in said.locator(".credit").inner_text()
    said.get_by_role("link", name="the claim").click()
    assert plain_page.url.endswith("/page/claim/invented/five")


def test_only_differences_and_two_voices_of_one_article(contested: Served, page: Page) -> None:
    page.goto(contested.address + SHELLING)
    page.get_by_role("link", name="Only differences").click()
    assert page.locator("tbody th").all_inner_texts() == ["party: attacker", "killed"]

    page.goto(f"{contested.address}/compare?event=event:2026-01-24-kyiv-strike")
    heads = page.locator("thead th a").all_inner_texts()
    assert heads == ["Outlet of the report of 24 January 2026 (not named)", "Vitali Klitschko"]


def test_another_event_is_found_by_words_and_keys_alone(contested: Served, page: Page) -> None:
    page.goto(f"{contested.address}/compare")
    field = page.locator("#compare-search")
    field.focus()
    page.keyboard.type("invented shelling")
    expect(page.locator("#compare-proposals [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/compare?event=event%3Ainvented-shelling")
    page.get_by_role("button", name="Open all quotes").focus()
    page.keyboard.press("Enter")
    assert page.locator("details.value:not([open])").count() == 0


@pytest.mark.parametrize("path", ["/compare", BOTH])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_axe_finds_nothing(contested: Served, page: Page, path: str) -> None:
    page.goto(contested.address + path)
    for summary in page.locator("details.value summary").all()[:3]:
        summary.click()

    assert violations(page) == []
    assert overflow(page) == 0


def test_hostile_texts_stay_texts(hostile: Served, page: Page) -> None:
    page.goto(f"{hostile.address}/compare?event=event:hostile")

    assert page.title() == "Compare – Polemos"
    assert "<script>document.title" in page.locator(".compare-event").inner_text()


@pytest.mark.parametrize("event", ["javascript:alert(1)", "<b>", "event:nothing-there", "%00"])
def test_what_names_no_event_is_answered_with_a_page(
    contested: Served, page: Page, event: str
) -> None:
    answer = page.goto(f"{contested.address}/compare?event={event}")

    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").inner_text() == "Compare"
