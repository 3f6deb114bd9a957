"""Words as they are compared: without case, accents and endings; and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

_MARKS = "".join(
    letter for letter in map(chr, range(0x10000)) if unicodedata.category(letter)[0] == "M"
)
"""Accents and vowel signs that stand as characters of their own."""
_LETTERS = rf"[^\W_](?:[^\W_]|[{re.escape(_MARKS)}])*+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ‘]{_LETTERS})*")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘")
_POSSESSIVE = re.compile(r"(?<=[a-z])['’ʼ‘]s$")
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ґ": "г"}
)
_STEMMED = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}
"""By language tag, the stemmer that takes endings off. There is none for Ukrainian."""


class Word(NamedTuple):
    """A word of a text, as it is compared, and from where to where it stands."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for found in _WORD.finditer(text):
        yield Word(fold(found[0]), found.start(), found.end())


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without case and accents: Київ and Киів, Bogotá and BOGOTA are alike."""
    lower = _POSSESSIVE.sub("", word.casefold()).translate(_APOSTROPHES)
    parted = unicodedata.normalize("NFKD", lower.translate(_WITHOUT_DECOMPOSITION))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def stem(folded: str, language: str) -> str:
    """A folded word without its ending, where the language's endings are known.

    Without a language, a word of plain Latin letters is taken for English.
    """
    tag = language.partition("-")[0].lower() or ("en" if folded.isascii() else "")
    name = _STEMMED.get(tag)
    return folded if name is None else str(_stemmer(name).stemWord(folded))


@lru_cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
