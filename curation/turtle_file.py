"""Turtle files that a script writes: a comment that says where they are from, then the triples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def write_turtle(
    path: Path, origin: Iterable[str], prefixes: Mapping[str, str], said: Iterable[Statement]
) -> None:
    """Write statements in the order given, under lines that say where they are from.

    The prefixes are sorted: the store writes them in an order that changes from run to run.
    """
    triples = [ox.Triple(*each) for each in dict.fromkeys(said)]
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    lines = (data or b"").decode().splitlines()
    names = sorted(line for line in lines if line.startswith("@prefix"))
    body = (line.replace("\t", "    ") for line in lines if not line.startswith("@prefix"))
    comment = (f"# {line}" for line in origin)
    path.write_text("\n".join((*comment, *names, *body, "")), encoding="utf-8")
