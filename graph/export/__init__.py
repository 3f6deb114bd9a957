"""What the graph can be exported to: one table, a line a format.

A network format is a function of :class:`graph.network.Network` that writes to a binary stream; it
iterates nodes once, then edges once. An RDF format is a whole version of the store, which the
engine dumps itself; this package knows only its name and codec, and may turn the dump into what the
engine does not write. A format of trees asks for the quads of one subject after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from typing import BinaryIO, Protocol, TypeAlias

from graph.errors import NotFound
from graph.export.compressed import zstd
from graph.export.csv_tables import write_csv, write_edges_csv, write_nodes_csv
from graph.export.cx2 import write_cx2
from graph.export.cytoscape import write_cytoscape
from graph.export.dot import write_dot
from graph.export.geojson import write_geojson
from graph.export.geopackage import write_geopackage
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from graph.export.graphology import write_d3, write_graphology
from graph.export.jelly import jelly
from graph.export.jsonld import Find, compacted, write_events
from graph.export.kml import write_kml
from graph.export.neo4j import write_neo4j
from graph.export.parquet import write_edges_parquet, write_geoparquet, write_nodes_parquet
from graph.export.timelinejs import write_timelinejs
from graph.formats import RDF_FORMATS, RdfFormat
from graph.network import Network
from graph.tabular import TABLE_FORMATS
from graph.vocabulary import hint

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


@dataclass(frozen=True, slots=True)
class TreeExport(Export):
    """A format of things as trees, for which quads are found as they are needed."""

    write: Callable[[Find, BinaryIO], None]


_TABLE_READERS = ("pandas", "polars", "DuckDB", "R", "Neo4j")

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
            "geopackage", "application/geopackage+sqlite3", "gpkg",
            "nodes and edges, a layer and a table", ("QGIS", "ArcGIS", "GDAL", "geopandas"),
            "There is no spatial index; a time without an offset is a text; NUL is left out.",
            write_geopackage,
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
        NetworkExport(
            "cyjs", "application/json", "cyjs", "nodes and edges",
            ("Cytoscape", "Cytoscape.js", "networkx"),
            "There is no time line: start and end are texts.",
            write_cytoscape,
        ),
        NetworkExport(
            "cx2", "application/json", "cx2", "nodes and edges",
            ("Cytoscape", "NDEx", "ndex2"),
            "There is no time line; ids are numbers, and IRIs an attribute.",
            write_cx2,
        ),
        NetworkExport(
            "graphology", "application/json", "graphology.json", "nodes and edges",
            ("graphology", "sigma.js"),
            "There is no time line, and no layout.",
            write_graphology,
        ),
        NetworkExport(
            "d3", "application/json", "json", "nodes and edges", ("D3", "networkx"),
            "There is no time line, and no layout.",
            write_d3,
        ),
        NetworkExport(
            "dot", "text/vnd.graphviz", "dot", "nodes and edges", ("Graphviz", "pydot"),
            "Attributes, positions, claims and quotes are left out.",
            write_dot,
        ),
        NetworkExport(
            "neo4j", "application/zip", "zip", "nodes and edges, a table each, and a load command",
            ("Neo4j",),
            "Times are texts; an empty text is as none; a “;” in a kind becomes a comma.",
            write_neo4j,
        ),
        NetworkExport(
            "kml", "application/vnd.google-earth.kml+xml", "kml", "nodes with a position",
            ("Google Earth", "QGIS"),
            "Edges and their claims are left out, and nodes without a position.",
            write_kml,
        ),
        NetworkExport(
            "timelinejs", "application/json", "timeline.json", "nodes with a start",
            ("TimelineJS",),
            "Edges and their claims are left out, nodes without a date, and fractions of a second.",
            write_timelinejs,
        ),
        *(
            NetworkExport(
                "nodes-parquet", "application/vnd.apache.parquet", "parquet", "nodes",
                _TABLE_READERS, "Edges are left out; times are texts.", write_nodes_parquet,
            ),
            NetworkExport(
                "edges-parquet", "application/vnd.apache.parquet", "parquet", "edges",
                _TABLE_READERS, "What is known of the nodes is left out; times are texts.",
                write_edges_parquet,
            ),
            NetworkExport(
                "geoparquet", "application/vnd.apache.parquet", "parquet",
                "nodes, as points where they have a position",
                ("QGIS", "geopandas", "DuckDB", "GDAL"),
                "Edges are left out; a time without an offset is a text.", write_geoparquet,
            ),
        )[: 3 if TABLE_FORMATS else 0],
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
} | {
    "nquads-zst": RdfExport(
        "nquads-zst", "application/zstd", "nq.zst", "the whole graph",
        ("every RDF library and store, after zstd -d",), "Nothing is lost.",
        RDF_FORMATS["nquads"], zstd,
    ),
    "jsonld-compacted": RdfExport(
        "jsonld-compacted", "application/ld+json", "compacted.jsonld", "the whole graph",
        ("every RDF library and store", "programs that read JSON"),
        "Nothing is lost; what RDF 1.2 alone has cannot be written.",
        RDF_FORMATS["nquads"], compacted,
    ),
} | ({
    "jelly": RdfExport(
        "jelly", "application/x-jelly-rdf", "jelly", "the whole graph",
        ("Jena", "RDF4J", "pyjelly"),
        "Prefixes are lost; what RDF 1.2 alone has cannot be written.",
        RDF_FORMATS["nquads"], jelly,
    )
} if find_spec("pyjelly") else {})  # fmt: skip

TREE_EXPORTS: Mapping[str, TreeExport] = {
    "jsonld-events": TreeExport(
        "jsonld-events", "application/ld+json", "events.jsonld", "events, each as a tree",
        ("programs that read JSON", "every RDF library and store"),
        "What hangs on no event is left out, and which claim states which fact, but for numbers.",
        write_events,
    )
}  # fmt: skip

EXPORTS: Mapping[str, Export] = {**NETWORK_EXPORTS, **RDF_EXPORTS, **TREE_EXPORTS}
EXTRAS: Mapping[str, str] = {
    "nodes-parquet": "tables",
    "edges-parquet": "tables",
    "geoparquet": "tables",
    "jelly": "jelly",
}
"""The extra of the package that a format needs."""


def find_export(name: str) -> Export:
    """The format of this name.

    Raises NotFound with what has to be installed for it, or with the closest name.
    """
    if name in EXPORTS:
        return EXPORTS[name]
    if name in EXTRAS:
        extra = EXTRAS[name]
        raise NotFound(
            f"The format {name} needs the extra “{extra}”, which is not installed here: pip install"
            f" 'polemos[{extra}]'."
        )
    shown = name[:50]
    raise NotFound(
        f"There is no format “{shown}”.{hint(shown, EXPORTS)} Use one of {', '.join(EXPORTS)}."
    )
