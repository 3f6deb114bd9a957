"""OpenRefine's own sequence of calls, replayed against the served graph (0.2).

As OpenRefine 3 makes them: the manifest; the types of the first rows; a batch of ten with the
chosen type; the preview of a candidate in a frame; completion in the search box; the properties
of the type and the values that become new columns. Identifiers are encoded as it does
(encodeURIComponent), and every address is taken from the manifest.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx

from tests.reconciliation.schemas import (
    ENTITIES,
    EXTENSION,
    MANIFEST,
    PROPERTIES,
    PROPOSAL,
    RESULTS,
    TYPES,
    assert_valid,
)

ROWS = (
    "Zelensky", "Зеленский", "Selenskyj", "Klitschko", "Кличко", "Umerov", "Witkoff", "Уиткофф",
    "Jared Kushner", "Трамп",
)  # fmt: skip
ACTORS = (
    "volodymyr-zelenskyy", "volodymyr-zelenskyy", "volodymyr-zelenskyy", "vitali-klitschko",
    "vitali-klitschko", "rustem-umerov", "steve-witkoff", "steve-witkoff", "jared-kushner",
    "donald-trump",
)  # fmt: skip


def got(client: httpx.Client, address: str, **parameters: str) -> Any:
    answer = client.get(address, params=parameters or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


def posted(client: httpx.Client, **form: Any) -> Any:
    fields = {name: json.dumps(value) for name, value in form.items()}
    answer = client.post("/reconcile", data=fields)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


def test_openrefine_links_a_column_and_adds_columns(client: httpx.Client) -> None:
    manifest = got(client, "/reconcile")
    assert_valid(MANIFEST, manifest)

    guessed = posted(
        client, queries={f"q{at}": {"query": name, "limit": 3} for at, name in enumerate(ROWS)}
    )
    assert_valid(RESULTS, guessed)
    first_types = [each["result"][0]["type"][0]["id"] for each in guessed.values()]
    assert first_types == ["Person"] * 10

    suggest = manifest["suggest"]["type"]
    types = got(client, suggest["service_url"] + suggest["service_path"], prefix="pers")
    assert_valid(TYPES, types)
    assert [each["id"] for each in types["result"]] == ["Person"]

    batch = {
        f"q{at}": {"query": name, "type": "Person", "type_strict": "should", "limit": 5}
        for at, name in enumerate(ROWS)
    }
    results = posted(client, queries=batch)
    assert_valid(RESULTS, results)
    assert list(results) == list(batch)
    ids = [each["result"][0]["id"] for each in results.values()]
    assert ids == [f"actor/{name}" for name in ACTORS]

    encoded = quote(ids[0], safe="")
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", encoded))
    assert preview.headers["content-type"].startswith("text/html")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "Володимир Зеленський" in preview.text
    page = client.get(manifest["view"]["url"].replace("{{id}}", encoded), follow_redirects=True)
    assert page.status_code == 200
    assert page.url.path == "/page/actor/volodymyr-zelenskyy"

    suggest = manifest["suggest"]["entity"]
    entities = got(client, suggest["service_url"] + suggest["service_path"], prefix="Кличк")
    assert_valid(ENTITIES, entities)
    assert entities["result"][0]["id"] == "actor/vitali-klitschko"

    propose = manifest["extend"]["propose_properties"]
    proposal = got(client, propose["service_url"] + propose["service_path"], type="Person")
    assert_valid(PROPOSAL, proposal)
    assert {"affiliation", "country", "wikidata"} <= {p["id"] for p in proposal["properties"]}

    wanted = [
        {"id": "affiliation"},
        {"id": "label-uk"},
        {"id": "country", "settings": {"limit": 1}},
    ]
    extension = posted(client, extend={"ids": sorted(set(ids)), "properties": wanted})
    assert_valid(EXTENSION, extension)
    assert extension["meta"][0] == {"id": "affiliation", "name": "affiliation"}
    assert extension["rows"]["actor/steve-witkoff"] == {
        "affiliation": [{"id": "actor/united-states", "name": "United States"}],
        "label-uk": [{"str": "Стів Віткофф"}],
        "country": [{"id": "region/united-states", "name": "United States"}],
    }


def test_a_row_with_its_country_finds_the_right_namesake(client: httpx.Client) -> None:
    properties = [{"pid": "affiliation", "v": {"id": "actor/united-states", "name": "USA"}}]
    answer = posted(client, queries={"q0": {"query": "administration", "properties": properties}})

    assert_valid(RESULTS, answer)
    assert answer["q0"]["result"][0]["id"] == "actor/trump-administration"
    features = {each["id"]: each["value"] for each in answer["q0"]["result"][0]["features"]}
    assert features["property-affiliation"] == 100.0


def test_items_of_wikidata_become_cells_that_its_own_service_knows(client: httpx.Client) -> None:
    wanted = {"ids": ["region/kyiv", "nothing/there"], "properties": [{"id": "wikidata"}]}
    answer = posted(client, extend=wanted)

    assert_valid(EXTENSION, answer)
    assert answer == {
        "meta": [
            {
                "id": "wikidata",
                "name": "Wikidata item",
                "service": "https://wikidata.reconci.link/en/api",
            }
        ],
        "rows": {
            "region/kyiv": {"wikidata": [{"id": "Q1899", "name": "Kyiv"}]},
            "nothing/there": {"wikidata": []},
        },
    }


def test_dates_and_numbers_have_their_own_form(client: httpx.Client) -> None:
    strike = "event/2026-01-24-kyiv-strike"
    ids = [strike, "region/kyiv"]
    properties = [{"id": "start"}, {"id": "latitude"}, {"id": "country"}]
    answer = posted(client, extend={"ids": ids, "properties": properties})

    assert_valid(EXTENSION, answer)
    assert answer["rows"]["region/kyiv"]["latitude"] == [{"float": 50.45}]
    assert answer["rows"][strike]["start"][0]["date"].startswith("2026-01-2")
    assert answer["rows"][strike]["country"] == [{"id": "region/ukraine", "name": "Ukraine"}]


def test_a_batch_can_be_in_the_address(client: httpx.Client) -> None:
    """The test bench of the community group asks so."""
    answer = got(client, "/reconcile", queries='{"q0": {"query": "Київ"}}')

    assert_valid(RESULTS, answer)
    assert answer["q0"]["result"][0]["id"] == "region/kyiv"
    assert answer["q0"]["result"][0]["match"] is True


def test_names_are_in_the_language_of_the_reader(client: httpx.Client) -> None:
    queries = {"queries": '{"q0": {"query": "Kharkiv"}}'}
    answer = client.get("/reconcile", params=queries, headers={"Accept-Language": "uk"})

    assert answer.json()["q0"]["result"][0]["name"] == "Харків"
    assert "Accept-Language" in answer.headers["vary"]


def test_properties_are_suggested_by_any_word(client: httpx.Client) -> None:
    answer = got(client, "/reconcile/suggest/property", prefix="item")

    assert_valid(PROPERTIES, answer)
    assert [each["id"] for each in answer["result"]] == ["wikidata"]


def test_suggestions_go_on_from_a_cursor(client: httpx.Client) -> None:
    pages = [
        [each["id"] for each in got(client, "/reconcile/suggest/entity", cursor=at)["result"]]
        for at in ("0", "10")
    ]

    assert [len(page) for page in pages] == [10, 10]
    assert set(pages[0]).isdisjoint(pages[1])


def test_an_identifier_is_suggested_for_itself(client: httpx.Client) -> None:
    answer = got(client, "/reconcile/suggest/entity", prefix="region/kyiv")

    assert answer["result"][0]["id"] == "region/kyiv"
