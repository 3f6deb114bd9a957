"""A network from the answer of any SELECT whose columns have the names of nodes or edges.

With a source and a target (or from and to) a row is a statement between two things; with a node (or
an event, a place, an actor) it tells of one thing, and further columns become its attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.network import Edge, Network, Node
from graph.networks.answers import Questions, Term
from graph.networks.edges import IDENTITY, edge_of
from graph.networks.nodes import find_node, unknown
from graph.networks.positions import Positions
from graph.networks.sorting import Sorted, Texts
from graph.vocabulary import POL, WD, XSD, short

Value: TypeAlias = str | int | float | bool

EDGE_COLUMNS = (
    *("source", "target", "kind", "label", "start", "end", "weight"),
    *("about", "claim", "speaker", "quote"),
)
NODE_COLUMNS = ("node", "label", "kind", "start", "end", "longitude", "latitude", "wikidata")
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "source": ("from",),
    "target": ("to",),
    "node": ("event", "place", "actor"),
    "about": ("event",),
    "label": ("edgeLabel", "nodeLabel", "eventLabel", "placeLabel", "actorLabel"),
    "kind": ("kindLabel",),
    "speaker": ("speakerLabel",),
    "longitude": ("long",),
    "latitude": ("lat",),
}
"""Other names of a column, the first that is there; the name itself goes before all."""
_POINT = re.compile(r"\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)
_MARKS = {XSD.integer: "i", XSD.decimal: "d", XSD.double: "d", XSD.float: "d", XSD.boolean: "b"}
_RELATED = "related"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as its asker gave it: the text, values of its variables (N-Triples), and a name."""

    query: str
    bindings: Mapping[str, str]
    name: str = "query"


def network_of(questions: Questions, asked: Asked) -> Network:
    """The network that a query's answer is.

    Raises InvalidInput where the columns are neither of edges nor of nodes, and what the store
    raises for a text that is no SELECT.
    """
    bindings = {name: term_of(text) for name, text in asked.bindings.items()}
    table = questions.select(asked.query, bindings)
    title = f"The answer to {asked.name}"
    if _found("source", table.variables) and _found("target", table.variables):
        rows = _Rows(table.variables, table.rows, (*IDENTITY, *EDGE_COLUMNS))
        edges = _Edges(rows)
        return Network(title, _Ends(edges, questions), edges)
    if _found("node", table.variables):
        return Network(title, _Nodes(_Rows(table.variables, table.rows, NODE_COLUMNS)))
    raise InvalidInput(
        f"The columns {', '.join(f'?{name}' for name in table.variables)} make no network. Name"
        f" them ?source and ?target, with any of {_listed(EDGE_COLUMNS[2:])}, or ?node, with any of"
        f" {_listed(NODE_COLUMNS[1:])} and others, which become attributes."
    )


def term_of(text: str) -> ox.NamedNode | ox.Literal:
    """The term that N-Triples writes so."""
    (quad,) = ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    return quad.object


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"?{name}" for name in names)


def _found(column: str, variables: Sequence[str]) -> str | None:
    """The variable that a column is in."""
    names = (column, *_ALIASES.get(column, ()))
    return next((name for name in names if name in variables), None)


class _Rows:
    """Rows with the columns wanted first, in order, and the others after them."""

    def __init__(
        self, variables: Sequence[str], rows: Iterable[Sequence[Term | None]], wanted: Sequence[str]
    ) -> None:
        places = {column: _found(column, variables) for column in dict.fromkeys(wanted)}
        used = {name for name in places.values() if name is not None}
        self.others = tuple(name for name in variables if name not in used)
        self.columns = (*(column for column, name in places.items() if name), *self.others)
        at = [variables.index(places.get(name) or name) for name in self.columns]
        self._sorted = Sorted(tuple(_cell(row[place]) for place in at) for row in rows)

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        for cells in self._sorted:
            named: Iterable[tuple[str, str]] = zip(self.columns, cells, strict=True)
            yield {name: cell for name, cell in named if cell}


def _cell(term: Term | None) -> str:
    """A text behind a mark for its type."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return _MARKS.get(term.datatype, "=") + term.value
    return f"={term if isinstance(term, ox.Triple) else term.value}"


def _texts(row: Mapping[str, str]) -> dict[str, str]:
    return {name: cell[1:] for name, cell in row.items()}


class _Edges:
    """Edges, a row a claim."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Edge]:
        complete = (row for row in map(_edge_row, self._rows) if row)
        for _, alike in groupby(complete, key=_identity):
            known = list(alike)
            yield _weighed(edge_of(known), known[0])

    def ends(self) -> Iterator[Texts]:
        """Both ends of each, with the label that the row has for it."""
        for row in map(_edge_row, self._rows):
            if row:
                yield row["source"], row.get("sourceLabel", row.get("fromLabel", ""))
                yield row["target"], row.get("targetLabel", row.get("toLabel", ""))


def _edge_row(cells: Mapping[str, str]) -> dict[str, str]:
    """A row as an edge has it; empty where an end is missing."""
    row = _texts(cells)
    if "source" not in row or "target" not in row:
        return {}
    return {"about": row["source"], "kind": _RELATED, **row}


def _identity(row: Mapping[str, str]) -> Texts:
    return tuple(row[column] for column in IDENTITY)


def _weighed(edge: Edge, row: Mapping[str, str]) -> Edge:
    weight = _number(row.get("weight"))
    return edge if weight is None else replace(edge, weight=weight)


class _Ends:
    """The nodes at the ends of edges, as the graph knows them, by the labels of the answer."""

    def __init__(self, edges: _Edges, questions: Questions) -> None:
        self._edges = edges
        self._questions = questions

    def __iter__(self) -> Iterator[Node]:
        positions = Positions(self._questions)
        for iri, alike in groupby(Sorted(self._edges.ends()), key=lambda end: end[0]):
            label = max(label for _, label in alike)
            node = find_node(iri, self._questions, positions) or unknown(iri)
            yield replace(node, label=label) if label else node


class _Nodes:
    """Nodes; the first row of one tells what it is, attributes come from all."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Node]:
        complete = (row for row in self._rows if "node" in row)
        for _, alike in groupby(complete, key=lambda row: row["node"]):
            yield self._node(list(alike))

    def _node(self, rows: list[Mapping[str, str]]) -> Node:
        first = _texts(rows[0])
        longitude, latitude = _point(first)
        attributes = {
            (name, row[name]): _value(row[name])
            for name in self._rows.others
            for row in rows
            if name in row
        }
        return Node(
            first["node"],
            first.get("label", short(first["node"])),
            first.get("kind", "Thing").removeprefix(POL.base),
            first.get("start"),
            first.get("end"),
            longitude,
            latitude,
            first["wikidata"].removeprefix(WD.base) if "wikidata" in first else None,
            tuple((name, value) for (name, _), value in attributes.items()),
        )


def _point(row: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Longitude and latitude, or those of a point in WKT (OGC 06-103r4)."""
    found = _POINT.fullmatch(row.get("wkt", ""))
    given = (row.get("longitude"), row.get("latitude"))
    longitude, latitude = found.groups() if found and None in given else given
    return _number(longitude), _number(latitude)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _value(cell: str) -> Value:
    """The value behind a mark; a text where it is none of its type."""
    mark, text = cell[0], cell[1:]
    try:
        if mark == "i":
            return int(text)
        if mark == "d":
            return float(text)
    except ValueError:
        return text
    return text in ("true", "1") if mark == "b" else text
