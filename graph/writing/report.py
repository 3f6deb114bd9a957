"""Findings on a write as data: for a problem document, and as a SHACL report (SHACL, 3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyoxigraph as ox

from graph.finding import Finding
from graph.formats import RDF_FORMATS
from graph.validation import quality_quads
from graph.vocabulary import ID, PREFIXES

_CODECS = {format.media_type: format.codec for format in RDF_FORMATS.values()}


def as_fields(findings: Iterable[Finding]) -> tuple[dict[str, str], ...]:
    """Each finding as node, path, value, message (which ends in the remedy), severity and shape."""
    return tuple(dict(_said(finding)) for finding in findings)


def _said(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "node", _node(finding)
    if finding.path is not None:
        yield "path", finding.path.value
    if finding.value is not None:
        yield "value", str(finding.value)
    yield "message", finding.message
    yield "severity", finding.severity.value
    if finding.shape is not None:
        yield "shape", finding.shape


def as_rdf(findings: Iterable[Finding], media_type: str) -> bytes:
    """The SHACL validation report in a format of RDF."""
    named = [replace(finding, focus=_node(finding)) for finding in findings]
    triples = [ox.Triple(q.subject, q.predicate, q.object) for q in quality_quads(named)]
    prefixes = {name: PREFIXES[name] for name in ("sh", "pol", "prov")}
    return ox.serialize(triples, format=_CODECS[media_type], prefixes=prefixes) or b""


def _node(finding: Finding) -> str:
    """The focus node's IRI; a blank node has the one that the build would give it."""
    blank = finding.focus.startswith("_:")
    return f"{ID}.well-known/genid/{finding.focus[2:]}" if blank else finding.focus
