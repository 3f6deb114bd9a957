"""Texts that try to leave their place are shown as texts, in pages and in documents."""

from __future__ import annotations

import json

import httpx
import pyoxigraph as ox
import pytest

from graph.formats import RDF_FORMATS, RdfFormat
from tests.api.serving import Served
from tests.linked_data.conftest import HOSTILE
from tests.linked_data.reading import open_page, texts

LABEL = (
    "<script>document.title='owned'</script></script><b>\"quoted\" 'single' & "
    "\u202ereversed\u2066\nsecond line"
)
PAGES = (
    "/page/event/hostile",
    "/page/actor/hostile",
    "/page/claim/2026-02-01-hostile/one",
    "/page/article/2026-02-01-hostile",
    "/page/region/a&b'c(d)%3Cscript%3E",
    "/page/region/%D0%94%D0%BE%D0%BD%D0%B5%D1%86%D1%8C%D0%BA",
    "/ontology/seeAlso",
    "/browse/Event",
)


def test_a_label_is_a_text_in_isolation(hostile: Served) -> None:
    page = open_page(hostile, "/page/event/hostile")

    (label,) = page.xpath("//h1/bdi")
    assert label.text_content() == LABEL
    assert not label.xpath(".//*")


@pytest.mark.parametrize("path", PAGES[:-2])
def test_nothing_of_a_text_becomes_markup(hostile: Served, path: str) -> None:
    page = open_page(hostile, path)

    assert [each.get("type") for each in page.xpath("//script[not(@src)]")] == [
        "application/ld+json"
    ]
    assert not page.xpath("//b | //i | //img | //*[@onerror]")
    assert not [href for href in page.xpath("//@href") if href.lower().startswith("javascript")]


def test_the_block_of_json_cannot_be_closed(hostile: Served) -> None:
    page = open_page(hostile, "/page/event/hostile")

    (block,) = page.xpath("//script[not(@src)]")
    assert "<" not in block.text
    assert json.loads(block.text)["name"] == [{"@language": "en", "@value": LABEL}]


def test_a_quote_is_shown_letter_by_letter(hostile: Served) -> None:
    page = open_page(hostile, "/page/claim/2026-02-01-hostile/one")

    assert texts(page, "//blockquote//q")[0] == (
        "</q></blockquote><script>document.title='owned'</script>"
    )


def test_the_text_of_an_article_is_whole(hostile: Served) -> None:
    page = open_page(hostile, "/page/article/2026-02-01-hostile")

    (text,) = page.xpath("//p[@class='text']")
    for number in text.xpath(".//sup"):
        number.drop_tree()
    assert text.text_content() == (
        "<i></q></blockquote><script>document.title='owned'</script>\u202e and more"
    )


@pytest.mark.parametrize("path", ["/id/region/a&b'c(d)%3Cscript%3E", "/id/region/Донецьк"])
def test_unusual_names_are_found(hostile: Served, path: str) -> None:
    answer = httpx.get(
        hostile.address + path, headers={"Accept": "text/turtle"}, follow_redirects=True
    )

    assert answer.status_code == 200
    assert b"label" in answer.content


@pytest.mark.parametrize(
    "format", [RDF_FORMATS["trig"], RDF_FORMATS["nquads"]], ids=["trig", "nquads"]
)
def test_documents_give_the_texts_back(hostile: Served, format: RdfFormat) -> None:
    answer = httpx.get(f"{hostile.address}/data/event/hostile.{format.suffix}")

    found = set(ox.parse(answer.content, format.codec))
    subject = ox.NamedNode("https://w3id.org/polemos/id/event/hostile")
    written = {
        quad
        for quad in ox.parse(HOSTILE.read_bytes(), ox.RdfFormat.TRIG)
        if quad.subject == subject
    }
    assert len(written) == 7
    assert written <= found


@pytest.mark.parametrize(
    "path", ["/page/%00", "/id/a%0d%0aSet-Cookie:x", "/data/%ff%fe.ttl", "/page/" + "a" * 5000]
)
def test_names_that_cannot_be_are_not_found(hostile: Served, path: str) -> None:
    answer = httpx.get(hostile.address + path)

    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
