"""Statements about the rows of a frame, as N-Quads text: one pass over columns, no loop over rows.

What is written is spelled as pyoxigraph spells it and closed over the ontology: with a property
come the properties above it, with a class the classes above it (graph.closure).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl
import pyoxigraph as ox

from graph.closure import ancestors
from graph.vocabulary import ID, POL, RDF, RDFS, XSD

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""Characters that stand escaped in a literal (RDF 1.1 N-Quads, STRING_LITERAL_QUOTE)."""

AT_ONCE = 20_000
"""Rows written at a time: on its way, a text is in memory several times."""

Value = pl.Expr | ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Value]


def node(kind: str, *parts: pl.Expr | str) -> pl.Expr:
    """The IRI ``…/id/<kind>/<parts>``; null where a part is null."""
    pieces = (part if isinstance(part, pl.Expr) else pl.lit(part) for part in parts)
    return pl.concat_str([pl.lit(f"<{ID}{kind}/"), *pieces, pl.lit(">")])


def text(value: pl.Expr, language: str = "") -> pl.Expr:
    """A plain literal, or one in a language; null where the value is null."""
    return pl.concat_str(
        [pl.lit('"'), escaped(value), pl.lit(f'"@{language}' if language else '"')]
    )


def escaped(value: pl.Expr) -> pl.Expr:
    """A text as it stands within a literal."""
    return value.str.replace_many(list(ESCAPES), list(ESCAPES.values()))


def typed(value: pl.Expr, datatype: str) -> pl.Expr:
    """A literal of a datatype of XML Schema; the value must be spelled as it asks."""
    ending = pl.lit(f'"^^<{XSD.base}{datatype}>')
    return pl.concat_str([pl.lit('"'), value.cast(pl.String), ending])


def decimal(value: pl.Expr) -> pl.Expr:
    """A number of at most six decimal places, spelled without an exponent."""
    digits = value.cast(pl.Decimal(12, 6)).cast(pl.String)
    return digits.str.strip_chars_end("0").str.strip_chars_end(".")


def coded(value: pl.Expr, kind: str, codes: dict[int, str]) -> pl.Expr:
    """The code of a list that each number stands for."""
    names = value.replace_strict(codes, default=None, return_dtype=pl.String)
    return node(kind, names)


def about(
    subject: pl.Expr, *pairs: Pair, kind: str = "", graph: ox.NamedNode | None = None
) -> pl.Expr:
    """Statements of a subject's class and properties; those without a value are left out.

    ``kind`` is the local name of a class of the ontology.
    """
    ending = f" {graph} .\n" if graph is not None else " .\n"
    lines = [_line(subject, RDF.type, pl.lit(str(each)), ending) for each in _classes(kind)]
    for predicate, value in pairs:
        term = value if isinstance(value, pl.Expr) else pl.lit(str(value))
        lines += [_line(subject, each, term, ending) for each in _properties(predicate)]
    return pl.concat_str(lines, ignore_nulls=True)


def each_of(subject: pl.Expr, predicate: ox.NamedNode, kind: str, names: pl.Expr) -> pl.Expr:
    """A statement for each name in a list; null where there is none."""
    start = pl.concat_str([subject, pl.lit(f" {predicate} <{ID}{kind}/")])
    joined = names.list.join(pl.concat_str([pl.lit("> .\n"), start]))
    lines = pl.concat_str([start, joined, pl.lit("> .\n")])
    return pl.when(names.list.len() > 0).then(lines)


def written(rows: pl.DataFrame, statements: Iterable[pl.Expr]) -> bytes:
    """The statements about all rows."""
    line = pl.concat_str(list(statements), ignore_nulls=True)
    return b"".join(_joined(some.select(line).to_series()) for some in rows.iter_slices(AT_ONCE))


def _joined(lines: pl.Series) -> bytes:
    joined: str | None = lines.str.join("").item() if len(lines) else None
    return (joined or "").encode()


def _line(subject: pl.Expr, predicate: ox.NamedNode, value: pl.Expr, ending: str) -> pl.Expr:
    return pl.concat_str([subject, pl.lit(f" {predicate} "), value, pl.lit(ending)])


@cache
def _properties(predicate: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
    above = ancestors(POL.quads, RDFS.subPropertyOf).get(predicate, frozenset())
    return predicate, *sorted(above, key=str)


@cache
def _classes(kind: str) -> tuple[ox.NamedNode, ...]:
    if not kind:
        return ()
    above = ancestors(POL.quads, RDFS.subClassOf).get(POL[kind], frozenset())
    return POL[kind], *sorted(above, key=str)
