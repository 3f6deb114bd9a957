"""GEXF 1.3 with time, in the dialect that Gephi's importer reads.

Where specification and importer differ, the importer decides: no ``anyURI`` (the column would be
dropped), attributes declared before nodes and nodes before edges (it reads as a stream), the
predicate as an edge's ``kind`` (edges of one kind between one pair are merged), the time zone named
(the default is the reader's own). The grammar is https://gexf.net/schema.html.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from datetime import UTC, datetime
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


def write_gexf(network: Network, stream: BinaryIO) -> None:
    """Write the network as GEXF 1.3 in UTF-8.

    A time that cannot stand on a time line (no date, or an end before its start, which Gephi
    refuses) is carried in the columns ``start`` and ``end`` only.
    """
    text = codecs.getwriter("utf-8")(stream)
    with with_columns(network.nodes) as (columns, nodes):
        _write_head(network.title, columns, text)
        text.write("<nodes>\n")
        for node in nodes:
            text.write(_node(node))
    text.write("</nodes>\n<edges>\n")
    for edge in network.edges:
        text.write(_edge(edge))
    text.write("</edges>\n</graph>\n</gexf>\n")


def _write_head(title: str, columns: Mapping[str, ValueType], text: codecs.StreamWriter) -> None:
    text.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta><creator>Polemos</creator><description>{content(title)}</description></meta>\n"
        '<graph mode="dynamic" defaultedgetype="directed" idtype="string" timeformat="dateTime"'
        ' timerepresentation="interval" timezone="UTC">\n'
    )
    text.write(_declaration("node", {**NODE_COLUMNS, **columns}))
    text.write(_declaration("edge", EDGE_COLUMNS))


def _declaration(element: str, columns: Mapping[str, ValueType]) -> str:
    declared = "".join(
        f"<attribute{attributes({'id': name, 'title': name, 'type': type_})}/>\n"
        for name, type_ in columns.items()
    )
    return f'<attributes class="{element}">\n{declared}</attributes>\n'


def _node(node: Node) -> str:
    head = {"id": node.iri, "label": node.label, **_interval(node.start, node.end)}
    return f"<node{attributes(head)}>{_attvalues(node_values(node))}</node>\n"


def _edge(edge: Edge) -> str:
    head = {
        "id": edge.iri,
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind,
        "label": edge.label,
        "weight": literal(float(edge.weight)),
        **_interval(edge.start, edge.end),
    }
    return f"<edge{attributes(head)}>{_attvalues(edge_values(edge))}</edge>\n"


def _attvalues(values: Mapping[str, Value]) -> str:
    written = "".join(
        f"<attvalue{attributes({'for': name, 'value': literal(value)})}/>"
        for name, value in values.items()
    )
    return f"<attvalues>{written}</attvalues>"


def _interval(start: str | None, end: str | None) -> dict[str, str]:
    bounds = {"start": _moment(start), "end": _moment(end)}
    known = {name: moment for name, moment in bounds.items() if moment is not None}
    if len(known) == 2 and known["end"] < known["start"]:
        return {}
    return {name: moment.isoformat() for name, moment in known.items()}


def _moment(text: str | None) -> datetime | None:
    """The moment of an ISO 8601 dateTime with an offset, in UTC, or None where it is none."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
