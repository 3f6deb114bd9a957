"""The files in which a version can be had as a whole: DCAT 3, section 6.8, and VoID, 3.3.

They are written when they are asked for. So how long one is, and its checksum, are said once it was
written to its end, and belong to the version that was written.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request

from api.addresses import base_of
from api.exports.process import Exports, Measured
from api.exports.routes import Published
from graph.errors import NotFound
from graph.export import RDF_EXPORTS, RdfExport
from graph.vocabulary import DCAT, DCTERMS, RDF, XSD, Namespace

_IANA = "https://www.iana.org/assignments/media-types/"
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_VOID = Namespace("http://rdfs.org/ns/void#")
_LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
_COMPRESSED = {"application/zstd"}


def distributions(request: Request, dataset: ox.NamedNode, version: int) -> Iterator[ox.Triple]:
    """The whole-graph files of a version; none where the engine has no versions to write from."""
    engine = request.app.state.engine
    if not isinstance(engine, Published):
        return
    base = base_of(request)
    exports: Exports = request.app.state.exports
    try:
        store = str(engine.published(version).store)
    except NotFound:  # pruned since it was counted
        return
    for export in RDF_EXPORTS.values():
        node = ox.NamedNode(f"{base}.well-known/void#{export.name}")
        address = ox.NamedNode(f"{base}exports/{export.name}?version={version}")
        yield ox.Triple(dataset, DCAT["distribution"], node)
        yield ox.Triple(dataset, _VOID["dataDump"], address)
        yield from _distribution(node, address, export)
        if (measured := exports.measured(store, export.name)) is not None:
            yield from _size(node, measured)


def _distribution(
    node: ox.NamedNode, address: ox.NamedNode, export: RdfExport
) -> Iterator[ox.Triple]:
    title = f"{export.takes[0].upper()}{export.takes[1:]}, as {export.name}"
    yield ox.Triple(node, RDF["type"], DCAT["Distribution"])
    yield ox.Triple(node, DCTERMS["title"], ox.Literal(title, language="en"))
    yield ox.Triple(node, DCTERMS["license"], _LICENCE)
    yield ox.Triple(node, DCAT["downloadURL"], address)
    yield ox.Triple(node, DCAT["accessURL"], address)
    inside = export.media_type
    if inside in _COMPRESSED:
        yield ox.Triple(node, DCAT["compressFormat"], ox.NamedNode(f"{_IANA}{inside}"))
        inside = export.format.media_type
    yield ox.Triple(node, DCAT["mediaType"], ox.NamedNode(f"{_IANA}{inside}"))


def _size(node: ox.NamedNode, measured: Measured) -> Iterator[ox.Triple]:
    size = ox.Literal(str(measured.bytes), datatype=XSD["nonNegativeInteger"])
    checksum = ox.NamedNode(f"{node.value}-checksum")
    value = ox.Literal(measured.sha256, datatype=XSD["hexBinary"])
    yield ox.Triple(node, DCAT["byteSize"], size)
    yield ox.Triple(node, _SPDX["checksum"], checksum)
    yield ox.Triple(checksum, RDF["type"], _SPDX["Checksum"])
    yield ox.Triple(checksum, _SPDX["algorithm"], _SPDX["checksumAlgorithm_sha256"])
    yield ox.Triple(checksum, _SPDX["checksumValue"], value)
