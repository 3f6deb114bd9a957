"""What a node and an edge say, under the names that every network format gives it.

A format that must declare its columns first (GEXF, GraphML, CSV) asks :func:`with_columns`.
Nodes and edges are each iterated once, nodes first, so a network may be made of generators.
"""

from __future__ import annotations

import math
import pickle
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Literal, TypeAlias

from graph.network import Edge, Node

Value: TypeAlias = str | int | float | bool
ValueType: TypeAlias = Literal["boolean", "long", "double", "string"]

NODE_COLUMNS: Mapping[str, ValueType] = {
    "kind": "string",
    "start": "string",
    "end": "string",
    "longitude": "double",
    "latitude": "double",
    "wikidata": "string",
}
EDGE_COLUMNS: Mapping[str, ValueType] = {
    "predicate": "string",
    "start": "string",
    "end": "string",
    "claims": "string",
    "speakers": "string",
    "quotes": "string",
}

# Names with a meaning of their own to a format here or to Gephi, Cytoscape or yEd (a column "size"
# becomes the size of the disc in Gephi); an attribute so named is written with a "_" at its end.
RESERVED_NAMES = frozenset(
    {*NODE_COLUMNS, *EDGE_COLUMNS}
    | {"id", "iri", "label", "nodelabel", "edgelabel", "edgeid", "name", "shared name", "suid"}
    | {"source", "target", "type", "weight", "edge weight", "interaction", "selected"}
    | {"x", "y", "z", "xpos", "ypos", "size", "r", "g", "b", "color", "timeset"}
    | {"fid", "geom", "geometry", "start_utc", "end_utc"}
)

_LONG = range(-(2**63), 2**63)
_MEMORY_BYTES = 16 * 1024**2
_BATCH = 1_000


def node_values(node: Node) -> dict[str, Value]:
    """What is known of a node, by column; a number that is none (NaN, infinite) is left out.

    An attribute that occurs twice becomes one text of its values, see :func:`joined`.
    """
    fixed = {name: getattr(node, name) for name in NODE_COLUMNS}
    return {name: value for name, value in fixed.items() if _is_value(value)} | _attributes(node)


def edge_values(edge: Edge) -> dict[str, Value]:
    """What is known of an edge, by column; claims, speakers and quotes as :func:`joined` lists."""
    values: dict[str, Value | None] = {
        "predicate": edge.kind,
        "start": edge.start,
        "end": edge.end,
        "claims": joined(edge.claims) if edge.claims else None,
        "speakers": joined(edge.speakers) if edge.speakers else None,
        "quotes": joined(edge.quotes) if edge.quotes else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def joined(texts: Iterable[str]) -> str:
    r"""Texts as one, ``" | "`` between them; ``|`` and ``\`` inside one are written ``\|``, ``\\``.

    >>> joined(["one killed", "a | b"])
    'one killed | a \\| b'
    """
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def parted(text: str) -> tuple[str, ...]:
    r"""The texts that :func:`joined` made one.

    >>> parted("one killed | a \\| b")
    ('one killed', 'a | b')
    """
    return tuple(re.sub(r"\\([\\|])", r"\1", part) for part in text.split(" | "))


@contextmanager
def with_columns(nodes: Iterable[Node]) -> Iterator[tuple[dict[str, ValueType], Iterable[Node]]]:
    """The columns of all nodes' attributes with their types, and the nodes once more.

    A collection is simply read twice. Anything else is read once and kept meanwhile, beyond 16 MB
    in a temporary file, so that memory stays flat.
    """
    if isinstance(nodes, Collection):
        yield _columns(nodes), nodes
        return
    with SpooledTemporaryFile(max_size=_MEMORY_BYTES) as kept:
        columns = _columns(_keep(nodes, kept))
        kept.seek(0)
        yield columns, _kept(kept)


def _is_value(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _attributes(node: Node) -> dict[str, Value]:
    found: dict[str, list[Value]] = {}
    for name, value in node.attributes:
        if _is_value(value):
            found.setdefault(column_name(name), []).append(value)
    return {
        name: values[0] if len(values) == 1 else joined(literal(value) for value in values)
        for name, values in found.items()
    }


def column_name(attribute: str) -> str:
    """The name an attribute is written under: without control characters, and not a reserved one.

    >>> column_name("place precision"), column_name("Size")
    ('place precision', 'Size_')
    """
    name = "".join(character for character in attribute if character.isprintable())
    return name + "_" if not name or name.casefold() in RESERVED_NAMES else name


def literal(value: Value) -> str:
    """A value as XML Schema writes it, which Java, JavaScript and pandas read as well."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _columns(nodes: Iterable[Node]) -> dict[str, ValueType]:
    columns: dict[str, ValueType] = {}
    for node in nodes:
        for name, value in _attributes(node).items():
            columns[name] = _wider(columns.get(name), _type_of(value))
    return columns


def _type_of(value: Value) -> ValueType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if value in _LONG else "string"
    return "double" if isinstance(value, float) else "string"


def _wider(one: ValueType | None, other: ValueType) -> ValueType:
    """The type that holds the values of both: a column of integers and fractions is "double"."""
    if one is None or one == other:
        return other
    return "double" if {one, other} == {"long", "double"} else "string"


def _keep(nodes: Iterable[Node], kept: IO[bytes]) -> Iterator[Node]:
    remaining = iter(nodes)
    while batch := tuple(islice(remaining, _BATCH)):
        pickle.dump(batch, kept)
        yield from batch


def _kept(kept: IO[bytes]) -> Iterator[Node]:
    while True:
        try:
            batch = pickle.load(kept)
        except EOFError:
            return
        yield from batch
