"""Read a page as a person would: its texts by place."""

from __future__ import annotations

import httpx
from lxml import html

from tests.api.serving import Served


def open_page(site: Served, path: str, language: str = "en") -> html.HtmlElement:
    """Fetch a page, which must be there, and parse it."""
    answer = httpx.get(
        site.address + path, headers={"Accept": "text/html", "Accept-Language": language}
    )
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.content)


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    """The texts of the elements that an XPath finds, in plain words."""
    return [" ".join(found.text_content().split()) for found in page.xpath(selector)]
