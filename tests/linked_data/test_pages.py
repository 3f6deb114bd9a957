"""What the pages of the shipped graph say."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.api.serving import Served
from tests.linked_data.reading import open_page, texts

STRIKE = "/page/event/2026-01-24-kyiv-strike"
ARTICLE = "/page/article/2026-01-24-kyiv-kharkiv"
CLAIM = "/page/claim/2026-01-24-kyiv-kharkiv"
HARM = "//section[@aria-labelledby='harm']"


def test_a_fact_stands_with_the_claim_behind_it(site: Served) -> None:
    page = open_page(site, STRIKE)

    bundle = f"{HARM}/div[.//dt='without heat']"
    assert texts(page, f"{bundle}//dd") == [
        "“nearly 6,000 apartment blocks” n < 6,000; apartment block; nearly",
        "heat outage",
    ]
    assert texts(page, f"{bundle}//blockquote") == [
        "…fires and damaging buildings, leaving nearly 6,000 apartment blocks without heat. "
        "In Kharkiv, strikes hit a…"
    ]
    assert texts(page, f"{bundle}//blockquote//q") == [
        "leaving nearly 6,000 apartment blocks without heat"
    ]
    credit = texts(page, f"{bundle}//p[@class='credit']")[0]
    assert credit.startswith("Vitali Klitschko, as Mayor of Kyiv (reported)24 January 2026")
    assert "Outlet of the report of 24 January 2026" in credit


@pytest.mark.parametrize(
    ("path", "interval"),
    [
        ("/page/event/2026-01-24-assault", "370 < n"),
        ("/page/event/2026-01-24-assault", "n = 21"),
        ("/page/event/2026-01-24-kharkiv-strike", "19 ≤ n"),
        ("/page/event/2026-01-24-kyiv-strike", "n < 6,000"),
    ],
)
def test_values_stand_in_their_bounds(site: Served, path: str, interval: str) -> None:
    assert interval in texts(open_page(site, path), "//*[@class='interval']")


def test_what_follows_from_a_fact_is_not_said_again(site: Served) -> None:
    properties = texts(open_page(site, STRIKE), "//dt")

    assert "killed" in properties
    assert not {"harm", "quantity", "type"} & set(properties)


def test_claims_that_corroborate_stand_side_by_side(site: Served) -> None:
    page = open_page(site, f"{CLAIM}/energy-targeted")

    assert texts(page, "//*[@class='relation corroborates']/p[@class='kind']") == ["corroborates"]
    assert texts(page, "//*[@class='relation corroborates']//q") == [
        "Ukrainian President Volodymyr Zelensky emphasized that the attacks focused on critical "
        "energy sectors"
    ]


def test_a_claim_shows_what_it_states(site: Served) -> None:
    page = open_page(site, f"{CLAIM}/killed-in-kyiv")

    rows = [texts(row, "*") for row in page.xpath("//tbody/tr")]

    assert rows == [
        ["Strike on Kyiv, 24 January 2026", "killed", "“one fatality” n = 1; person; exactly"]
    ]


def test_an_actor_is_seen_from_the_events(site: Served) -> None:
    page = open_page(site, "/page/actor/russia")

    took_part = texts(page, "//section[@aria-labelledby='by-participant']/ul/li/p[1]")
    assert "Strike on Kyiv, 24 January 2026 (attacker) · aerial attack" in took_part
    assert len(took_part) == 6


def test_a_wikidata_link_stands_with_its_check(site: Served) -> None:
    page = open_page(site, "/page/actor/russia")

    elsewhere = texts(page, "//p[@class='elsewhere']")[0]
    assert elsewhere.startswith("On Wikidata: wd:Q159 Checked on ")
    assert "label “Russia”, class wd:Q3624078, against Natural Earth" in elsewhere
    assert page.xpath("//a[.='wd:Q159']/@href") == ["http://www.wikidata.org/entity/Q159"]


def test_a_node_without_label_is_called_by_its_class(site: Served) -> None:
    page = open_page(site, "/page/territorial-control/2026-01-24-russia-in-ukraine")

    assert texts(page, "//h1") == ["territorial control: 2026-01-24-russia-in-ukraine"]


def test_the_page_speaks_ukrainian(site: Served) -> None:
    page = open_page(site, STRIKE, "de, uk;q=0.8, en;q=0.3")

    assert page.get("lang") == "uk"
    assert texts(page, "//h1") == ["Удар по Києву 24 січня 2026 року"]
    assert "Шкода і руйнування" in texts(page, "//h2")
    assert page.xpath("//p[@class='names']/bdi/@lang") == ["en"]
    assert page.xpath("//blockquote/p/@lang")[0] == "en"


def test_a_language_once_chosen_is_kept(site: Served) -> None:
    page = open_page(site, f"{STRIKE}?lang=uk")

    local = [href for href in page.xpath("//main//a/@href") if href.startswith("/")]
    assert local
    assert all(href.endswith("?lang=uk") for href in local)


def test_every_local_link_leads_somewhere(site: Served) -> None:
    pages = (STRIKE, "/ontology/killed", "/browse", "/page/actor/russia", "/page/version/1")
    links = {
        href.partition("#")[0]
        for path in pages
        for href in open_page(site, path).xpath("//a/@href | //head/link/@href")
        if href.startswith("/") and not href.startswith("/sparql")
    }

    assert len(links) > 50
    with httpx.Client(base_url=site.address, headers={"Accept": "*/*"}) as client:
        assert [link for link in links if client.head(link).status_code not in (200, 303)] == []


@pytest.mark.parametrize("path", [ARTICLE, f"{CLAIM}/killed-in-kyiv", STRIKE, "/ontology"])
def test_links_within_a_page_have_their_place(site: Served, path: str) -> None:
    page = open_page(site, path)

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_an_article_marks_what_claims_rest_on(site: Served) -> None:
    page = open_page(site, ARTICLE)

    assert len(page.xpath("//ol[@class='notes']/li[div]")) == 55
    assert texts(page, "//*[@class='without-fact']")[1] == (
        "The outcome could shape the future of Ukraine’s sovereignty and set precedents for "
        "conflict resolution in similar disputes."
    )
    assert "A conjecture about the future" in texts(page, "//li[@class='grey']")[1]
    marked = texts(page, "//div[@class='paragraph'][1]//mark[@class='depth-3']")
    assert "its largest aerial assault on Ukraine" in marked


def test_a_page_speaks_schema_org(site: Served) -> None:
    page = open_page(site, STRIKE)

    (block,) = page.xpath("//script[@type='application/ld+json']")
    found = json.loads(block.text)
    assert (found["@type"], found["@id"]) == (
        "Event",
        "https://w3id.org/polemos/id/event/2026-01-24-kyiv-strike",
    )
    assert found["location"] == [{"@id": "https://w3id.org/polemos/id/region/kyiv", "name": "Kyiv"}]
    assert found["startDate"] == "2026-01-23T12:00:00+02:00"


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_a_page_names_its_documents(site: Served, suffix: str) -> None:
    (href,) = open_page(site, STRIKE).xpath(
        f"//link[@rel='alternate'][contains(@href, '.{suffix}')]/@href"
    )

    assert httpx.get(site.address + href).status_code == 200


def test_a_term_has_its_rules_counts_and_alignments(site: Served) -> None:
    page = open_page(site, "/ontology/Attack")

    assert texts(page, "//dd[preceding-sibling::dt='In this version'][1]") == ["3 things"]
    assert "skos:closeMatch plover:ASSAULT" in texts(page, "//dd[@class='inline']")
    assert (
        "attack weapon Let pol:weapon lead to a pol:WeaponSystem (graph/reference/weapons.ttl); "
        "how many were used is pol:launched. Violation"
    ) in texts(page, "//tbody/tr")


@pytest.mark.parametrize(("path", "rows"), [("/ontology/Attack", 3), ("/ontology/killed", 1)])
def test_the_example_query_of_a_term_runs(site: Served, path: str, rows: int) -> None:
    (href,) = open_page(site, path).xpath("//section[@aria-labelledby='example-query']//a/@href")

    answer = httpx.get(site.address + href)

    assert len(answer.json()["results"]["bindings"]) == rows


def test_the_ontology_is_a_tree_with_counts(site: Served) -> None:
    page = open_page(site, "/ontology")

    below_attack = "//a[@href='/ontology/Attack']/following-sibling::ul//a"
    assert "aerial attack" in texts(page, below_attack)
    assert texts(page, "//a[@href='/ontology/Attack']/following-sibling::span[1]") == ["3"]


def test_a_code_list_shows_its_codes(site: Served) -> None:
    page = open_page(site, "/page/scheme/modality")

    assert "reported · skos:Concept" in texts(page, "//section[@class='references']//li")


def test_one_finds_things_by_class(site: Served) -> None:
    (href,) = open_page(site, "/browse").xpath("//a[.='negotiation']/@href")

    assert "Trilateral peace negotiations in Abu Dhabi, January 2026 · negotiation" in texts(
        open_page(site, href), "//ul[@class='things']/li"
    )


def test_a_version_tells_where_it_came_from(site: Served) -> None:
    page = open_page(site, "/page/version/1")

    assert texts(page, "//h1") == ["Version 1"]
    assert texts(page, "//dd[preceding-sibling::dt='claims'][1]") == ["55"]
    assert texts(page, "//dd[preceding-sibling::dt='On top of'][1]") == [
        "nothing: it was built from the files"
    ]


def test_a_missing_thing_has_a_page_that_says_so(site: Served) -> None:
    answer = httpx.get(f"{site.address}/page/actor/nobody", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "The graph says nothing of" in answer.text
