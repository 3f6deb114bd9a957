"""DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html).

Everything is a quoted string, so nothing is taken for HTML; a backslash is doubled, so that no
label holds an escape of Graphviz's own (``\\N`` would be the node's name).
"""

from __future__ import annotations

from typing import BinaryIO

from graph.export.json_text import writer
from graph.export.values import literal
from graph.network import Edge, Network, Node

_NUL = {0: None}
"""Graphviz ends a text there."""


def write_dot(network: Network, stream: BinaryIO) -> None:
    """Write nodes and edges with their labels, kinds and times."""
    text = writer(stream)
    text.write(f"digraph {quoted(network.title)} {{\n")
    for node in network.nodes:
        text.write(_node(node))
    for edge in network.edges:
        text.write(_edge(edge))
    text.write("}\n")


def quoted(text: str) -> str:
    r"""A text as a string of DOT.

    >>> quoted('a "b" \\n')
    '"a \\"b\\" \\\\n"'
    """
    escaped = text.translate(_NUL).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _node(node: Node) -> str:
    named = {"label": node.label, "class": node.kind, "start": node.start, "end": node.end}
    return f"{quoted(node.iri)} {_attributes(named)};\n"


def _edge(edge: Edge) -> str:
    named = {"id": edge.iri, "label": edge.label, "kind": edge.kind}
    times = {"start": edge.start, "end": edge.end, "weight": literal(float(edge.weight))}
    return f"{quoted(edge.source)} -> {quoted(edge.target)} {_attributes({**named, **times})};\n"


def _attributes(values: dict[str, str | None]) -> str:
    known = (f"{name}={quoted(value)}" for name, value in values.items() if value is not None)
    return f"[{', '.join(known)}]"
