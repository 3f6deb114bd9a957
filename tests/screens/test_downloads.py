"""What an answer can be taken along as, besides the formats of the protocol."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.api.serving import Served

TIES = """PREFIX pol: <https://w3id.org/polemos/ontology#>
SELECT ?source ?target WHERE { ?source a pol:Attack ; pol:place ?target }"""


def test_an_answer_with_two_ends_is_downloaded_as_a_network(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/query?query={quote(TIES)}")
    page.get_by_text("Download", exact=True).click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Cytoscape").click()

    network = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert len(network["elements"]["edges"]) == 3


def test_other_answers_are_not_offered_as_networks(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/query?query={quote('SELECT ?x { ?x a ?y } LIMIT 1')}")
    page.get_by_text("Download", exact=True).click()

    expect(page.get_by_role("link", name="CSV", exact=False)).to_be_visible()
    expect(page.get_by_role("link", name="Cytoscape")).to_have_count(0)
