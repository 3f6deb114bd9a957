"""How the queries of this folder are asked: a name in, rows of texts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = Mapping[str, str]
"""The values of a solution by variable, as texts; what is unbound is left out."""


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
class Questions:
    """The queries of this folder, asked of one version of the graph in one language."""

    select: Select
    language: str

    def ask(self, name: str, values: Mapping[str, ox.NamedNode] | None = None) -> Iterator[Row]:
        """The rows of a query; ``values`` are those of some of its variables."""
        text = (Path(__file__).parent / f"{name}.rq").read_text(encoding="utf-8")
        bindings: dict[str, Term] = {"language": ox.Literal(self.language), **(values or {})}
        table = self.select(text, bindings)
        for row in table.rows:
            cells = zip(table.variables, row, strict=True)
            yield {name: _text(term) for name, term in cells if term is not None}


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
