"""Cyrillic to Latin letters, by two official tables.

Ukrainian: Resolution 55 of the Cabinet of Ministers of Ukraine of 27 January 2010. Russian: the
BGN/PCGN 1947 system, without its marks for the hard and the soft sign and on ë.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SHARED = {
    "а": "a", "б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "’": "", "'": "", "ʼ": "",
}  # fmt: skip
UKRAINIAN: Mapping[str, str] = _SHARED | {
    "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
RUSSIAN: Mapping[str, str] = _SHARED | {
    "г": "g", "е": "e", "ё": "e", "и": "i", "й": "y", "ъ": "", "ы": "y", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_RUSSIAN_YE_AFTER = frozenset("аеёиоуыэюяйъь")

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_ONLY_UKRAINIAN = re.compile(r"[іїєґ]")
_ONLY_RUSSIAN = re.compile(r"[ыэёъ]")
_WORD = re.compile(r"[Ѐ-ӿ'’ʼ]+")


def latin(text: str) -> tuple[str, ...]:
    """A text of small letters in Latin ones, once for each language that it may be written in.

    Letters that only one of the two languages has tell which it is. A text without Cyrillic is
    its own only reading.
    """
    if _CYRILLIC.search(text) is None:
        return (text,)
    readings = []
    if not _ONLY_RUSSIAN.search(text):
        readings.append(_WORD.sub(lambda word: _ukrainian(word[0]), text))
    if not _ONLY_UKRAINIAN.search(text):
        readings.append(_WORD.sub(lambda word: _russian(word[0]), text))
    return tuple(dict.fromkeys(readings)) or (_WORD.sub(lambda word: _ukrainian(word[0]), text),)


def _ukrainian(word: str) -> str:
    """Some letters are written otherwise at the beginning of a word; зг is zgh, not zh."""
    first = _UKRAINIAN_FIRST.get(word[0], UKRAINIAN.get(word[0], word[0]))
    rest = word[1:].replace("зг", "zgh")
    if word.startswith("зг"):
        first, rest = "zgh", word[2:]
    return first + "".join(UKRAINIAN.get(letter, letter) for letter in rest)


def _russian(word: str) -> str:
    """е and ё are ye at the beginning of a word, after a vowel and after й, ъ and ь."""
    written = []
    for before, letter in zip(" " + word, word, strict=False):
        opening = before == " " or before in _RUSSIAN_YE_AFTER
        written.append("ye" if letter in "её" and opening else RUSSIAN.get(letter, letter))
    return "".join(written)
