"""In which language a page speaks: its own words from ``messages/``, and labels of the graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.linked_data.triples import Term

_PLURALS: Mapping[str, Callable[[int], str]] = {
    "en": lambda n: "one" if n == 1 else "other",
    "uk": lambda n: (
        "one"
        if n % 10 == 1 and n % 100 != 11
        else "few"
        if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
        else "many"
    ),
}
"""By language, which form a whole number takes (Unicode CLDR, plural rules)."""
MESSAGES = Path(__file__).parent / "messages"
LANGUAGES = ("en", "uk")
"""What the pages speak; the first where a reader prefers neither."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages; ``chosen`` where the address asks for it, and not the browser."""

    tag: str
    chosen: bool = False

    def say(self, key: str, **values: Any) -> str:
        """The words for a key, with values put in; a missing key is an error."""
        words: str = messages(self.tag)[key]
        return words.format(**values) if values else words

    def count(self, key: str, n: int) -> str:
        """The words for so many of something, with the number as ``{n}`` where they name it."""
        forms: dict[str, str] = messages(self.tag)[key]
        return forms[_PLURALS[self.tag](n)].format(n=self.number(n))

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in messages(self.tag)

    def best(self, texts: Iterable[Term]) -> Term | None:
        """The text that a reader of this language understands best: theirs, English, any."""
        ranked = sorted(texts, key=lambda text: _rank(text.language, self.tag))
        return ranked[0] if ranked else None

    def number(self, value: int) -> str:
        """A number with its thousands apart."""
        return f"{value:,}".replace(",", messages(self.tag)["thousands"])

    def called(self, tag: str) -> str:
        """What a language of the pages calls itself."""
        name: str = messages(tag)["endonym"]
        return name

    def date(self, text: str) -> str:
        """An ISO date, or the date of an xsd:dateTime, in words; any other text as it is."""
        year, _, rest = text.removeprefix("-").partition("-")
        month, _, day = rest[:5].partition("-")
        if not (year.isdecimal() and month.isdecimal() and day.isdecimal()):
            return text
        names: list[str] = messages(self.tag)["months"]
        if not 1 <= int(month) <= len(names):
            return text
        return self.say("date", day=int(day), month=names[int(month) - 1], year=year)


@cache
def messages(tag: str) -> dict[str, Any]:
    """The words of the pages in a language: ``en.json``, and ``AREA.en.json`` beside it."""
    words: dict[str, Any] = {}
    for file in sorted(MESSAGES.glob(f"*{tag}.json")):
        words |= json.loads(file.read_text("utf-8"))
    return words


def _rank(language: str | None, wanted: str) -> int:
    order = (wanted, *(tag for tag in (LANGUAGES[0],) if tag != wanted), None)
    return order.index(language) if language in order else len(order)


def choose_language(asked: str | None, accept_language: str | None) -> Language:
    """Choose by the ``lang`` parameter, else by Accept-Language (RFC 9110, section 12.5.4)."""
    if asked in LANGUAGES:
        return Language(asked, True)
    best, best_quality = LANGUAGES[0], 0.0
    for element in (accept_language or "").split(","):
        tag, _, parameter = element.strip().lower().partition(";")
        primary = tag.strip().partition("-")[0]
        quality = _quality(parameter)
        if primary in LANGUAGES and quality > best_quality:
            best, best_quality = primary, quality
    return Language(best)


def _quality(parameter: str) -> float:
    text = parameter.strip().removeprefix("q=")
    if not text:
        return 1.0
    try:
        return float(text)
    except ValueError:
        return 0.0
