"""JSON as the network formats write it: a piece at a time, in UTF-8, numbers that are numbers."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable
from typing import BinaryIO

from graph.export.values import Value, edge_values, node_values
from graph.network import Edge, Node


def writer(stream: BinaryIO) -> codecs.StreamWriter:
    """A stream of text over one of bytes; half a character (a surrogate) becomes ``?``."""
    return codecs.getwriter("utf-8")(stream, "replace")


def dumps(value: object) -> str:
    """A value as JSON (RFC 8259)."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write_list(text: codecs.StreamWriter, elements: Iterable[object]) -> None:
    """Write a JSON list, an element a line."""
    separator = "[\n"
    for element in elements:
        text.write(separator + dumps(element))
        separator = ",\n"
    text.write("\n]" if separator == ",\n" else "[]")


def node_data(node: Node) -> dict[str, Value]:
    """A node's label and all else that is known of it."""
    return {"label": node.label, **node_values(node)}


def edge_data(edge: Edge) -> dict[str, Value]:
    """An edge's label, its weight and all else that is known of it."""
    return {"label": edge.label, "weight": float(edge.weight), **edge_values(edge)}
