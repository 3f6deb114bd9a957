"""How alike two names are, from 0 to 1, and in what."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from graph.reconciliation.names import SLIGHT, Spelled

ALIKE = 0.6
"""Words that are less alike than this are different words."""
_SLIGHT_WEIGHT = 0.1
_SPELLING = (0.82, 0.14)
"""What a loose spelling that is the same is worth by itself, and what a close text adds to it."""
_SIMILAR = 0.85
"""The most that words are worth that are only similar."""


class In(StrEnum):
    """What two names agree in, the strongest first."""

    EXACT = "exact"
    TRANSLITERATED = "transliterated"
    WORD_ORDER = "word-order"
    SPELLING = "spelling"
    WORDS = "words"


_WORTH = {In.EXACT: 1.0, In.TRANSLITERATED: 0.97, In.WORD_ORDER: 0.96}


class Likeness(NamedTuple):
    """How alike, and in what."""

    value: float
    agree: In


def likeness(asked: Spelled, name: Spelled) -> Likeness:
    """Compare two names; the strongest agreement counts."""
    if asked.folded == name.folded:
        return Likeness(_WORTH[In.EXACT], In.EXACT)
    if not set(asked.readings).isdisjoint(name.readings):
        return Likeness(_WORTH[In.TRANSLITERATED], In.TRANSLITERATED)
    if not _sorted_words(asked.readings).isdisjoint(_sorted_words(name.readings)):
        return Likeness(_WORTH[In.WORD_ORDER], In.WORD_ORDER)
    if not _sorted_keys(asked).isdisjoint(_sorted_keys(name)):
        alone, close = _SPELLING
        return Likeness(alone + close * _closest(asked, name), In.SPELLING)
    best = max((_shared(one, other) for one in asked.keys for other in name.keys), default=0.0)
    return Likeness(_SIMILAR * best, In.WORDS)


def _sorted_words(readings: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {tuple(sorted(each.split())) for each in readings}


def _sorted_keys(name: Spelled) -> set[tuple[str, ...]]:
    return {tuple(sorted(each)) for each in name.keys}


def _closest(asked: Spelled, name: Spelled) -> float:
    return max(
        Levenshtein.normalized_similarity(one, other)
        for one in asked.readings
        for other in name.readings
    )


def _shared(asked: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How much two names share of their words: of both, and of the shorter one.

    Words are paired off from the most alike on; long words weigh more, slight ones next to
    nothing.
    """
    pairs = sorted(
        ((alike(one, other), i, j) for i, one in enumerate(asked) for j, other in enumerate(name)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    of_asked, of_name = list(map(_weight, asked)), list(map(_weight, name))
    got_asked, got_name = 0.0, 0.0
    used_asked: set[int] = set()
    used_name: set[int] = set()
    for value, i, j in pairs:
        if value < ALIKE:
            break
        if i not in used_asked and j not in used_name:
            used_asked.add(i)
            used_name.add(j)
            got_asked += value * of_asked[i]
            got_name += value * of_name[j]
    all_asked, all_name = sum(of_asked), sum(of_name)
    if not all_asked or not all_name:
        return 0.0
    both = (got_asked + got_name) / (all_asked + all_name)
    shorter = got_asked / all_asked if all_asked <= all_name else got_name / all_name
    return 0.7 * both + 0.3 * shorter


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> float:
    """How alike two words in loose spelling are: by edits, two letters that changed place as one.

    Numbers are alike only if they are the same.
    """
    if one == other:
        return 1.0
    if one.isdecimal() or other.isdecimal():
        return 0.0
    return float(OSA.normalized_similarity(one, other))


def _weight(word: str) -> float:
    return _SLIGHT_WEIGHT if word in SLIGHT else float(len(word))
