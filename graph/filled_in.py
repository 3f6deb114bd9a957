"""A query's text with values in place of its parameters: the same question, to read and to edit.

It has the solutions that the query has with the values bound by substitution: everywhere the term
stands for the variable, except in a subselect that does not project the variable, where the name
means another one. The text is for whoever wants to go on writing; answers are asked for with bound
values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

import pyoxigraph as ox

from graph.engine.tokens import tokens
from graph.vocabulary import XSD

_PLAIN = {
    XSD.integer.value: re.compile(r"\d+", re.ASCII),
    XSD.decimal.value: re.compile(r"\d+\.\d+", re.ASCII),
}
_PROJECTION, _PATTERN, _MODIFIERS = "projection", "pattern", "modifiers"


@dataclass(slots=True)
class _Select:
    """A SELECT while it is read: which names have a value in it, and where in it we are."""

    names: Collection[str]
    outermost: bool
    part: str = _PROJECTION
    braces: int = 0
    brackets: int = field(default=0)


def fill_in(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The text of a SELECT with terms in place of the variables that have a value.

    A variable that SELECT projects stays a column: ``(<…> AS ?place)``.
    """
    pieces: list[str] = []
    at = 0
    for token, term in _replaced(text, values):
        pieces += (text[at : token[0]], term)
        at = token[1]
    return "".join((*pieces, text[at:]))


def _replaced(
    text: str, values: Mapping[str, ox.NamedNode | ox.Literal]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Where a variable stands that has a value, and what is to stand there."""
    open_selects: list[_Select] = []
    for token in tokens(text):
        if token.lastgroup == "word" and token[0].upper() == "SELECT":
            names = open_selects[-1].names if open_selects else values
            inner = names if not open_selects else _projected(text[token.end() :], names)
            open_selects.append(_Select(inner, outermost=not open_selects))
        elif open_selects and token.lastgroup == "mark":
            _follow(token[0], open_selects)
        elif open_selects and token.lastgroup == "variable":
            name = token[0][1:]
            if name in open_selects[-1].names:
                yield token.span(), _written(name, _term(values[name]), open_selects)


def _follow(mark: str, open_selects: list[_Select]) -> None:
    """Go on to the next part of the innermost SELECT, or out of it."""
    here = open_selects[-1]
    if mark in "()":
        here.brackets += 1 if mark == "(" else -1
    elif mark == "{":
        here.part, here.braces = _PATTERN, here.braces + 1
    elif mark == "}" and here.braces == 0:
        open_selects.pop()
        if open_selects:
            _follow(mark, open_selects)
    elif mark == "}":
        here.braces -= 1
        here.part = _PATTERN if here.braces else _MODIFIERS


def _term(value: ox.NamedNode | ox.Literal) -> str:
    """A term in SPARQL, a plain number as one writes it (SPARQL 1.1, section 4.1.2)."""
    if isinstance(value, ox.Literal) and (form := _PLAIN.get(value.datatype.value)):
        return value.value if form.fullmatch(value.value) else str(value)
    return str(value)


def _written(name: str, term: str, open_selects: list[_Select]) -> str:
    select = open_selects[-1]
    if select.brackets or select.part == _PATTERN:
        return term
    if select.part == _MODIFIERS:
        return f"({term})"
    # Around a subselect the term stands for the name already, and no two columns may be one; nor
    # may one of a subselect be one of a subselect in it.
    depth = len(open_selects)
    given = "" if select.outermost else "Given" if depth == 2 else f"Given{depth}"
    return f"({term} AS ?{name}{given})"


def _projected(rest: str, names: Collection[str]) -> set[str]:
    """Those of the names that a subselect lets through; ``*`` lets all through."""
    head = [token[0] for token in takewhile(lambda token: token[0] != "{", tokens(rest))]
    if head[:1] == ["*"]:
        return set(names)
    return {name for name in names if f"?{name}" in head or f"${name}" in head}
