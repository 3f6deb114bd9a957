"""What one version has that another lacks, written as it is found.

Each quad of the one is looked up in the other, so nothing is held in memory, however large they
are. Run as ``python -m graph.writing.difference <settings>``, a process of its own, because it
takes its time and may be given up at any moment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from graph.engine.store import Reading, open_store
from graph.errors import PolemosError

_DEFAULT = ox.DefaultGraph()


def removed(old: Reading, new: Reading) -> Iterator[ox.Quad]:
    """The quads of the old version that the new one lacks."""
    return (quad for quad in old.quads() if quad not in new)


def as_patch(old: Reading, new: Reading) -> Iterator[str]:
    """An RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): D and A, one line a quad."""
    yield "TX .\n"
    yield from (f"D {_row(quad)} .\n" for quad in removed(old, new))
    yield from (f"A {_row(quad)} .\n" for quad in removed(new, old))
    yield "TC .\n"


def as_graphs(old: Reading, new: Reading) -> Iterator[str]:
    """TriG with a graph of what was removed and one of what was added; graph names are lost."""
    for name, quads in (("removed", removed(old, new)), ("added", removed(new, old))):
        yield f"<#{name}> {{\n"
        yield from (f"    {quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
        yield "}\n"


FORMS: Mapping[str, Callable[[Reading, Reading], Iterator[str]]] = {
    "application/rdf-patch": as_patch,
    "application/trig": as_graphs,
}


def main(old: Path, new: Path, form: str, output: TextIO) -> None:
    """Write the difference of two stores; the form is a media type."""
    for line in FORMS[form](open_store(old), open_store(new)):
        output.write(line)


def _row(quad: ox.Quad) -> str:
    named = "" if quad.graph_name == _DEFAULT else f" {quad.graph_name}"
    return f"{quad.subject} {quad.predicate} {quad.object}{named}"


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    try:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stdout:
            main(Path(settings["old"]), Path(settings["new"]), settings["form"], stdout)
    except PolemosError as error:
        sys.exit(str(error))
