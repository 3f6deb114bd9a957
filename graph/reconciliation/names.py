"""A name as it is compared: folded, read in Latin letters, and spelled loosely.

The loose spelling is a key under which the romanisations of one name in English, German, French,
Polish and Czech meet: Zelenskyy, Zelenskyj and Zełenski are all ``zelenski``. It is coarse on
purpose; :mod:`graph.reconciliation.likeness` never takes it for more than a hint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.reconciliation.transliteration import latin

_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`´ʹ")
_NO_WORD = re.compile(r"[^\w]+|_+")
_LETTERS = str.maketrans(
    {
        "č": "ch", "ć": "ch", "š": "sh", "ś": "sh", "ž": "zh", "ż": "zh", "ź": "zh", "ł": "l",
        "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    }
)  # fmt: skip
_LOOSE = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"shch|schtsch|szcz", "s"),
        (r"tsch|tch|cz", "h"),
        (r"sch|sh|sz", "s"),
        (r"kh|ch|gh|g", "h"),
        (r"zh|zs", "z"),
        (r"tz|ts", "c"),
        (r"ck|q", "k"),
        (r"c(?=[aoulrk]|$)", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou", "u"),
        (r"[yj]", "i"),
        (r"i+(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=[oe])f$", "v"),
    )
)
"""In this order; what comes first is what later rules see."""
SAME_WORDS: Mapping[str, str] = {
    word: kept
    for kept, words in {
        "oblast": "oblast oblasti obl voblast region province provincia gebiet",
        "city": "city misto horod gorod",
        "saint": "st saint sankt",
    }.items()
    for word in words.split()
}
"""Words for kinds of places that tables write in one language or another."""
_SLIGHT = "the of and in on a an la le les de du et der die das des und von"
SLIGHT = frozenset(_SLIGHT.split())
"""Words that say little: they weigh next to nothing."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in the forms that are compared."""

    text: str
    folded: str
    """Without case, accents, punctuation; in its own script."""
    readings: tuple[str, ...]
    """The folded text in Latin letters; several where its language is not clear."""
    keys: tuple[tuple[str, ...], ...]
    """The loose spelling of each reading, word by word."""


def spelled(text: str) -> Spelled:
    """The forms of a name."""
    lower = _lower(text)
    folded = _without_accents(lower)
    readings = tuple(dict.fromkeys(_without_accents(each) for each in latin(lower)))
    keys = tuple(dict.fromkeys(tuple(map(loose, each.split())) for each in readings))
    return Spelled(text, folded, readings, keys)


def _lower(text: str) -> str:
    """Small letters, composed; initials joined (U.S. is us); no punctuation."""
    joined = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    lower = unicodedata.normalize("NFKC", joined).casefold().translate(_APOSTROPHES)
    return _NO_WORD.sub(" ", lower.replace("&", " and ")).strip()


def _without_accents(text: str) -> str:
    """Accents go, but й, ї and ё are letters of their own and not и, і and е with a mark."""
    if text.isascii():
        return text
    return "".join(_plain(letter) for letter in text.translate(_LETTERS))


@lru_cache(maxsize=10_000)
def _plain(letter: str) -> str:
    if "Ѐ" <= letter <= "ӿ":
        return letter
    parted = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in parted if not unicodedata.combining(each))


@lru_cache(maxsize=200_000)
def loose(word: str) -> str:
    """The loose spelling of a word in Latin letters; a number stays as it is."""
    if word.isdecimal():
        return word
    if word in SAME_WORDS:
        return SAME_WORDS[word]
    key = word
    for pattern, instead in _LOOSE:
        key = pattern.sub(instead, key)
    return key or word


def acronyms(text: str) -> tuple[str, ...]:
    """The first letters of a name of several words, with and without its slight words, folded."""
    words = spelled(text).folded.split()
    strong = [word for word in words if word not in SLIGHT]
    formed = ("".join(word[0] for word in each) for each in (words, strong) if len(each) > 1)
    return tuple(dict.fromkeys(formed))
