"""What the graph can be exported to: one table, a line a format.

A network format is a function of :class:`graph.network.Network` that writes to a binary stream; it
iterates nodes once, then edges once. An RDF format is a whole version of the store, which the
engine dumps itself; this package knows only its name and codec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeAlias

from graph.export.csv_tables import write_csv, write_edges_csv, write_nodes_csv
from graph.export.geojson import write_geojson
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from graph.formats import RDF_FORMATS, RdfFormat
from graph.network import Network

Writer: TypeAlias = Callable[[Network, BinaryIO], None]
Wrapper: TypeAlias = Callable[[BinaryIO], AbstractContextManager[BinaryIO]]


class Dump(Protocol):
    """The engine's own writing of a whole version."""

    def __call__(
        self, stream: BinaryIO, format: RdfFormat, *, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Write to the stream, which stays open."""
        ...


@dataclass(frozen=True, slots=True)
class Export:
    """A format to export to.

    ``takes`` is the part of the graph it carries, ``read_by`` the tools that read it, ``loses``
    what it cannot carry, a sentence. ``suffix`` is the file ending without its dot.
    """

    name: str
    media_type: str
    suffix: str
    takes: str
    read_by: tuple[str, ...]
    loses: str


@dataclass(frozen=True, slots=True)
class NetworkExport(Export):
    """A format of nodes and edges; ``write`` leaves the stream open."""

    write: Writer


@dataclass(frozen=True, slots=True)
class RdfExport(Export):
    """A serialisation of RDF, which the engine's dump of a version writes with ``format``.

    ``within`` puts something between the dump and the stream, as a compressor.
    """

    format: RdfFormat
    within: Wrapper = nullcontext

    def write(self, dump: Dump, stream: BinaryIO, prefixes: Mapping[str, str]) -> None:
        """Have the dump written to the stream, which stays open."""
        with self.within(stream) as target:
            dump(target, self.format, prefixes=prefixes)


NETWORK_EXPORTS: Mapping[str, NetworkExport] = {
    export.name: export
    for export in (
        NetworkExport(
            "gexf", "application/gexf+xml", "gexf", "nodes and edges", ("Gephi", "networkx"),
            "Several statements of one kind between the same two nodes are shown by Gephi as one.",
            write_gexf,
        ),
        NetworkExport(
            "graphml", "application/graphml+xml", "graphml", "nodes and edges",
            ("Gephi", "Cytoscape", "yEd", "networkx"),
            "There is no time line: start and end are texts; Gephi shows parallel edges as one.",
            write_graphml,
        ),
        NetworkExport(
            "geojson", "application/geo+json", "geojson", "nodes with a position",
            ("QGIS", "Leaflet", "MapLibre", "kepler.gl", "pandas"),
            "Edges and their claims are left out, and nodes without a position, which are counted.",
            write_geojson,
        ),
        NetworkExport(
            "csv", "application/zip", "zip", "nodes and edges, a table each",
            ("Gephi", "pandas", "R", "spreadsheets"),
            "Numbers lose their type, and a text like a formula has an apostrophe before it.",
            write_csv,
        ),
        NetworkExport(
            "nodes-csv", "text/csv", "csv", "nodes", ("Gephi", "pandas", "R", "spreadsheets"),
            "Edges are left out; a text like a formula has an apostrophe before it.",
            write_nodes_csv,
        ),
        NetworkExport(
            "edges-csv", "text/csv", "csv", "edges", ("Gephi", "pandas", "R", "spreadsheets"),
            "What is known of the nodes is left out; a text like a formula has an apostrophe"
            " before it.",
            write_edges_csv,
        ),
    )
}  # fmt: skip

_RDF_READERS = ("every RDF library and store",)

RDF_EXPORTS: Mapping[str, RdfExport] = {
    name: RdfExport(
        name,
        format.media_type,
        format.suffix,
        "the whole graph" if format.quads else "the facts",
        _RDF_READERS,
        "Nothing is lost." if format.quads
        else "Which claim states which fact is lost: there are no named graphs.",
        format,
    )
    for name, format in RDF_FORMATS.items()
}  # fmt: skip

EXPORTS: Mapping[str, Export] = {**NETWORK_EXPORTS, **RDF_EXPORTS}
