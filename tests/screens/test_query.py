"""The query screen as a reader uses it: write, complete, run, stop, look, keep, send."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from tests.api.serving import Served, serving
from tests.screens.seeing import SCHEMES, WIDTHS, Scheme, overflow, violations

ATTACKS = "PREFIX pol: <https://w3id.org/polemos/ontology#>\nSELECT ?e WHERE { ?e a pol:Attack }"
DESCRIBE = "DESCRIBE <https://w3id.org/polemos/id/region/kyiv>"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?a != ?g) }"
CASES = {
    "?e a Atta": "pol:Attack",
    "?e a напа": "pol:Attack",
    "?e a pol:Attack ; pol:pla": "pol:place",
    "?e a pol:Attack . ?e пошко": "pol:damage",
    "?e pol:killed ?q . ?q pol:low": "pol:lowerBound",
    "?e pol:killed/pol:low": "pol:lowerBound",
    "?e pol:place Kyi": "region:kyiv",
    "?e pol:place Київ": "region:kyiv",
    "?e pol:place region:khar": "region:kharkiv",
    "?event pol:place ?where . ?ev": "?event",
    "?e a pol:Attack FILTER(STRSTA": "STRSTARTS",
}


@pytest.fixture
def screen(page: Page, site: Served) -> Page:
    """The screen with its editor, nothing asked, on a server that has counted its terms."""
    deadline = time.monotonic() + 60
    while not httpx.get(f"{site.address}/schema", timeout=60).json()["counted"]:
        assert time.monotonic() < deadline
    return opened(page, f"{site.address}/query")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator(".cm-content").first.wait_for()
    return page


def editor(page: Page) -> Locator:
    return page.locator(".ask .cm-content")


def write(page: Page, text: str) -> None:
    """Put a text in place of what the editor holds."""
    editor(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Escape")


def written(page: Page) -> str:
    return "\n".join(page.locator(".ask .cm-line").all_inner_texts()).replace("\u200b", "")


def state(page: Page) -> Locator:
    return page.locator(".state")


def proposals(page: Page) -> Locator:
    return page.locator("[role=listbox] [role=option]")


def accept(page: Page, proposal: Locator) -> None:
    """Take a proposal; for 75 ms after it came, Enter still means a new line to the editor."""
    expect(proposal).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")


def run(page: Page, text: str) -> None:
    write(page, text)
    page.keyboard.press("ControlOrMeta+Enter")


def asking(site: Served, query: str, **more: str) -> str:
    parameters = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"{site.address}/query?query={quote(query)}{parameters}"


def test_a_query_is_written_with_completion_and_run(screen: Page) -> None:
    write(screen, "")
    screen.keyboard.type("SELECT * WHERE {\n?event a Atta", delay=20)
    accept(screen, screen.get_by_role("option", name=re.compile("^pol:Attack")))
    screen.keyboard.type(" ; ", delay=20)
    place = screen.get_by_role("option", name=re.compile("^pol:place place"))
    expect(screen.get_by_text("Properties of this class")).to_be_visible()
    expect(place).to_contain_text("3")
    screen.keyboard.type("pla", delay=20)
    expect(place).to_have_attribute("aria-selected", "true")
    expect(screen.get_by_text("Where an event took place")).to_be_visible()
    accept(screen, place)
    screen.keyboard.type(" ?where", delay=20)
    screen.keyboard.press("Escape")
    screen.keyboard.press("ControlOrMeta+Enter")

    expect(state(screen)).to_contain_text("3 of 3 rows")
    expect(state(screen)).to_contain_text("version 1")
    assert written(screen).startswith("PREFIX pol: <https://w3id.org/polemos/ontology#>\nSELECT *")
    expect(screen.locator(".answer")).to_contain_text("event:2026-01-24-kyiv-strike")


@pytest.mark.parametrize(("before", "first"), CASES.items(), ids=CASES)
def test_what_fits_is_proposed_first(screen: Page, before: str, first: str) -> None:
    write(screen, f"SELECT * {{ {before}")
    screen.keyboard.press("Control+ ")

    option = screen.get_by_role("option", name=re.compile(rf"^{re.escape(first)}(?![\w-])"))
    expect(option).to_have_attribute("aria-selected", "true")


def test_an_error_is_underlined_where_it_stands(screen: Page) -> None:
    run(screen, "SELECT * {\n  ?s ?p ?o .\n  ?s WRONG ?o\n}")

    wrong = screen.locator(".ask .cm-lintRange-error")
    expect(wrong).to_have_count(1)
    assert screen.locator(".ask .cm-line").nth(2).locator(".cm-lintRange-error").count() == 1
    problem = screen.get_by_role("alert")
    expect(problem).to_contain_text("line 3")
    problem.get_by_role("button").click()
    screen.keyboard.type("x")
    expect(wrong).to_have_count(0)


@pytest.fixture
def single(built_home: Path) -> Iterator[Served]:
    """The shipped graph with one worker, so that a query that holds it holds up all others."""
    with serving(Pool(Versions(built_home), workers=1, limits=Limits()), Settings()) as server:
        yield server


def test_a_runaway_query_is_stopped_and_its_worker_is_free(page: Page, single: Served) -> None:
    opened(page, f"{single.address}/query")
    run(page, RUNAWAY)
    stop = page.get_by_role("button", name="Stop")
    expect(state(page)).to_contain_text("Running")
    clock = page.locator(".clock")
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)

    stop.click()

    expect(state(page)).to_contain_text("Stopped")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    answer = httpx.get(single.endpoint, params={"query": "ASK {}", "timeout": "20"}, timeout=20)
    assert answer.status_code == 200


def test_a_time_limit_of_ones_own_ends_a_query(screen: Page) -> None:
    screen.get_by_label("Time that the query may take").select_option("1")

    run(screen, RUNAWAY)

    expect(screen.get_by_role("alert")).to_contain_text("second")


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Yes"), ("ASK { ?s ?s ?s }", "No")])
def test_a_question_is_answered_in_a_word(screen: Page, query: str, word: str) -> None:
    run(screen, query)

    expect(screen.locator(".verdict")).to_have_text(word)


def test_a_description_is_shown_as_turtle_and_as_a_table(screen: Page) -> None:
    run(screen, DESCRIBE)

    turtle = screen.get_by_label("Answer in Turtle")
    expect(turtle).to_contain_text("PREFIX region: <https://w3id.org/polemos/id/region/>")
    expect(turtle).to_contain_text("a pol:City , pol:Place , pol:Region ;")
    expect(turtle).to_contain_text('"Київ"@uk')
    expect(state(screen)).to_contain_text("triples")
    screen.get_by_role("tab", name="Turtle").focus()
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    screen.get_by_text("Download", exact=True).click()
    expect(screen.get_by_role("link", name="JSON-LD")).to_be_visible()


def test_an_example_is_found_by_a_word_and_runs_with_its_values(screen: Page) -> None:
    screen.get_by_role("button", name="Examples").click()
    entries = screen.locator("dialog.examples li")
    expect(entries.nth(20)).to_be_visible()
    screen.get_by_label("Search questions and keywords").fill("casualties by whom")
    figures = entries.filter(has_text="Which figures are given of events, by whom")
    expect(entries.nth(5)).to_be_hidden()
    figures.locator("summary").click()
    form = figures.locator("form")
    form.locator("[name=place]").fill("nowhere")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_contain_text("The parameter place takes an IRI")
    form.locator("[name=place]").fill("region:kyiv")
    form.get_by_role("button").click()

    expect(editor(screen)).to_contain_text("(<https://w3id.org/polemos/id/region/kyiv> AS ?place)")
    screen.keyboard.press("ControlOrMeta+Enter")
    expect(state(screen)).to_contain_text(re.compile(r"[1-9]\d* of \d+ rows?"))


def test_the_default_view_that_a_query_names_is_shown(screen: Page) -> None:
    links = "SELECT ?from ?to { ?from <https://w3id.org/polemos/ontology#partOf> ?to }"

    run(screen, f"#defaultView:Graph\n{links}")

    expect(screen.get_by_role("tab", name="Network")).to_have_attribute("aria-selected", "true")
    assert parse_qs(urlsplit(screen.url).query)["view"] == ["network"]


def test_an_address_opens_the_same_query_and_views(page: Page, site: Served) -> None:
    links = "SELECT ?from ?to { ?from <https://w3id.org/polemos/ontology#partOf> ?to }"
    opened(page, asking(site, links, view="table,network", lang="en"))

    assert written(page) == links
    selected = page.locator("[role=tab][aria-selected=true]")
    expect(selected).to_have_text(["Table", "Network"])
    page.get_by_role("button", name="Two views").click()
    expect(selected).to_have_text(["Table"])
    assert parse_qs(urlsplit(page.url).query) == {
        "query": [links],
        "view": ["table"],
        "lang": ["en"],
    }
    run(page, "ASK {}")
    expect(page.locator(".verdict")).to_have_text("Yes")
    page.go_back()
    expect(state(page)).to_contain_text("rows")
    assert written(page) == links


def test_the_link_of_a_long_query_has_it_in_the_fragment(screen: Page, site: Served) -> None:
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    long = f"# {'long ' * 600}\nASK {{}}"
    run(screen, long)
    expect(screen.locator(".verdict")).to_have_text("Yes")
    screen.get_by_role("button", name="Copy link").click()
    expect(screen.get_by_role("button", name="Copied")).to_be_visible()

    link: str = screen.evaluate("navigator.clipboard.readText()")

    assert urlsplit(link).query == ""
    screen.goto("about:blank")
    opened(screen, link)
    expect(screen.locator(".verdict")).to_have_text("Yes")
    assert screen.evaluate("JSON.parse(localStorage.getItem('polemos-queries'))[0].query") == long


def test_queries_are_remembered_found_and_forgotten(screen: Page) -> None:
    for query, word in (("ASK { }", "Yes"), ("ASK { ?s ?s ?s }", "No")):
        run(screen, query)
        expect(screen.locator(".verdict")).to_have_text(word)
    screen.reload()
    screen.locator(".cm-content").first.wait_for()
    screen.get_by_role("button", name="History").click()
    entries = screen.locator("dialog.past li")
    expect(entries).to_have_count(2)
    screen.get_by_label("Search your queries").fill("?s ?s")
    expect(entries).to_have_count(1)
    entries.locator(".past-text").click()
    assert written(screen) == "ASK { ?s ?s ?s }"
    screen.get_by_role("button", name="History").click()
    entries.first.get_by_role("button", name=re.compile("^Delete the query of")).click()
    expect(entries).to_have_count(1)
    screen.get_by_role("button", name="Delete all").click()

    expect(entries).to_have_count(0)
    assert json.loads(screen.evaluate("localStorage.getItem('polemos-queries')")) == []


@pytest.mark.parametrize("language", ["curl", "Python, SPARQLWrapper", "Python, polars", "R"])
def test_a_query_is_had_as_a_program(screen: Page, site: Served, language: str) -> None:
    query = f'{ATTACKS} # """ \\ )" \''
    run(screen, query)
    expect(state(screen)).to_contain_text("rows")
    screen.get_by_role("button", name="Copy as").click()
    screen.get_by_label(language, exact=True).check()
    program = screen.locator("dialog.copying pre").inner_text()

    assert site.endpoint in program
    assert "SELECT ?e WHERE { ?e a pol:Attack }" in program
    if language.startswith("Python"):
        texts = [one.value for one in ast.walk(ast.parse(program)) if isinstance(one, ast.Constant)]
        assert f"\n{query}\n" in texts


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_an_answer_is_downloaded(screen: Page, name: str) -> None:
    run(screen, ATTACKS)
    expect(state(screen)).to_contain_text("rows")
    screen.get_by_text("Download", exact=True).click()
    with screen.expect_download() as download:
        screen.locator(f".menu-list a[href*='format={name}']").click()

    assert download.value.suggested_filename == f"polemos.{name}"
    assert Path(download.value.path()).stat().st_size > 50


