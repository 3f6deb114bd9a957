"""GraphML, one file for Gephi, Cytoscape, yEd and networkx (http://graphml.graphdrawing.org).

Each reader wants the label under a name of its own: Gephi ``label``, Cytoscape ``name`` (and an
edge's predicate as ``interaction``), yEd an element of its namespace. Key ids are never ``d3`` or
``d7``, which Gephi up to 0.9 takes for yEd's labels. Ids are IRIs, as every reader here accepts;
the XML schema of GraphML would have them as NMTOKEN.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import BinaryIO

from graph.export.values import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Value,
    ValueType,
    edge_values,
    literal,
    node_values,
    with_columns,
)
from graph.export.xml_text import attributes, content
from graph.network import Edge, Network, Node

_NODE_NAMES: Mapping[str, ValueType] = {"label": "string", "name": "string", "iri": "string"}
_EDGE_NAMES: Mapping[str, ValueType] = {
    **_NODE_NAMES,
    "interaction": "string",
    "weight": "double",
}
_EDGE_COLUMNS = {**_EDGE_NAMES, **EDGE_COLUMNS}
_EDGE_KEYS = {name: f"edge.{number}" for number, name in enumerate(_EDGE_COLUMNS)}

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
"""
_YED_KEYS = """\
<key id="node.graphics" for="node" yfiles.type="nodegraphics"/>
<key id="edge.graphics" for="edge" yfiles.type="edgegraphics"/>
"""


def write_graphml(network: Network, stream: BinaryIO) -> None:
    """Write the network as GraphML in UTF-8; GraphML has no time, so bounds are columns."""
    text = codecs.getwriter("utf-8")(stream)
    with with_columns(network.nodes) as (columns, nodes):
        node_columns = {**_NODE_NAMES, **NODE_COLUMNS, **columns}
        keys = {name: f"node.{number}" for number, name in enumerate(node_columns)}
        text.write(_HEAD)
        text.write(_declaration("node", node_columns, keys))
        text.write(_declaration("edge", _EDGE_COLUMNS, _EDGE_KEYS))
        text.write(_YED_KEYS)
        text.write(f'<graph edgedefault="directed"><desc>{content(network.title)}</desc>\n')
        for node in nodes:
            text.write(_node(node, keys))
    for edge in network.edges:
        text.write(_edge(edge))
    text.write("</graph>\n</graphml>\n")


def _declaration(element: str, columns: Mapping[str, ValueType], keys: Mapping[str, str]) -> str:
    return "".join(
        f'<key id="{keys[name]}" for="{element}"'
        f"{attributes({'attr.name': name, 'attr.type': type_})}/>\n"
        for name, type_ in columns.items()
    )


def _node(node: Node, keys: Mapping[str, str]) -> str:
    names = {"label": node.label, "name": node.label, "iri": node.iri}
    label = f"<y:ShapeNode><y:NodeLabel>{content(node.label)}</y:NodeLabel></y:ShapeNode>"
    # The graphics come last: after an element inside data, Cytoscape passes over the node's rest.
    return (
        f"<node{attributes({'id': node.iri})}>{_data({**names, **node_values(node)}, keys)}"
        f'<data key="node.graphics">{label}</data></node>\n'
    )


def _edge(edge: Edge) -> str:
    head = {"id": edge.iri, "source": edge.source, "target": edge.target}
    names: dict[str, Value] = {
        "label": edge.label,
        "name": edge.label,
        "iri": edge.iri,
        "interaction": edge.kind,
        "weight": float(edge.weight),
    }
    label = f"<y:PolyLineEdge><y:EdgeLabel>{content(edge.label)}</y:EdgeLabel></y:PolyLineEdge>"
    return (
        f"<edge{attributes(head)}>{_data({**names, **edge_values(edge)}, _EDGE_KEYS)}"
        f'<data key="edge.graphics">{label}</data></edge>\n'
    )


def _data(values: Mapping[str, Value], keys: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{keys[name]}">{content(literal(value))}</data>'
        for name, value in values.items()
    )
