"""Cytoscape.js JSON (``.cyjs``), as Cytoscape itself writes and reads it."""

from __future__ import annotations

from typing import BinaryIO

from graph.export.json_text import dumps, edge_data, node_data, write_list, writer
from graph.network import Edge, Network, Node


def write_cytoscape(network: Network, stream: BinaryIO) -> None:
    """Write the elements of a network; a node's name and an edge's interaction are its labels."""
    text = writer(stream)
    head = {"name": network.title, "shared_name": network.title}
    text.write(
        '{"format_version": "1.0", "generated_by": "Polemos",'
        f' "target_cytoscapejs_version": "~2.1", "data": {dumps(head)},\n"elements": {{"nodes": '
    )
    write_list(text, map(_node, network.nodes))
    text.write(',\n"edges": ')
    write_list(text, map(_edge, network.edges))
    text.write("}}\n")


def _node(node: Node) -> object:
    return {"data": {"id": node.iri, "name": node.label, **node_data(node)}}


def _edge(edge: Edge) -> object:
    ends = {"source": edge.source, "target": edge.target, "interaction": edge.kind}
    return {"data": {"id": edge.iri, **ends, "name": edge.label, **edge_data(edge)}}