def test_what_the_server_cuts_is_said(page: Page, built_home: Path) -> None:
    limits = Limits(rows=10)
    with serving(Pool(Versions(built_home), workers=1, limits=limits), Settings()) as server:
        opened(page, asking(server, "SELECT * { ?s ?p ?o }"))

        expect(state(page)).to_contain_text("10 of 10 rows")
        expect(page.locator(".notes")).to_contain_text("Cut at the server’s limit of 10 rows.")


def test_hostile_texts_are_shown_as_text(page: Page, hostile: Served) -> None:
    opened(page, asking(hostile, "SELECT * { ?s ?p ?o }", view="table"))
    expect(state(page)).to_contain_text("rows")
    run(page, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    expect(page.get_by_label("Answer in Turtle")).to_be_visible()
    write(page, "SELECT * { ?e a ?class ; ?p script")
    page.keyboard.press("Control+ ")
    proposals(page).first.wait_for()

    assert page.title() != "owned"
    assert page.locator("main img, main script, main iframe").count() == 0


def test_the_keyboard_gets_out_of_the_editor(screen: Page) -> None:
    editor(screen).focus()
    screen.keyboard.press("Tab")
    expect(editor(screen)).to_be_focused()
    screen.keyboard.press("ControlOrMeta+z")
    screen.keyboard.press("Escape")
    screen.keyboard.press("Tab")

    divider = screen.get_by_role("separator")
    expect(divider).to_be_focused()
    before = int(divider.get_attribute("aria-valuenow") or 0)
    screen.keyboard.press("ArrowRight")
    assert int(divider.get_attribute("aria-valuenow") or 0) == before + 2


def test_the_forms_of_sparql_1_2_are_no_errors(screen: Page) -> None:
    run(screen, 'SELECT * { << ?s ?p ?o >> ?q """long\ntext""" . ?a ?b ?c {| ?d ?e |} } LIMIT 1')

    expect(state(screen)).to_contain_text("rows")
    expect(screen.locator(".cm-lintRange-error")).to_have_count(0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_has_no_objection(page: Page, site: Served, width: int, scheme: Scheme) -> None:
    opened(page, f"{site.address}/query")
    assert violations(page) == []
    opened(page, asking(site, ATTACKS))
    expect(state(page)).to_contain_text("rows")
    page.locator(".view-table:not([aria-busy])").wait_for()
    assert violations(page) == []
    run(page, "SELECT WRONG")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("name", ["Examples", "History", "Copy as"])
def test_axe_has_no_objection_to_a_window(page: Page, site: Served, name: str) -> None:
    opened(page, asking(site, ATTACKS))
    expect(state(page)).to_contain_text("rows")
    page.get_by_role("button", name=name).click()
    page.locator("dialog[open] :is(input, pre)").first.wait_for()

    assert violations(page) == []


def test_axe_has_no_objection_to_proposals_and_turtle(screen: Page) -> None:
    run(screen, DESCRIBE)
    screen.get_by_label("Answer in Turtle").wait_for()
    write(screen, "SELECT * { ?e a ")
    screen.keyboard.press("Control+ ")
    proposals(screen).first.wait_for()

    assert violations(screen) == []
