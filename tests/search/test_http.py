from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.command import run
from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Version, Versions
from tests.api.serving import Served, serving


@pytest.fixture(scope="module")
def server(searched: Version) -> Iterator[Served]:
    with serving(Pool(Versions(searched.folder.parents[1]), workers=1), Settings()) as served:
        yield served


def get(server: Served, **parameters: str) -> tuple[int, Any]:
    answer = httpx.get(f"{server.address}/search", params=parameters)
    return answer.status_code, json.loads(answer.text)


def test_entities_are_found(server: Served) -> None:
    status, document = get(server, q="київ", lang="uk", limit="1")

    score = document["results"][0].pop("score")
    assert score > 0
    assert (status, document) == (
        200,
        {
            "version": 1,
            "results": [
                {
                    "id": "http://example.org/kyiv",
                    "label": "Київ",
                    "classes": ["https://w3id.org/polemos/ontology#Region"],
                    "property": "label",
                    "language": "uk",
                    "snippet": "Київ",
                    "marks": [[0, 4]],
                    "page": "http://example.org/kyiv",
                    "kind": "регіон",
                }
            ],
        },
    )


def test_a_class_narrows(server: Served) -> None:
    _, document = get(server, q="kyiv", **{"class": "https://w3id.org/polemos/ontology#Event"})

    assert [each["id"] for each in document["results"]] == ["http://example.org/strike"]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 400),
        ({"q": "a", "offset": "-1"}, 422),
        ({"q": "a", "labels": "'"}, 422),
        ({"q": ""}, 400),
        ({"q": "…"}, 400),
        ({"q": "a" * 501}, 422),
        ({"q": "a", "limit": "0"}, 422),
        ({"q": "a", "limit": "1001"}, 422),
        ({"q": "a", "lang": "'"}, 422),
        ({"q": "a", "version": "99"}, 404),
        ({"q": "a", "version": "0"}, 422),
    ],
)
def test_wrong_parameters(server: Served, parameters: dict[str, str], status: int) -> None:
    found, problem = get(server, **parameters)

    assert (found, problem["status"]) == (status, status)


def test_the_command(searched: Version, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["search", "--home", str(searched.folder.parents[1]), "talks"])

    assert code == 0
    assert "Talks" in capsys.readouterr().out
