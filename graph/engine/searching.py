"""Full-text search inside a query: a SERVICE block that is answered here and becomes VALUES.

::

    SERVICE <https://w3id.org/polemos/search> {
      ?entity search:matches "maternity hospital" ; search:score ?score ; search:limit 50 .
    }

A block of InlineData may stand wherever a SERVICE block may (SPARQL 1.1, rule 56), so that the one
takes the place of the other whatever is around it; and no request leaves the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph.engine.outline import Edit
from graph.engine.terms import written
from graph.engine.tokens import tokens
from graph.errors import InvalidQuery, Place
from graph.search.index import Found, Search, find

SEARCH = "https://w3id.org/polemos/search"
NAMESPACE = f"{SEARCH}#"
DEFAULT_LIMIT = 100
MOST = 10_000

Token = re.Match[str]
_ANSWERS: Mapping[str, Callable[[Found], ox.Literal]] = {
    "score": lambda found: ox.Literal(found.score),
    "label": lambda found: ox.Literal(found.label),
    "text": lambda found: ox.Literal(found.passage.text),
    "property": lambda found: ox.Literal(found.property),
}
"""What can be asked of each entity that is found."""
_CONDITIONS = ("matches", "language", "class", "limit")
_SYNTAX = (
    'Write SERVICE <https://w3id.org/polemos/search> { ?entity search:matches "words" }, and after'
    " a semicolon any of search:language, search:class, search:limit with a constant and"
    " search:score, search:label, search:text, search:property with a variable."
)


@dataclass(slots=True)
class _Block:
    """A search as a query writes it."""

    start: int
    end: int
    entity: str = ""
    conditions: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    """By what is asked of an entity, the variable for it."""


def search_edits(query: str, bindings: Mapping[str, str], version: Path) -> Iterator[Edit]:
    """Answer a query's searches from a version's index: the edits that put the answers in place.

    Raises InvalidQuery for a block that is none of the form above, and what
    :func:`graph.search.index.find` raises.
    """
    if "search" not in query:
        return
    for block in _blocks(query, bindings):
        conditions = block.conditions
        asked = Search(
            conditions["matches"],
            conditions.get("language", ""),
            conditions.get("class", ""),
            min(int(conditions.get("limit", DEFAULT_LIMIT)), MOST),
        )
        yield block.start, block.end, _values(block, find(version, asked))


def _values(block: _Block, found: Sequence[Found]) -> str:
    """The entities as a block of data; newlines are kept out, so that lines count on."""
    variables = " ".join((block.entity, *block.variables.values()))
    rows = " ".join(
        f"({' '.join((written(ox.NamedNode(each.iri)), *_answers(block, each)))})" for each in found
    )
    return f"VALUES ({variables}) {{ {rows} }}"


def _answers(block: _Block, found: Found) -> Iterator[str]:
    return (written(_ANSWERS[name](found)) for name in block.variables)


def _blocks(query: str, bindings: Mapping[str, str]) -> Iterator[_Block]:
    found = list(tokens(query))
    prefixes = {
        found[i + 1][0]: found[i + 2][0][1:-1]
        for i in range(len(found) - 2)
        if found[i][0].upper() == "PREFIX" and found[i + 2].lastgroup == "iri"
    }
    at = 0
    while at < len(found):
        if found[at].lastgroup == "word" and found[at][0].upper() == "SERVICE":
            reader = _Reader(query, found, at, prefixes, bindings)
            if reader.is_search():
                yield reader.read()
                at = reader.at
                continue
        at += 1


class _Reader:
    """Reads one block, token by token."""

    def __init__(
        self,
        query: str,
        found: Sequence[Token],
        at: int,
        prefixes: Mapping[str, str],
        bindings: Mapping[str, str],
    ) -> None:
        self._query = query
        self._found = found
        self._prefixes = prefixes
        self._bindings = bindings
        self._block = _Block(found[at].start(), 0)
        self.at = at + 1

    def is_search(self) -> bool:
        """Whether it is the search that is called, and not an endpoint."""
        if self._peek().upper() == "SILENT":
            self.at += 1
        return self._iri() == SEARCH

    def read(self) -> _Block:
        """The block, from its IRI on; afterwards ``at`` is behind it."""
        self.at += 1
        self._take("{")
        while self._peek() != "}":
            self._subject()
            while self._peek() not in (".", "}"):
                self._statement()
                if self._peek() == ";":
                    self.at += 1
            if self._peek() == ".":
                self.at += 1
        self._block.end = self._found[self.at].end()
        self.at += 1
        if "matches" not in self._block.conditions:
            raise self._wrong("The search does not say for which words.")
        return self._block

    def _subject(self) -> None:
        token = self._next()
        if token.lastgroup != "variable" or self._block.entity not in ("", token[0]):
            raise self._wrong("A search is about one variable.")
        self._block.entity = token[0]

    def _statement(self) -> None:
        iri = self._iri()
        name = (iri or "").removeprefix(NAMESPACE)
        self._next()
        if iri is None or name == iri:
            raise self._wrong("A search has only properties of its own.")
        if name in self._block.conditions or name in self._block.variables:
            raise self._wrong(f"search:{name} is given twice.")
        if name in _ANSWERS:
            token = self._next()
            if token.lastgroup != "variable":
                raise self._wrong(f"search:{name} is asked for with a variable.")
            self._block.variables[name] = token[0]
        elif name in _CONDITIONS:
            self._block.conditions[name] = self._constant(name)
        else:
            raise self._wrong(f"There is no search:{name}.")

    def _constant(self, name: str) -> str:
        """The value of an IRI, a text or a number, or of a parameter that is bound to one."""
        iri = self._iri()
        token = self._next()
        term = token[0] if iri is None else f"<{iri}>"
        value = _value(self._bindings.get(term[1:], "") if token.lastgroup == "variable" else term)
        if name == "matches" and self._tagged():
            self._block.conditions["language"] = self._next()[0][1:]
        if not value or (name == "limit" and not (value.isascii() and value.isdecimal())):
            raise self._wrong(f"search:{name} has no constant value that fits.")
        return value

    def _tagged(self) -> bool:
        return self.at < len(self._found) and self._found[self.at].lastgroup == "language"

    def _iri(self) -> str | None:
        """The IRI that stands here, in full; None where none does."""
        token = self._found[self.at] if self.at < len(self._found) else None
        if token is not None and token.lastgroup == "iri":
            return token[0][1:-1]
        if token is not None and token.lastgroup == "name":
            prefix, _, local = token[0].partition(":")
            base = self._prefixes.get(f"{prefix}:")
            return None if base is None else base + local
        return None

    def _peek(self) -> str:
        return self._found[self.at][0] if self.at < len(self._found) else ""

    def _next(self) -> Token:
        if self.at >= len(self._found):
            raise self._wrong("The search does not end.")
        self.at += 1
        return self._found[self.at - 1]

    def _take(self, mark: str) -> None:
        if self._next()[0] != mark:
            raise self._wrong(f"{mark} is missing.")

    def _wrong(self, what: str) -> InvalidQuery:
        at = self._found[min(self.at, len(self._found)) - 1].start()
        before = self._query[:at]
        place = Place(before.count("\n") + 1, at - before.rfind("\n"))
        return InvalidQuery(f"{what} {_SYNTAX}", place)


def _value(written: str) -> str:
    """The value of a term as Turtle writes it; empty where it is none."""
    try:
        (quad,) = ox.parse(f"<a:b> <a:b> {written} .".encode(), ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        return ""
    return quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
