"""GeoJSON (RFC 7946): the nodes that have a position, as points on a map."""

from __future__ import annotations

from typing import BinaryIO

from graph.export.json_text import dumps, writer
from graph.export.values import Value, node_values
from graph.network import Network, Node


def write_geojson(network: Network, stream: BinaryIO) -> None:
    """Write one Point feature for each node with a position, a feature a line, in UTF-8.

    After the features stands how many nodes were left out for want of a position, as a foreign
    member (RFC 7946, 6.1). Edges are not carried.
    """
    text = writer(stream)
    text.write(f'{{"type": "FeatureCollection", "title": {dumps(network.title)}, "features": [')
    left_out = 0
    separator = "\n"
    for node in network.nodes:
        point = position(node)
        if point is None:
            left_out += 1
            continue
        text.write(separator + dumps(_feature(node, point)))
        separator = ",\n"
    text.write(f'\n], "nodes_without_position": {left_out}}}\n')


def position(node: Node) -> tuple[float, float] | None:
    """The node's place in WGS 84, longitude first (RFC 7946, 3.1.1), or None.

    A coordinate outside the globe is no position: on a map it would be drawn somewhere all the
    same.
    """
    if node.longitude is None or node.latitude is None:
        return None
    if not (-180 <= node.longitude <= 180 and -90 <= node.latitude <= 90):
        return None
    return node.longitude, node.latitude


def _feature(node: Node, point: tuple[float, float]) -> dict[str, object]:
    properties: dict[str, Value] = {"label": node.label, **node_values(node)}
    del properties["longitude"], properties["latitude"]
    geometry = {"type": "Point", "coordinates": list(point)}
    return {"type": "Feature", "id": node.iri, "geometry": geometry, "properties": properties}
