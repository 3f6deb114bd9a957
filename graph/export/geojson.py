"""GeoJSON (RFC 7946): the nodes that have a position, as points on a map."""

from __future__ import annotations

import codecs
import json
from typing import BinaryIO

from graph.export.values import Value, node_values
from graph.network import Network, Node


def write_geojson(network: Network, stream: BinaryIO) -> None:
    """Write one Point feature for each node with a position, a feature a line, in UTF-8.

    After the features stands how many nodes were left out for want of a position, as a foreign
    member (RFC 7946, 6.1). Edges are not carried.
    """
    text = codecs.getwriter("utf-8")(stream, "replace")
    text.write(f'{{"type": "FeatureCollection", "title": {_json(network.title)}, "features": [')
    left_out = 0
    separator = "\n"
    for node in network.nodes:
        point = _point(node)
        if point is None:
            left_out += 1
            continue
        text.write(separator + _json(_feature(node, point)))
        separator = ",\n"
    text.write(f'\n], "nodes_without_position": {left_out}}}\n')


def _point(node: Node) -> dict[str, object] | None:
    """The node's place in WGS 84, longitude first (RFC 7946, 3.1.1), or None.

    A coordinate outside the globe is no position: on a map it would be drawn somewhere all the
    same.
    """
    if node.longitude is None or node.latitude is None:
        return None
    if not (-180 <= node.longitude <= 180 and -90 <= node.latitude <= 90):
        return None
    return {"type": "Point", "coordinates": [node.longitude, node.latitude]}


def _feature(node: Node, point: dict[str, object]) -> dict[str, object]:
    properties: dict[str, Value] = {"label": node.label, **node_values(node)}
    del properties["longitude"], properties["latitude"]
    return {"type": "Feature", "id": node.iri, "geometry": point, "properties": properties}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
