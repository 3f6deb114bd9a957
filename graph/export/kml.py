"""KML 2.2 (OGC 07-147r2): the nodes that have a position, with time, for Google Earth and QGIS."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from graph.export.geojson import position
from graph.export.moments import moment
from graph.export.values import literal, node_values
from graph.export.xml_text import attributes, content
from graph.network import Network, Node

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>'
)


def write_kml(network: Network, stream: BinaryIO) -> None:
    """Write a Placemark for each node with a position; edges are not carried."""
    text = codecs.getwriter("utf-8")(stream)
    text.write(f"{_HEAD}<name>{content(network.title)}</name>\n")
    for node in network.nodes:
        if (point := position(node)) is not None:
            text.write(_placemark(node, point))
    text.write("</Document>\n</kml>\n")


def _placemark(node: Node, point: tuple[float, float]) -> str:
    values = {"iri": node.iri, **node_values(node)}
    data = "".join(
        f"<Data{attributes({'name': name})}><value>{content(literal(value))}</value></Data>"
        for name, value in values.items()
    )
    return (
        f"<Placemark><name>{content(node.label)}</name>{_span(node)}"
        f"<ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{point[0]!r},{point[1]!r}</coordinates></Point></Placemark>\n"
    )


def _span(node: Node) -> str:
    """When it was, for the slider of time; nothing where an end lies before its start."""
    bounds = {"begin": moment(node.start), "end": moment(node.end)}
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    if not known or (len(known) == 2 and known["end"] < known["begin"]):
        return ""
    inside = "".join(f"<{name}>{bound.isoformat()}</{name}>" for name, bound in known.items())
    return f"<TimeSpan>{inside}</TimeSpan>"
