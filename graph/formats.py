"""The standard formats of RDF and of SPARQL results, as one table each.

Media types are those of the W3C recommendations; ``suffix`` is the usual file ending.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class RdfFormat:
    """A serialisation of RDF; ``quads`` says whether it can hold named graphs."""

    name: str
    media_type: str
    suffix: str
    quads: bool
    codec: ox.RdfFormat
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultsFormat:
    """A serialisation of SPARQL results (SELECT and ASK)."""

    name: str
    media_type: str
    suffix: str
    codec: ox.QueryResultsFormat
    aliases: tuple[str, ...] = ()


RDF_FORMATS: dict[str, RdfFormat] = {
    format.name: format
    for format in (
        RdfFormat(
            "turtle",
            "text/turtle",
            "ttl",
            False,
            ox.RdfFormat.TURTLE,
            ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
        ),
        RdfFormat(
            "ntriples",
            "application/n-triples",
            "nt",
            False,
            ox.RdfFormat.N_TRIPLES,
            ("text/plain",),
        ),
        RdfFormat(
            "rdfxml",
            "application/rdf+xml",
            "rdf",
            False,
            ox.RdfFormat.RDF_XML,
            ("application/xml", "text/xml"),
        ),
        RdfFormat(
            "jsonld",
            "application/ld+json",
            "jsonld",
            True,
            ox.RdfFormat.JSON_LD,
            ("application/json",),
        ),
        RdfFormat(
            "trig", "application/trig", "trig", True, ox.RdfFormat.TRIG, ("application/x-trig",)
        ),
        RdfFormat(
            "nquads", "application/n-quads", "nq", True, ox.RdfFormat.N_QUADS, ("text/x-nquads",)
        ),
    )
}

RESULTS_FORMATS: dict[str, ResultsFormat] = {
    format.name: format
    for format in (
        ResultsFormat(
            "json",
            "application/sparql-results+json",
            "json",
            ox.QueryResultsFormat.JSON,
            ("application/json",),
        ),
        ResultsFormat(
            "xml",
            "application/sparql-results+xml",
            "xml",
            ox.QueryResultsFormat.XML,
            ("application/xml", "text/xml"),
        ),
        ResultsFormat("csv", "text/csv", "csv", ox.QueryResultsFormat.CSV, ()),
        ResultsFormat("tsv", "text/tab-separated-values", "tsv", ox.QueryResultsFormat.TSV, ()),
    )
}
