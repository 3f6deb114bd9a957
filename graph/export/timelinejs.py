"""TimelineJS 3 JSON (https://timeline.knightlab.com/docs/json-format.html): what has a date.

TimelineJS shows headline and text as HTML, so both are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import BinaryIO

from graph.export.json_text import dumps, write_list, writer
from graph.export.moments import utc
from graph.export.values import literal, node_values
from graph.network import Network, Node

_IN_HEAD = ("start", "end", "kind", "longitude", "latitude")


def write_timelinejs(network: Network, stream: BinaryIO) -> None:
    """Write a slide for each node with a start, in UTC, in groups by kind."""
    text = writer(stream)
    title = {"text": {"headline": escape(network.title)}}
    text.write(f'{{"title": {dumps(title)}, "events": ')
    write_list(text, _slides(network.nodes))
    text.write("}\n")


def _slides(nodes: Iterable[Node]) -> Iterator[object]:
    for node in nodes:
        start, end = utc(node.start), utc(node.end)
        if start is None:
            continue
        slide = {
            "unique_id": node.iri,
            "group": escape(node.kind),
            "start_date": _date(start),
            "text": {"headline": escape(node.label), "text": _told(node)},
        }
        if end is not None and end >= start:
            slide["end_date"] = _date(end)
        yield slide


def _date(at: datetime) -> dict[str, int]:
    day = {"year": at.year, "month": at.month, "day": at.day}
    return {**day, "hour": at.hour, "minute": at.minute, "second": at.second}


def _told(node: Node) -> str:
    """All else that is known, and the address, as one line."""
    rest = {name: value for name, value in node_values(node).items() if name not in _IN_HEAD}
    known = {**rest, "address": node.iri}
    return escape("; ".join(f"{name}: {literal(value)}" for name, value in known.items()))
