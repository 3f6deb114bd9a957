"""Results as sets that are equal where the results are, whatever their blank nodes are called.

Terms are compared as they are written, not by value: "01" is not "1".
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[tuple[str, Term], ...]
Comparable = bool | frozenset[str]
Count = Literal["how often", "place", "neither"]
"""What counts of a row besides what is in it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A result; whether it is a table or a boolean, and no graph; what counts of its rows."""

    content: Comparable
    tabular: bool
    count: Count = "how often"


def rows_of(
    content: bytes, format: ox.QueryResultsFormat, *, count: Count = "how often"
) -> Comparable:
    """The answer of a query in a format of SPARQL results."""
    read = ox.parse_query_results(content, format)
    if isinstance(read, ox.QueryBoolean):
        return bool(read)
    assert isinstance(read, ox.QuerySolutions)
    names = [variable.value for variable in read.variables]
    rows = [
        tuple((name, term) for name in names if (term := solution[name]) is not None)
        for solution in read
    ]
    return comparable(rows, names, count=count)


def graph_of(content: bytes, format: ox.RdfFormat, base: str) -> frozenset[str]:
    """A graph; of formats with several, all of them."""
    return _canonical(ox.parse(content, format, base_iri=base))


def csv_of(content: bytes) -> Comparable:
    """A table in CSV; a cell that begins like a blank node is one, for CSV cannot tell."""
    header, *lines = csv.reader(io.StringIO(content.decode()))
    rows = [
        tuple(
            (name, ox.BlankNode(cell[2:]) if cell.startswith("_:") else ox.Literal(cell))
            for name, cell in zip(header, line, strict=True)
        )
        for line in lines
    ]
    return comparable(rows, header)


def expected_of(file: Path, count: Count = "how often") -> Expected:
    """What a file says the result is."""
    content = file.read_bytes()
    if file.suffix == ".csv":
        return Expected(csv_of(content), True)
    if file.suffix in FORMATS:
        return Expected(rows_of(content, FORMATS[file.suffix], count=count), True, count)
    quads = list(ox.parse(content, GRAPHS[file.suffix], base_iri=file.as_uri()))
    if not any(quad.object == ox.NamedNode(f"{RS}ResultSet") for quad in quads):
        return Expected(_canonical(quads), False)
    return _result_set(quads)


def _result_set(quads: Iterable[ox.Quad]) -> Expected:
    """A result set described in RDF (rs:ResultSet); with rs:index the order of its rows counts."""
    facts: dict[tuple[Term, str], list[Term]] = {}
    for quad in quads:
        facts.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
        if quad.object == ox.NamedNode(f"{RS}ResultSet"):
            root = quad.subject
    if boolean := facts.get((root, f"{RS}boolean")):
        return Expected(_text(boolean[0]) == "true", True)
    solutions = facts.get((root, f"{RS}solution"), [])
    ordered = any((solution, f"{RS}index") in facts for solution in solutions)
    if ordered:
        solutions.sort(key=lambda solution: int(_text(facts[solution, f"{RS}index"][0])))
    rows = [
        tuple(
            sorted(
                (
                    (_text(facts[part, f"{RS}variable"][0]), facts[part, f"{RS}value"][0])
                    for part in facts.get((solution, f"{RS}binding"), ())
                ),
                key=lambda pair: pair[0],
            )
        )
        for solution in solutions
    ]
    names = [_text(name) for name in facts.get((root, f"{RS}resultVariable"), ())]
    count: Count = "place" if ordered else "how often"
    return Expected(comparable(rows, names, count=count), True, count)


def _text(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def comparable(
    rows: Iterable[Row], names: Iterable[str], *, count: Count = "how often"
) -> frozenset[str]:
    """A table as a set of statements: each different row once, with how often it occurs.

    Where the order counts, each row with its place instead; where it is lax, with neither.
    """
    sorted_rows = [tuple(sorted(row, key=_name)) for row in rows]
    numbered: Iterable[tuple[Row, int]] = Counter(sorted_rows).items()
    if count == "place":
        numbered = ((row, place) for place, row in enumerate(sorted_rows))
    elif count == "neither":
        numbered = ((row, 1) for row in dict.fromkeys(sorted_rows))
    quads = [quad for row, number in numbered for quad in _row(row, number)]
    variables = {f"variable {name}" for name in names}
    return _canonical(quads) | variables


def _name(pair: tuple[str, Term]) -> str:
    return pair[0]


def _row(row: Row, number: int) -> Iterable[ox.Quad]:
    node = ox.BlankNode()
    yield ox.Quad(node, ox.NamedNode("count:or-place"), ox.Literal(number))
    for name, term in row:
        yield ox.Quad(node, ox.NamedNode(f"row:{name}"), term)


def _canonical(quads: Iterable[ox.Quad]) -> frozenset[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(str(quad) for quad in dataset)
