"""The service follows the versions, and shows hostile names as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from tests.api.serving import Served, serving

PREFIXES = """
PREFIX pol: <https://w3id.org/polemos/ontology#>
PREFIX region: <https://w3id.org/polemos/id/region/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
HOSTILE = "<script>alert('x')</script> \u202e&amp;"


def publish(versions: Versions, name: str) -> None:
    with versions.draft() as draft:
        draft.update(
            f'{PREFIXES} INSERT DATA {{ pol:City rdfs:subClassOf pol:Place ; rdfs:label "city"@en .'
            f' pol:Place rdfs:label "place"@en .'
            f' region:one a pol:City , pol:Place ; rdfs:label "{name}"@en }}'
        )
        draft.publish(name)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    found = Versions(tmp_path)
    publish(found, "Firsttown")
    return found


@pytest.fixture
def served(versions: Versions) -> Iterator[Served]:
    pool = Pool(versions, workers=1, limits=Limits(seconds=60))
    with serving(pool, Settings(adopt_every=0.05)) as server:
        yield server


def reconciled(client: httpx.Client, name: str) -> httpx.Response:
    return client.get("/reconcile", params={"queries": f'{{"q": {{"query": "{name}"}}}}'})


def test_a_newer_version_is_matched_against(versions: Versions, served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=60) as client:
        assert reconciled(client, "Secondtown").json() == {"q": {"result": []}}
        publish(versions, "Secondtown")
        while client.get("/sparql?query=ASK{}").headers["polemos-version"] != "2":
            pass
        answer = reconciled(client, "Secondtown")

    assert answer.json()["q"]["result"][0]["id"] == "region/one"
    assert answer.headers["polemos-version"] == "2"


def test_hostile_names_are_text(versions: Versions, served: Served) -> None:
    publish(versions, HOSTILE)
    with httpx.Client(base_url=served.address, timeout=60) as client:
        while client.get("/sparql?query=ASK{}").headers["polemos-version"] != "2":
            pass
        preview = client.get("/reconcile/preview", params={"id": "region/one"})
        suggested = client.get("/reconcile/suggest/entity", params={"prefix": "script"})

    assert "<script" not in preview.text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in preview.text
    assert "script-src" not in preview.headers["content-security-policy"]
    assert suggested.headers["content-type"] == "application/json"
    assert suggested.headers["x-content-type-options"] == "nosniff"
