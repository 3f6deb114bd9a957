"""The text of an article with the words marked on which claims rest."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from api.linked_data.addresses import Resource
from api.linked_data.asking import Reader
from api.linked_data.claim import Statement, statements
from api.linked_data.sources import Source, read_source
from api.linked_data.view import View
from graph.vocabulary import OA, POLEMOS, PROV, SCHEMA


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text, in code points from 0, with a number that the page calls them by.

    ``claim`` rests on them, or there is a ``passage`` that says why none does.
    """

    number: int
    start: int
    end: int
    claim: str | None
    passage: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Words under the same quotes; ``begins`` and ``ends`` are the quotes that do so here."""

    text: str
    quotes: tuple[Quote, ...]
    begins: tuple[Quote, ...]
    ends: tuple[Quote, ...]

    @property
    def claims(self) -> tuple[Quote, ...]:
        """The quotes on which claims rest."""
        return tuple(quote for quote in self.quotes if quote.claim)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, and the quotes that begin in it."""

    segments: tuple[Segment, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A claim beside the text: who says it, and what it states."""

    source: Source
    statements: list[Statement]


async def read_text(reader: Reader, resource: Resource, view: View) -> dict[str, Any]:
    """Read an article's text, its quotes, and what the claims on them state."""
    said, names, rows = await asyncio.gather(
        reader.triples("article", entity=resource.term),
        reader.triples("article-names", entity=resource.term),
        reader.rows("article-statements", entity=resource.term),
    )
    view.graph.merge((said, names))
    by_claim = defaultdict(list)
    for row in rows:
        view.graph.add([(row["s"], row["p"], row["o"])])
        by_claim[row["claim"].value].append(row)
    quotes = read_quotes(resource.iri, view)
    noted = {
        quote.number: Noted(
            read_source(quote.claim, view, related=True), statements(by_claim[quote.claim], view)
        )
        for quote in quotes
        if quote.claim
    }
    text = view.graph.text(resource.iri, SCHEMA.articleBody.value)
    return {
        "paragraphs": list(paragraphs(text, quotes)) if text else [],
        "quotes": quotes,
        "noted": noted,
        "references": [],
        "text_language": view.graph.text(resource.iri, "http://purl.org/dc/terms/language"),
    }


def read_quotes(article: str, view: View) -> list[Quote]:
    """The quotes of an article in the order of the text."""
    graph = view.graph
    claims = {
        graph.text(claim, f"{POLEMOS}evidence"): claim
        for claim in graph.subjects(PROV.wasQuotedFrom.value, article)
    }
    found = []
    for passage in graph.subjects(OA.hasSource.value, article):
        for selector in graph.all(passage, OA.hasSelector.value):
            start, end = (graph.text(selector.value, each.value) for each in (OA.start, OA.end))
            if start.isdecimal() and end.isdecimal():
                found.append((int(start), -int(end), passage))
    return [
        Quote(number, start, -negative_end, claims.get(passage), passage)
        for number, (start, negative_end, passage) in enumerate(sorted(found), 1)
    ]


def paragraphs(text: str, quotes: Iterable[Quote]) -> Iterator[Paragraph]:
    """The lines of a text that are not blank, each cut where a quote begins or ends."""
    quotes, at = tuple(quotes), 0
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line.rstrip("\r\n"))
        at += len(line)
        if not line.strip():
            continue
        within = tuple(each for each in quotes if each.start < end and each.end > start)
        yield Paragraph(
            tuple(segments(text, start, end, within)),
            tuple(quote for quote in within if start <= quote.start < end),
        )


def segments(text: str, start: int, end: int, quotes: tuple[Quote, ...]) -> Iterator[Segment]:
    """A stretch of text cut at every edge of a quote: overlapping quotes share segments."""
    edges = {edge for quote in quotes for edge in (quote.start, quote.end)}
    cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    for left, right in pairwise(cuts):
        over = tuple(each for each in quotes if each.start <= left and each.end >= right)
        yield Segment(
            text[left:right],
            over,
            tuple(each for each in over if each.start == left),
            tuple(each for each in over if each.end == right),
        )
