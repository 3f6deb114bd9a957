"""One export of one version: what is wanted of it, and the writing.

The server has it written by a process of its own (:func:`main`), to be given up like any other
query: ``python -P -m graph.exporting <order>`` writes to standard output, or says on standard error
what went wrong and ends with 1. It ends with the server, whose end of standard input it watches.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from graph.engine.child import limit_memory
from graph.engine.faults import out_of_memory, to_bytes
from graph.engine.outbound import refuse_outbound
from graph.engine.store import Reading, open_store
from graph.errors import PolemosError
from graph.export import EXPORTS, Export, NetworkExport, RdfExport, TreeExport
from graph.formats import RdfFormat
from graph.networks import network
from graph.networks.asked import Asked, term_of
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.reported import HAPPENED
from graph.parameters import TYPES, Parameter
from graph.vocabulary import PREFIXES

DEFAULT_MODE = "events"
ABOUT = Parameter("about", TYPES["iri"], "The entity that a network is around.")


@dataclass(frozen=True, slots=True)
class View:
    """Which network a format of nodes and edges takes from the graph, and whose time it has.

    ``place`` narrows it to what lies around one entity; ``asked`` is a query whose answer is taken
    instead. A format of RDF takes the whole graph, or what a CONSTRUCT asks for.
    """

    mode: str = DEFAULT_MODE
    language: str = "en"
    place: Neighbourhood | None = None
    time: str = HAPPENED
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An export of a published store, as it goes to the process that writes it."""

    store: str
    format: str
    view: View
    memory_bytes: int

    def to_text(self) -> str:
        """The order as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Order:
        """The order that :meth:`to_text` wrote."""
        fields: dict[str, Any] = json.loads(text)
        return cls(**{**fields, "view": _view(fields["view"])})


def _view(fields: Mapping[str, Any]) -> View:
    place, asked = fields["place"], fields["asked"]
    parts = {
        "place": Neighbourhood(**place) if place else None,
        "asked": Asked(**asked) if asked else None,
    }
    return View(**{**fields, **parts})


def write(export: Export, reading: Reading, view: View, stream: BinaryIO) -> None:
    """Write what a version holds, or what a view takes from it, in a format.

    Raises NotFound, LimitReached and InvalidInput as :func:`graph.networks.network` does,
    InvalidInput where the format does not hold what the query gives, InvalidQuery where it does not
    parse, and Refused where it calls another server.
    """
    if view.asked is not None:
        refuse_outbound(view.asked.query, allowed=())
    match export:
        case RdfExport() if view.asked is not None:
            export.write(partial(_dump, _constructed(reading, view.asked)), stream, PREFIXES)
        case RdfExport():
            export.write(reading.dump, stream, PREFIXES)
        case TreeExport():
            export.write(reading.quads, stream)
        case NetworkExport():
            found = network(
                reading.select, view.mode, view.language, view.place, view.time, view.asked
            )
            export.write(found, stream)


def _constructed(reading: Reading, asked: Asked) -> Iterator[ox.Triple]:
    bindings = {name: term_of(text) for name, text in asked.bindings.items()}
    return reading.construct(asked.query, bindings)


def _dump(
    triples: Iterator[ox.Triple],
    stream: BinaryIO,
    format: RdfFormat,
    *,
    prefixes: Mapping[str, str] | None = None,
) -> None:
    """Write triples as they are found."""
    ox.serialize(triples, stream, format.codec, prefixes=dict(prefixes) if prefixes else None)


def main() -> None:
    """Write the export that the command line orders."""
    order = Order.from_text(sys.argv[1])
    threading.Thread(target=_end_with_server, daemon=True).start()
    try:
        reading = open_store(Path(order.store))
        limit_memory(order.memory_bytes)
        write(EXPORTS[order.format], reading, order.view, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except PolemosError as error:
        _fail(error)
    except MemoryError:
        _fail(out_of_memory())


def _fail(error: PolemosError) -> None:
    sys.stderr.buffer.write(to_bytes(error))
    sys.stderr.buffer.flush()
    os._exit(1)


def _end_with_server() -> None:
    """End when nobody is left who would read."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)


if __name__ == "__main__":
    main()
