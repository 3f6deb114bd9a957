"""What a query's tokens tell before anybody parses it: its form, its own LIMIT, what it calls.

The row limit is put into the query, so that the engine itself stops there: :meth:`Outline.cut`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.engine.tokens import GAP, tokens

GRAPHS = ("CONSTRUCT", "DESCRIBE")
FORMS = ("SELECT", "ASK", *GRAPHS)
_VOLATILE = re.compile("NOW|RAND|UUID|BNODE|SERVICE")
_ONLY_GAP = re.compile(GAP)
_ENDLESS = 10**18
"""No store counts so far: what a longer number, or no LIMIT, stands for."""
_TARGETS = ("iri", "name", "variable")

Edit = tuple[int, int, str]
"""From, to, and what to write there instead."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A query whose rows are limited."""

    text: str
    beyond: str | None
    """A SELECT that has a row exactly where the limit leaves solutions out; None where the query's
    own LIMIT is within the limit, or where there is nothing to limit."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A query seen from outside; positions count characters from 0."""

    text: str
    form: str
    """SELECT, CONSTRUCT, DESCRIBE or ASK; empty where the text is no query."""
    start: int
    """Where the form's keyword stands."""
    body: int | None
    """Where FROM, WHERE or the pattern begins, of a CONSTRUCT or DESCRIBE; None without any."""
    end: int
    """Behind the last token that a LIMIT may follow: before a trailing VALUES."""
    limit: tuple[int, int] | None
    """From where to where the number of the outermost LIMIT stands."""
    offset: tuple[int, int] | None
    words: str
    """The words outside strings, IRIs and comments, in upper case."""
    readable: bool
    """Whether the tokens go to the end of the text, and the braces close."""

    @property
    def volatile(self) -> bool:
        """Whether the answer may differ each time, on the same version."""
        return not self.readable or _VOLATILE.search(self.words) is not None

    def cut(self, rows: int, parameters: Iterable[str] = ()) -> Cut:
        """The query with no more than ``rows`` solutions.

        ``parameters``: the variables that are bound from outside; the SELECT that looks beyond a
        CONSTRUCT's limit must project them.
        """
        limitable = self.form == "SELECT" or (self.form in GRAPHS and self.body is not None)
        if not self.readable or not limitable or self._own_limit() <= rows:
            return Cut(self.text, None)
        beyond = [*self._limited(1, self._own_offset() + rows), *self._as_select(parameters)]
        return Cut(edited(self.text, self._limited(rows, None)), edited(self.text, beyond))

    def _own_limit(self) -> int:
        return _ENDLESS if self.limit is None else _number(self.text[slice(*self.limit)])

    def _own_offset(self) -> int:
        return 0 if self.offset is None else _number(self.text[slice(*self.offset)])

    def _limited(self, rows: int, offset: int | None) -> list[Edit]:
        edits = []
        inserted = ""
        if self.limit is None:
            inserted += f" LIMIT {rows}"
        else:
            edits.append((*self.limit, str(rows)))
        if offset is not None and self.offset is not None:
            edits.append((*self.offset, str(offset)))
        elif offset is not None:
            inserted += f" OFFSET {offset}"
        return [*edits, (self.end, self.end, inserted)]

    def _as_select(self, parameters: Iterable[str]) -> list[Edit]:
        if self.form == "SELECT" or self.body is None:
            return []
        projected = "".join(f"?{name} " for name in parameters)
        return [(self.start, self.body, f"SELECT (1 AS ?polemosBeyond) {projected}")]


def outline(text: str) -> Outline:
    """Look at a query's tokens, once, without parsing it."""
    found = list(tokens(text))
    outer = outermost(found)
    form = next((i for i in outer if _is_word(found[i], *FORMS)), None)
    last = found[-1].end() if found else 0
    return Outline(
        text=text,
        form="" if form is None else _upper(found[form]),
        start=0 if form is None else found[form].start(),
        body=None if form is None else _body(found, form),
        end=_insertion(found, outer, last),
        limit=_modifier(found, outer, "LIMIT"),
        offset=_modifier(found, outer, "OFFSET"),
        words=" ".join(_words(found)),
        readable=_ONLY_GAP.fullmatch(text, last) is not None,
    )


def outermost(found: Sequence[re.Match[str]]) -> list[int]:
    """Which tokens stand outside all braces; opening braces of the outermost level among them."""
    depth = 0
    outer = []
    for index, token in enumerate(found):
        mark = token[0]
        if mark == "}":
            depth -= 1
        if depth == 0 and mark != "}":
            outer.append(index)
        if mark == "{":
            depth += 1
    return outer


def _body(found: Sequence[re.Match[str]], form: int) -> int | None:
    """Where the dataset clause or the pattern begins: behind a template, or what is described."""
    start = _behind_template(found, form + 1) if _is_word(found[form], "CONSTRUCT") else form + 1
    if _is_word(found[form], "DESCRIBE"):
        start = _behind(found, start, lambda token: token.lastgroup in _TARGETS or token[0] == "*")
    pattern = _behind(
        found, start, lambda token: token.lastgroup in _TARGETS or _is_word(token, "FROM", "NAMED")
    )
    opens = found[pattern : pattern + 1]
    if not opens or not (opens[0][0] == "{" or _is_word(opens[0], "WHERE")):
        return None
    return found[start].start()


def _behind(
    found: Sequence[re.Match[str]], start: int, skipped: Callable[[re.Match[str]], bool]
) -> int:
    while start < len(found) and skipped(found[start]):
        start += 1
    return start


def _behind_template(found: Sequence[re.Match[str]], start: int) -> int:
    """Behind the braces that open at ``start``; there itself where none do."""
    depth = 0
    for index in range(start, len(found)):
        depth += {"{": 1, "}": -1}.get(found[index][0], 0)
        if depth == 0:
            return index + (index > start)
    return len(found)


def _insertion(found: Sequence[re.Match[str]], outer: Sequence[int], last: int) -> int:
    values = [i for i in outer if i and _is_word(found[i], "VALUES")]
    return found[values[-1] - 1].end() if values else last


def _modifier(
    found: Sequence[re.Match[str]], outer: Sequence[int], keyword: str
) -> tuple[int, int] | None:
    for index in outer:
        if _is_word(found[index], keyword) and index + 1 < len(found):
            number = found[index + 1]
            return number.span() if number.lastgroup == "number" else None
    return None


def _words(found: Iterable[re.Match[str]]) -> list[str]:
    """Words, and prefixes of names: the parser needs no space between a keyword and a prefix."""
    return [
        _upper(token) if token.lastgroup == "word" else token[0].partition(":")[0].upper()
        for token in found
        if token.lastgroup in ("word", "name")
    ]


def _is_word(token: re.Match[str], *keywords: str) -> bool:
    return token.lastgroup == "word" and _upper(token) in keywords


def _upper(token: re.Match[str]) -> str:
    return token[0].upper()


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < len(str(_ENDLESS)) else _ENDLESS


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with parts of it replaced; the edits do not overlap."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text
