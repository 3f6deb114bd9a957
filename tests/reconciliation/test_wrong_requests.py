"""What is wrong is told with its place and with what to do, and as a problem document."""

from __future__ import annotations

import json

import httpx
import pytest

DEEP = '{"q0": ' + "[" * 50_000


@pytest.mark.parametrize(
    ("queries", "status", "words"),
    [
        ("{", 400, "no JSON"),
        (DEEP, 400, "no JSON"),
        ("[]", 400, "queries is no JSON object"),
        ('{"q0": 1}', 400, "queries.q0 is no JSON object"),
        ('{"q0": {}}', 400, "queries.q0: give a “query”"),
        ('{"q0": {"query": ""}}', 400, "queries.q0: give a “query”"),
        ('{"q0": {"query": "Kyiv", "typ": "City"}}', 400, "no member “typ”. Did you mean type"),
        ('{"q0": {"query": "Kyiv", "type": "Town"}}', 400, "there is no type “Town”"),
        ('{"q0": {"query": "Kyiv", "limit": 0}}', 400, "queries.q0.limit: 0"),
        ('{"q0": {"query": "Kyiv", "limit": NaN}}', 400, "NaN is no number"),
        ('{"q0": {"query": "Kyiv", "limit": 1e999}}', 400, "queries.q0.limit"),
        ('{"q0": {"query": "Kyiv", "limit": true}}', 400, "queries.q0.limit"),
        ('{"\\ud800": {"query": "Kyiv"}}', 400, "no JSON"),
        ('{"q0": {"query": "Kyiv", "type_strict": "maybe"}}', 400, "type_strict is none of"),
        ('{"q0": {"properties": [{"pid": "country"}]}}', 400, "has “pid” and “v”"),
        ('{"q0": {"properties": [{"pid": "contry", "v": "x"}]}}', 400, "no property “contry”"),
        (json.dumps({"q0": {"query": "x" * 501}}), 400, "more than 500 characters"),
        (json.dumps({f"q{at}": {"query": "x"} for at in range(101)}), 413, "batchSize"),
    ],
)
def test_a_wrong_batch(client: httpx.Client, queries: str, status: int, words: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "queries is no JSON array"),
        ({"queries": [{}]}, "queries[0].conditions is no JSON array"),
        ({"queries": [{"conditions": []}]}, "give at least one"),
        ({"queries": [{"conditions": [{"v": "Kyiv"}]}]}, "matchType"),
        (
            {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "x"}]}]},
            "“propertyId”",
        ),
        ({"queries": [{"type": ["A", "B"], "conditions": [{}]}]}, "queries[0].conditions[0]"),
        ({"queries": [{"query": "Kyiv"}]}, "no member “query”"),
    ],
)
def test_a_wrong_batch_of_the_draft(client: httpx.Client, body: object, words: str) -> None:
    answer = client.post("/reconcile/1.0/match", json=body)

    assert answer.status_code == 400, answer.text
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reconcile/preview?id=actor/nobody", 404),
        ("/reconcile/view?id=https://example.org/", 404),
        ("/reconcile/preview", 422),
        ("/reconcile/suggest/entity?cursor=-1", 400),
        ("/reconcile/suggest/entity?cursor=x", 422),
        ("/reconcile/extend/propose?type=Nothing", 400),
        ("/reconcile?extend={}", 400),
        ("/reconcile?queries=%ZZ", 400),
    ],
)
def test_a_wrong_address(client: httpx.Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_form_without_its_field(client: httpx.Client) -> None:
    answer = client.post("/reconcile", data={"query": "Kyiv"})

    assert answer.status_code == 400
    assert "“queries” or “extend”" in answer.json()["detail"]


def test_a_body_that_is_too_long(client: httpx.Client) -> None:
    answer = client.post("/reconcile", content=b"queries=" + b"x" * 2**20)

    assert answer.status_code == 413
