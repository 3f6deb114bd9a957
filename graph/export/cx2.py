"""CX2, the exchange format of Cytoscape and NDEx
(https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)).

Ids are whole numbers there, so IRIs are attributes, and the numbers of the nodes are kept until the
edges are written: of all formats of networks this one alone needs memory, some 200 bytes a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import BinaryIO

from graph.export.json_text import dumps, edge_data, node_data, write_list, writer
from graph.export.values import EDGE_COLUMNS, NODE_COLUMNS, ValueType, with_columns
from graph.network import Edge, Network, Node

_NODE_NAMES: Mapping[str, ValueType] = {"name": "string", "iri": "string", "label": "string"}
_EDGE_NAMES: Mapping[str, ValueType] = {
    **_NODE_NAMES,
    "interaction": "string",
    "weight": "double",
}
_ASPECTS = ("attributeDeclarations", "networkAttributes", "nodes", "edges")
_STATUS = [{"error": "", "success": True}]


def write_cx2(network: Network, stream: BinaryIO) -> None:
    """Write the network's aspects, each attribute with its type."""
    text, ids = writer(stream), dict[str, int]()
    with with_columns(network.nodes) as (columns, nodes):
        declared = {
            "networkAttributes": _declared({"name": "string"}),
            "nodes": _declared({**_NODE_NAMES, **NODE_COLUMNS, **columns}),
            "edges": _declared({**_EDGE_NAMES, **EDGE_COLUMNS}),
        }
        for head in (
            '[{"CXVersion": "2.0", "hasFragments": false}',
            dumps({"metaData": [{"name": aspect} for aspect in _ASPECTS]}),
            dumps({"attributeDeclarations": [declared]}),
            dumps({"networkAttributes": [{"name": network.title}]}),
        ):
            text.write(head + ",\n")
        text.write('{"nodes": ')
        write_list(text, _nodes(nodes, columns, ids))
    text.write('},\n{"edges": ')
    write_list(text, _edges(network.edges, ids))
    text.write(f"}},\n{dumps({'status': _STATUS})}]\n")


def _declared(columns: Mapping[str, ValueType]) -> dict[str, object]:
    return {name: {"d": type} for name, type in columns.items()}


def _nodes(
    nodes: Iterable[Node], columns: Mapping[str, ValueType], ids: dict[str, int]
) -> Iterator[object]:
    for node in nodes:
        id = ids[node.iri] = len(ids)
        values = {"name": node.label, "iri": node.iri, **node_data(node)}
        texts = {name for name, type in columns.items() if type == "string"}
        yield {
            "id": id,
            "v": {name: str(value) if name in texts else value for name, value in values.items()},
        }


def _edges(edges: Iterable[Edge], ids: Mapping[str, int]) -> Iterator[object]:
    for id, edge in zip(count(), edges):
        names = {"name": edge.label, "iri": edge.iri, "interaction": edge.kind}
        ends = {"s": ids[edge.source], "t": ids[edge.target]}
        yield {"id": id, **ends, "v": {**names, **edge_data(edge)}}
