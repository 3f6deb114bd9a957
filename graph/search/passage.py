"""The part of a text that shows why it was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from graph.search.words import Word, words

LONGEST = 240
"""Characters."""
_BEFORE = 60


class Passage(NamedTuple):
    """A part of a text, and from where to where in it the words stand that were found."""

    text: str
    marks: tuple[tuple[int, int], ...]


def passage(text: str, is_asked: Callable[[Word], bool]) -> Passage:
    """The whole of a short text, else the part that begins a little before the first word found.

    What is left out is shown by an ellipsis.
    """
    hits = [word for word in words(text) if is_asked(word)]
    start, end = 0, len(text)
    if end > LONGEST:
        start = _word_start(text, hits[0].start - _BEFORE) if hits else 0
        end = _word_end(text, start + LONGEST)
    opening = "… " if start else ""
    closing = " …" if end < len(text) else ""
    moved = len(opening) - start
    marks = [
        (word.start + moved, word.end + moved)
        for word in hits
        if start <= word.start < word.end <= end
    ]
    return Passage(opening + text[start:end] + closing, tuple(marks))


def _word_start(text: str, at: int) -> int:
    """The first beginning of a word from a place on; a text without spaces is cut at the place."""
    if at <= 0:
        return 0
    space = text.find(" ", at, at + _BEFORE)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _BEFORE, at)
    return at if space < 0 else space
