"""Find the words that a claim rests on, and point at them as the Web Annotation model does.

A passage is an oa:SpecificResource with a TextQuoteSelector (Web Annotation Data Model, 4.2.4) and
a TextPositionSelector (4.2.5); positions count Unicode code points from 0, as there.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.finding import Finding, Origin
from graph.vocabulary import OA, POL, RDF

CONTEXT = 32
"""Characters of the text that a selector gives before and after the exact words."""
RELIABLE = 3
"""Characters that a stretch in common must have to say where the rest of the quote would stand."""
ALIKE = 0.6
"""How much of a quote must be in a stretch of text for it to be shown as the nearest."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words said to stand in an article, not yet looked for; ``iri`` is that of their passage.

    ``claim`` is the IRI of the claim that rests on them, or None with the reason why none does.
    """

    iri: str
    quote: str
    origin: Origin
    claim: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article and where they stand; ``start`` and ``end`` count code points from 0."""

    iri: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    claim: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points from 0; ``end`` is the first one outside."""

    start: int
    end: int


def find_passages(
    quotations: Iterable[Quotation], text: str
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """The passages of the quotations that the text holds, and what is wrong with the others."""
    passages: list[Passage] = []
    findings: list[Finding] = []
    for quotation in quotations:
        try:
            passages.append(_passage(quotation, locate(quotation.quote, text), text))
        except InvalidInput as fault:
            focus = quotation.claim or quotation.iri
            findings.append(Finding(str(fault), focus, quotation.origin))
    return tuple(passages), tuple(findings)


def _passage(quotation: Quotation, span: Span, text: str) -> Passage:
    return Passage(
        quotation.iri,
        span.start,
        span.end,
        quotation.quote,
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
        quotation.claim,
        quotation.reason,
    )


def locate(quote: str, text: str) -> Span:
    """The one place where the quote stands in the text, letter by letter.

    Raises InvalidInput where it stands nowhere, with the nearest words and the letters that differ,
    or where it stands more than once, with the places.
    """
    if not quote.strip():
        raise InvalidInput("the quote is empty. Give the exact words of the passage.")
    starts = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
    if len(starts) == 1:
        return Span(starts[0], starts[0] + len(quote))
    if starts:
        raise InvalidInput(_told_apart(quote, text, starts))
    raise InvalidInput(f"the quote “{quote}” is not in the text. {_nearest_told(quote, text)}")


def _told_apart(quote: str, text: str, starts: list[int]) -> str:
    places = " and ".join(f"“{_around(text, start, start + len(quote))}”" for start in starts)
    return (
        f"the quote “{quote}” is in the text {len(starts)} times: {places}."
        " Lengthen the quote until it stands there once."
    )


def _around(text: str, start: int, end: int) -> str:
    """A stretch of text with a few words on either side, on one line."""
    begin, stop = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    shown = " ".join(text[begin:stop].split())
    return f"{'…' if begin else ''}{shown}{'…' if stop < len(text) else ''}"


def _nearest_told(quote: str, text: str) -> str:
    span = nearest(quote, text)
    if span is None:
        return "Nothing in the text is like it. Copy the words from text.txt."
    words = text[span.start : span.end]
    differing = "; ".join(differences(quote, words))
    return f"The nearest words are “{words}”: {differing}. Copy them from text.txt."


def nearest(quote: str, text: str) -> Span | None:
    """The stretch of text most like the quote, in whole words; None where nothing is alike.

    The longest stretch in common finds the neighbourhood, the first and last ones there the ends.
    """
    matcher = difflib.SequenceMatcher(None, quote, text, autojunk=False)
    anchor = matcher.find_longest_match()
    origin = max(0, anchor.b - anchor.a - CONTEXT)
    matcher.set_seq2(text[origin : origin + len(quote) + 2 * CONTEXT])
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= RELIABLE]
    if sum(block.size for block in blocks) < ALIKE * len(quote):
        return None
    first, last = blocks[0], blocks[-1]
    start = max(0, origin + first.b - first.a)
    end = min(len(text), origin + last.b + len(quote) - last.a)
    return _whole_words(start, end, text)


def _whole_words(start: int, end: int, text: str) -> Span:
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def differences(quote: str, words: str) -> Iterator[str]:
    """What differs between a quote and the words of the text, letter by letter."""
    matcher = difflib.SequenceMatcher(None, quote, words, autojunk=False)
    for kind, start, end, text_start, text_end in matcher.get_opcodes():
        written, found = _named(quote[start:end]), _named(words[text_start:text_end])
        if kind == "replace":
            yield f"the quote has {written} where the text has {found}"
        elif kind == "delete":
            yield f"the quote has {written} too many"
        elif kind == "insert":
            yield f"the quote lacks {found}"


def _named(letters: str) -> str:
    """Letters as shown, with their Unicode name where one sign could be taken for another."""
    if len(letters) == 1 and not (letters.isascii() and letters.isalnum()):
        return f"“{letters}” ({unicodedata.name(letters, f'U+{ord(letters):04X}')})"
    return f"“{letters}”"


def selector_quads(found: Passage, article: ox.NamedNode) -> Iterator[ox.Quad]:
    """The passage as an oa:SpecificResource of the article, with its two selectors.

    Positions are xsd:integer: the store keeps the narrower xsd:nonNegativeInteger as that anyway.
    """
    node = ox.NamedNode(found.iri)
    quote, position = ox.NamedNode(f"{found.iri}/quote"), ox.NamedNode(f"{found.iri}/position")
    yield ox.Quad(node, RDF.type, OA.SpecificResource)
    yield ox.Quad(node, OA.hasSource, article)
    yield ox.Quad(node, OA.hasSelector, quote)
    yield ox.Quad(node, OA.hasSelector, position)
    yield ox.Quad(quote, RDF.type, OA.TextQuoteSelector)
    yield ox.Quad(quote, OA.exact, ox.Literal(found.exact))
    yield ox.Quad(quote, OA.prefix, ox.Literal(found.prefix))
    yield ox.Quad(quote, OA.suffix, ox.Literal(found.suffix))
    yield ox.Quad(position, RDF.type, OA.TextPositionSelector)
    yield ox.Quad(position, OA.start, ox.Literal(found.start))
    yield ox.Quad(position, OA.end, ox.Literal(found.end))
    if found.claim is not None:
        yield ox.Quad(node, RDF.type, POL.Passage)
        yield ox.Quad(ox.NamedNode(found.claim), POL.evidence, node)
