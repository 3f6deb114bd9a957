"""Values for a query's variables, for a server elsewhere that knows nothing of substitutions.

Within the pattern each occurrence of a variable becomes the term itself, and a VALUES block at the
pattern's end gives the variable its value for whatever stands outside: projection, aggregates,
order, template. Both are done by the query's tokens, and a term is written anew from what was read
of it, so that no value can be more than a term.

A subselect has variables of its own (SPARQL 1.1, 12): a value enters it where it projects the
variable, and only there; so it is with the store's own substitutions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.engine.evaluation import term
from graph.engine.outline import Edit, edited, outline
from graph.engine.terms import written
from graph.engine.tokens import tokens
from graph.errors import InvalidQuery

Token = re.Match[str]
Terms = Mapping[str, str]

_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")


def bound(query: str, bindings: Mapping[str, str]) -> str:
    """The query with its variables bound; ``bindings`` are N-Triples terms by variable name.

    Raises InvalidInput for what is no term, InvalidQuery for a text whose braces do not close.
    """
    if not bindings:
        return query
    terms = {name: written(term(name, text)) for name, text in bindings.items()}
    seen = outline(query)
    if not seen.form or not seen.readable:
        raise InvalidQuery("The query cannot be given values: it does not parse.")
    return edited(query, _Binding(tuple(tokens(query))).edits(seen.form, seen.start, terms))


@dataclass(frozen=True, slots=True)
class _Binding:
    """The tokens of a query."""

    found: Sequence[Token]

    def edits(self, form: str, start: int, terms: Terms) -> Iterator[Edit]:
        """What to write where, over the whole query."""
        at = next(i for i, token in enumerate(self.found) if token.start() == start) + 1
        if form == "CONSTRUCT" and self._mark(at) == "{":
            at = self._behind(at)
        short = form == "CONSTRUCT" and self._is_short(at)
        opens = self._next_brace(at)
        if opens is None:
            yield from self._described(at, terms)
        else:
            yield from self._group(opens, terms, is_template=short)

    def _is_short(self, at: int) -> bool:
        """Whether a CONSTRUCT has no template of its own: the pattern is the template, too."""
        return self.found[at - 1][0].upper() == "CONSTRUCT"

    def _described(self, at: int, terms: Terms) -> Iterator[Edit]:
        """What a DESCRIBE without a pattern is about."""
        for token in self.found[at:]:
            if token[0][1:] in terms and token.lastgroup == "variable":
                yield _replacing(token, terms[token[0][1:]])

    def _group(self, opens: int, terms: Terms, *, is_template: bool = False) -> Iterator[Edit]:
        """A group of patterns, from its opening brace to its closing one."""
        closes = self._behind(opens) - 1
        at = opens + 1
        while at < closes:
            token = self.found[at]
            word = token[0].upper() if token.lastgroup == "word" else ""
            if word == "SELECT" and self._mark(at - 1) == "{":
                inner = self._behind(at - 1) - 1
                yield from self._subselect(at, inner, terms)
                at = inner
            elif word == "VALUES":
                at = self._next_brace(at) or closes
            elif word == "AS":
                at += 2
            elif word == "BOUND" and self._names(at + 2) in terms:
                yield token.start(), self.found[at + 3].end(), "(true)"
                at += 4
            else:
                if token.lastgroup == "variable" and token[0][1:] in terms:
                    yield _replacing(token, terms[token[0][1:]])
                at += 1
        if not is_template:
            end = self.found[closes].start()
            yield end, end, _values(terms)

    def _subselect(self, select: int, end: int, terms: Terms) -> Iterator[Edit]:
        """A subselect, whose pattern is given the values that it hands on."""
        opens = self._next_brace(select)
        if opens is None or opens >= end:
            return
        projected = self._projected(select + 1, opens)
        handed_on = {name: each for name, each in terms.items() if name in projected}
        if handed_on:
            yield from self._group(opens, handed_on)

    def _projected(self, start: int, end: int) -> frozenset[str]:
        """The variables that a SELECT names by themselves; all of the query's for an asterisk."""
        depth = 0
        names = set()
        for token in self.found[start:end]:
            depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
            if depth == 0 and token[0] == "*":
                return frozenset(each[0][1:] for each in self.found if each.lastgroup == "variable")
            if depth == 0 and token.lastgroup == "variable":
                names.add(token[0][1:])
        return frozenset(names)

    def _names(self, at: int) -> str:
        """The variable that stands in parentheses here; empty where none does."""
        if self._mark(at - 1) == "(" and self._mark(at + 1) == ")":
            token = self.found[at]
            return token[0][1:] if token.lastgroup == "variable" else ""
        return ""

    def _next_brace(self, at: int) -> int | None:
        return next((i for i in range(at, len(self.found)) if self._mark(i) == "{"), None)

    def _mark(self, at: int) -> str:
        return self.found[at][0] if at < len(self.found) else ""

    def _behind(self, opens: int) -> int:
        """Behind the brace that closes the one at this place."""
        depth = 0
        for at in range(opens, len(self.found)):
            depth += {"{": 1, "}": -1}.get(self.found[at][0], 0)
            if depth == 0:
                return at + 1
        raise InvalidQuery("The query's braces do not close.")


def _replacing(token: Token, term: str) -> Edit:
    return token.start(), token.end(), f" {term} "


def _values(terms: Terms) -> str:
    variables = " ".join(f"?{name}" for name in terms)
    return f" VALUES ({variables}) {{ ({' '.join(terms.values())}) }} "
