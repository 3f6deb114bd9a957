"""JSON for drawing in a browser: graphology (sigma.js), and D3's nodes and links.

The formats are https://graphology.github.io/serialization and the node-link form of
https://d3js.org/d3-force, which networkx reads as well.
"""

from __future__ import annotations

from typing import BinaryIO

from graph.export.json_text import dumps, edge_data, node_data, write_list, writer
from graph.network import Edge, Network, Node

_OPTIONS = {"type": "directed", "multi": True, "allowSelfLoops": True}


def write_graphology(network: Network, stream: BinaryIO) -> None:
    """Write nodes and edges with a key each; parallel edges are the rule, so ``multi`` is set."""
    text = writer(stream)
    head = f'"attributes": {dumps({"name": network.title})}, "options": {dumps(_OPTIONS)}'
    text.write(f'{{{head},\n"nodes": ')
    write_list(text, map(_keyed_node, network.nodes))
    text.write(',\n"edges": ')
    write_list(text, map(_keyed_edge, network.edges))
    text.write("}\n")


def write_d3(network: Network, stream: BinaryIO) -> None:
    """Write nodes and links whose ends are ids."""
    text = writer(stream)
    head = f'"graph": {dumps({"name": network.title})}'
    text.write(f'{{"directed": true, "multigraph": true, {head},\n"nodes": ')
    write_list(text, ({"id": node.iri, **node_data(node)} for node in network.nodes))
    text.write(',\n"links": ')
    write_list(text, map(_link, network.edges))
    text.write("}\n")


def _keyed_node(node: Node) -> object:
    return {"key": node.iri, "attributes": node_data(node)}


def _keyed_edge(edge: Edge) -> object:
    ends = {"source": edge.source, "target": edge.target}
    return {"key": edge.iri, **ends, "attributes": edge_data(edge)}


def _link(edge: Edge) -> object:
    ends = {"source": edge.source, "target": edge.target}
    return {**ends, "key": edge.iri, **edge_data(edge)}
