"""How the queries of this folder are asked: a name in, rows of texts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from graph.filled_in import fill_in
from graph.networks.sorting import Sorted

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = Mapping[str, str]
"""The values of a solution by variable, as texts; what is unbound is left out."""


Values: TypeAlias = Mapping[str, ox.NamedNode]
_NONE: Values = {}


class Table(Protocol):
    """The answer to a SELECT; its rows can be read once and may be evaluated as they are read."""

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns."""
        ...

    @property
    def rows(self) -> Iterator[tuple[Term | None, ...]]:
        """The rows, a term or None a column."""
        ...


Select: TypeAlias = Callable[[str, Mapping[str, Term]], Table]
"""Answers the text of a SELECT with the values of some of its variables."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in the order of their columns, each once; iterated as often as wanted."""

    variables: tuple[str, ...]
    cells: Sorted
    """Each with a mark before its text, and empty where there is none, which comes first."""

    def __iter__(self) -> Iterator[Row]:
        for row in self.cells:
            named = zip(self.variables, row, strict=True)
            yield {name: cell[1:] for name, cell in named if cell}

    def first(self) -> Row | None:
        """The first row, if there is one."""
        return next(iter(self), None)


@dataclass(frozen=True, slots=True)
class Questions:
    """The queries of this folder, asked of one version of the graph in one language.

    The queries neither sort nor leave out what is alike, so that the store holds no rows.
    """

    select: Select
    language: str

    def ask(self, name: str, values: Values = _NONE, bound: Values = _NONE) -> Rows:
        """The rows of a query; ``values`` and ``bound`` are those of some of its variables.

        ``values`` are filled in, so that the store plans with them: it plans before it binds, and
        would go through everything to find one thing. A variable of VALUES can only be bound.
        """
        text = fill_in(_text(name), values) if values else _text(name)
        table = self.select(text, {"language": ox.Literal(self.language), **bound})
        return Rows(table.variables, Sorted(tuple(map(_cell, row)) for row in table.rows))


@cache
def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.rq").read_text(encoding="utf-8")


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return f"={term if isinstance(term, ox.Triple) else term.value}"
