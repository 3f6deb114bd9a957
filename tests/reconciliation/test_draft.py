"""The 1.0 draft: other members, arrays in place of objects, JSON bodies, fixed routes."""

from __future__ import annotations

from typing import Any

import httpx

from tests.reconciliation.schemas import (
    DRAFT_ENTITIES,
    DRAFT_EXTENSION,
    DRAFT_MANIFEST,
    DRAFT_RESULTS,
    PROPERTIES,
    PROPOSAL,
    TYPES,
    assert_valid,
)

ROOT = "/reconcile/1.0"


def name(*values: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": values[0] if len(values) == 1 else list(values)}


def matched(client: httpx.Client, *queries: dict[str, Any]) -> list[list[str]]:
    answer = client.post(f"{ROOT}/match", json={"queries": queries})
    assert answer.status_code == 200, answer.text
    assert_valid(DRAFT_RESULTS, answer.json())
    return [[each["id"] for each in r["candidates"]] for r in answer.json()["results"]]


def test_the_manifest_says_what_there_is(client: httpx.Client) -> None:
    assert_valid(DRAFT_MANIFEST, client.get(ROOT).json())


def test_queries_are_answered_in_their_order(client: httpx.Client) -> None:
    found = matched(
        client,
        {"type": "Person", "limit": 1, "conditions": [name("Зеленский")]},
        {"conditions": [name("Kyjiw")], "limit": 1, "lang": "de"},
        {"conditions": [name("Nowhere at all")]},
    )

    assert found == [["actor/volodymyr-zelenskyy"], ["region/kyiv"], []]


def test_one_of_several_names_is_enough(client: httpx.Client) -> None:
    found = matched(client, {"conditions": [name("Nobody", "Кличко")], "limit": 1})

    assert found == [["actor/vitali-klitschko"]]


def test_conditions_can_do_without_a_name(client: httpx.Client) -> None:
    within = {
        "matchType": "property",
        "propertyId": "within",
        "propertyValue": "ОАЭ",
        "required": True,
    }
    inside, outside = matched(
        client,
        {"type": "City", "conditions": [within]},
        {"type": "City", "conditions": [within | {"matchQuantifier": "none"}], "limit": 100},
    )

    assert inside == ["region/abu-dhabi"]
    assert "region/kyiv" in outside
    assert "region/abu-dhabi" not in outside


def test_values_come_in_the_order_of_the_entities(client: httpx.Client) -> None:
    wanted = {"ids": ["region/kyiv", "region/kharkiv"], "properties": [{"id": "wikidata"}]}
    answer = client.post(f"{ROOT}/extend", json=wanted).json()

    assert_valid(DRAFT_EXTENSION, answer)
    assert answer["rows"] == [
        {
            "id": "region/kyiv",
            "properties": [{"id": "wikidata", "values": [{"id": "Q1899", "name": "Kyiv"}]}],
        },
        {"id": "region/kharkiv", "properties": [{"id": "wikidata", "values": []}]},
    ]


def test_the_routes_beside_are_fixed(client: httpx.Client) -> None:
    assert_valid(
        DRAFT_ENTITIES, client.get(f"{ROOT}/suggest/entity", params={"prefix": "Ky"}).json()
    )
    assert_valid(TYPES, client.get(f"{ROOT}/suggest/type", params={"prefix": "re"}).json())
    assert_valid(PROPERTIES, client.get(f"{ROOT}/suggest/property").json())
    proposal = client.get(f"{ROOT}/extend/propose", params={"type": "City", "limit": 2}).json()
    assert_valid(PROPOSAL, proposal)
    assert len(proposal["properties"]) == 2
    preview = client.get(f"{ROOT}/preview", params={"id": "region/kyiv"})
    assert "Київ" in preview.text


def test_a_script_of_another_site_may_send_json(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options(f"{ROOT}/match", headers=asked)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
