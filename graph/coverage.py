"""Which sentences of an article carry claims, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.article import Article
from graph.passages import Passage, Span

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]?[^\W_a-zа-яіїєґ])|\n+")
SHORTENED = """
    a.m adm apr aug av brig capt cf co col corp dec dept dr e.g etc feb fig fr gen gov hon i.e inc
    jan jr jul jun lt ltd maj mar messrs mr mrs ms mt no nov oct op p.m pres prof rep rev sen sep
    sept sgt sr st u.k u.n u.s u.s.a vs
"""
ABBREVIATIONS = frozenset(SHORTENED.split())


@dataclass(frozen=True, slots=True)
class SentenceCoverage:
    """A sentence, where it stands (code points from 0), and what rests on it.

    ``claims`` are IRIs; ``reasons`` say why no claim rests on a passage in it.
    """

    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def explained(self) -> bool:
        """Whether a claim or a reason is given."""
        return bool(self.claims or self.reasons)


def coverage(article: Article) -> tuple[SentenceCoverage, ...]:
    """The sentences of an article in order, each with its claims or reasons."""
    return tuple(
        _coverage(span, article.text, article.passages) for span in sentences(article.text)
    )


def _coverage(span: Span, text: str, passages: tuple[Passage, ...]) -> SentenceCoverage:
    within = [each for each in passages if each.start < span.end and span.start < each.end]
    return SentenceCoverage(
        span.start,
        span.end,
        text[span.start : span.end],
        tuple(each.claim for each in within if each.claim is not None),
        tuple(each.reason for each in within if each.reason is not None),
    )


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text: to a full stop before a capital or a digit, or to a line's end.

    Full stops of the usual abbreviations and of initials end no sentence.
    """
    start = 0
    for mark in SENTENCE_END.finditer(text):
        if mark.group().startswith("\n") or not _abbreviates(text[start : mark.start()]):
            yield from _stripped(text, start, mark.end())
            start = mark.end()
    yield from _stripped(text, start, len(text))


def _abbreviates(before: str) -> bool:
    """Whether a full stop after these words belongs to the last of them."""
    word = re.split(r"[\s(“\"]", before)[-1]
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
