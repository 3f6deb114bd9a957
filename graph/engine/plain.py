"""The short way with a plain query: what :mod:`graph.engine.outline` would find, in one match.

Most queries are small ones, and to look at each of their tokens takes half as long as the store
takes to answer. A plain query has no word in it, not even inside an IRI, that needs a closer look.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.engine.outline import Cut
from graph.engine.tokens import GAP, IRI, NOT_A_WORD, PREFIX, SIGNIFICANT

_CLOSER_LOOK = (
    *("limit", "offset", "values"),
    *("now", "rand", "uuid", "bnode"),
    *("service", "load", "search", "function", "\\"),
)
"""Own limits; what differs each time; what calls out, or calls a function; escapes of all these."""


def _keyword(word: str) -> str:
    """A word in any case, of ASCII alone: ``re.IGNORECASE`` takes a long s for an s."""
    return "".join(f"[{letter}{letter.lower()}]" for letter in word)


_QUERY = re.compile(
    rf"""
    (?: {GAP} (?: {_keyword("PREFIX")} {GAP} {PREFIX}: | {_keyword("BASE")} ) {GAP} {IRI} )*+
    {GAP} (?P<form> {_keyword("SELECT")} | {_keyword("ASK")} ) {NOT_A_WORD}
    (?: {GAP} (?P<token> {SIGNIFICANT} ) )++
    {GAP} \Z
    """,
    re.VERBOSE | re.DOTALL,
)


class Plain(NamedTuple):
    """A SELECT or ASK whose rows nothing limits yet, that has the same answer each time."""

    text: str
    end: int
    """Behind its last token."""
    limitable: bool
    """Whether it is a SELECT."""
    volatile: bool = False

    def cut(self, rows: int, parameters: object = ()) -> Cut:
        """As :meth:`graph.engine.outline.Outline.cut`."""
        text, end, limitable, _ = self
        if not limitable:
            return Cut(text, None)
        query, rest = text[:end], text[end:]
        return Cut(f"{query} LIMIT {rows}{rest}", f"{query} LIMIT 1 OFFSET {rows}{rest}")


def plain(text: str) -> Plain | None:
    """The query, where it is a plain one; None where its outline has to be looked at."""
    lowered = text.lower()
    for word in _CLOSER_LOOK:
        if word in lowered:
            return None
    found = _QUERY.match(text)
    if found is None:
        return None
    return Plain(text, found.end("token"), found["form"][0] in "Ss")
