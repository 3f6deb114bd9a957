"""Draw docs/graph.svg: the actors of the graph, and what each is said to do to or with another.

Run from the root of the repository: ``python docs/picture/draw.py [--check]``. It builds the graph
in a temporary folder; ``--check`` compares instead of writing.
"""

from __future__ import annotations

import math
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.build import build
from graph.engine.versions import Versions
from graph.network import Edge, Node
from graph.networks import network

HERE = Path(__file__).parent
PICTURE = HERE.parent / "graph.svg"
WIDTH, HEIGHT = 1200, 760
MARGIN_X, MARGIN_Y = 310, 80
BEND = 34
"""How far, in pixels, parallel edges keep apart."""
FAN = 0.36
"""The angle, in radians, between neighbours on the outer ring."""
TIES = {"member", "represents", "affiliation"}
"""Edges that hold without an event; they are drawn faintly, without a label."""


@dataclass(frozen=True)
class Point:
    """A place on the picture, in pixels from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Dot:
    """A node with its place and the side its label stands on."""

    label: str
    kind: str
    at: Point
    anchor: str
    label_at: Point


@dataclass(frozen=True)
class Line:
    """An edge as a curve, with its label half-way."""

    kind: str
    label: str
    act: bool
    path: str
    label_at: Point


def homes(nodes: list[Node], edges: list[Edge]) -> dict[str, str]:
    """The state that each actor belongs to, by ties that lead there over one or two steps."""
    home = {node.iri: node.iri for node in nodes if node.kind == "State"}
    for _ in range(2):
        for edge in edges:
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                if edge.kind in TIES and one not in home and other in home:
                    home[one] = home[other]
    return home


def places(nodes: list[Node], edges: list[Edge]) -> dict[str, Point]:
    """The states on an inner ring, and around each, further out, those who belong to it."""
    home = homes(nodes, edges)
    states = sorted({home[node.iri] for node in nodes})
    found: dict[str, Point] = {}
    for index, state in enumerate(states):
        middle = 2 * math.pi * index / len(states) + math.pi / 2
        found[state] = around(middle, 0.42)
        others = sorted(n.iri for n in nodes if home[n.iri] == state and n.iri != state)
        for number, iri in enumerate(others):
            spread = (number - (len(others) - 1) / 2) * FAN
            found[iri] = around(middle + spread, 1.0)
    return found


def around(angle: float, distance: float) -> Point:
    """A place on an ellipse around the middle, at a share of its greatest distance."""
    return Point(
        WIDTH / 2 + (WIDTH / 2 - MARGIN_X) * distance * math.cos(angle),
        HEIGHT / 2 + (HEIGHT / 2 - MARGIN_Y) * distance * math.sin(angle),
    )


def dot(node: Node, at: Point) -> Dot:
    """A node drawn with its label pointing away from the middle."""
    side = (at.x > WIDTH / 2 + 20) - (at.x < WIDTH / 2 - 20)
    shift = 0 if side else (18 if at.y > HEIGHT / 2 else -16)
    anchor = {1: "start", -1: "end", 0: "middle"}[side]
    return Dot(node.label, node.kind, at, anchor, Point(at.x + 14 * side, at.y + 4 + shift))


def line(edge: Edge, start: Point, end: Point, number: int) -> Line:
    """An edge drawn as a curve that keeps apart from the others of the same two nodes."""
    middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    length = math.hypot(end.x - start.x, end.y - start.y) or 1.0
    bend = BEND * (number + 1)
    control = Point(
        middle.x - (end.y - start.y) / length * bend, middle.y + (end.x - start.x) / length * bend
    )
    path = f"M{start.x:.0f} {start.y:.0f}Q{control.x:.0f} {control.y:.0f} {end.x:.0f} {end.y:.0f}"
    label_at = Point((middle.x + control.x) / 2, (middle.y + control.y) / 2)
    return Line(edge.kind, edge.label, edge.kind not in TIES, path, label_at)


def drawn() -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as home:
        build(Path(home))
        version = Versions(Path(home)).current()
        assert version is not None
        actors = network(version.read().select, "actors")
        nodes, edges = list(actors.nodes), list(actors.edges)
    reached = {end for edge in edges for end in (edge.source, edge.target)}
    chosen = [node for node in nodes if node.iri in reached]
    ends = places(chosen, edges)
    lines = []
    by_pair = sorted(edges, key=lambda e: (min(e.source, e.target), max(e.source, e.target), e.iri))
    for _, group in groupby(by_pair, key=lambda e: {e.source, e.target}):
        lines += [line(e, ends[e.source], ends[e.target], n) for n, e in enumerate(group)]
    template = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("picture.svg.jinja")
    dots = [dot(node, ends[node.iri]) for node in chosen]
    return template.render(width=WIDTH, height=HEIGHT, dots=dots, lines=lines)


def main() -> int:
    """Write the picture, or with ``--check`` say whether the one on disk is up to date."""
    picture = drawn()
    if "--check" in sys.argv[1:]:
        return int(PICTURE.read_text(encoding="utf-8") != picture)
    PICTURE.write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
