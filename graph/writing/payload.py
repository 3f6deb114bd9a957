"""The RDF in a request's body, as quads of one graph (Graph Store HTTP Protocol, 5).

Read in the process that writes, never in the server's: a body may be made to break its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import PurePath
from xml.parsers import expat

import pyoxigraph as ox

from graph.engine.store import GraphName
from graph.errors import InvalidDocument, InvalidInput, Place
from graph.formats import RDF_FORMATS, RdfFormat

MULTIPART = "multipart/form-data"
READ: dict[str, RdfFormat] = {
    media_type: RDF_FORMATS[name]
    for name, media_types in {
        "turtle": ("text/turtle", "application/x-turtle", "application/turtle"),
        "ntriples": ("application/n-triples",),
        "rdfxml": ("application/rdf+xml",),
        "jsonld": ("application/ld+json",),
    }.items()
    for media_type in media_types
}
"""The formats of a graph. TriG and N-Quads hold several graphs: those come by SPARQL Update."""
_SUFFIXES = {format.suffix: format for format in READ.values()} | {"xml": RDF_FORMATS["rdfxml"]}
_PLACED = re.compile(r"Parser error at line \d+ (?:column|between columns) [^:]*: ")
_MOST_PARTS = 1_000
_DEEPEST = 500
"""JSON nested a few thousand deep overflows its reader's stack."""
_JSON_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def media_type(content_type: str) -> str:
    """The media type alone, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def read_payload(body: bytes, content_type: str, base: str, graph: GraphName) -> list[ox.Quad]:
    """The triples of a body, or of the files of a form, as quads of a graph.

    Without a Content-Type it is RDF/XML (section 5). The blank nodes are new ones. Raises
    InvalidInput for a body that is not of its type, InvalidDocument with the place where it can be
    told.
    """
    kind = media_type(content_type)
    if kind == MULTIPART:
        files = _files(body, content_type)
    else:
        files = iter([(READ[kind or "application/rdf+xml"], body)])
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for format, document in files
        for quad in _triples(document, format, base)
    ]


def _files(body: bytes, content_type: str) -> Iterator[tuple[RdfFormat, bytes]]:
    """The files of a form, each with the format that its part says or its name ends in (5.5)."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    parts = list(form.iter_parts()) if form.is_multipart() else []
    if not 0 < len(parts) <= _MOST_PARTS:
        raise InvalidInput(
            "The form has no parts that can be told apart, or too many. Send each document as a"
            " file of a multipart/form-data form, with the boundary of its Content-Type."
        )
    for part in parts:
        assert isinstance(part, EmailMessage)
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise InvalidInput("A part of the form is a form itself. Send the documents alone.")
        yield _format_of(part), content


def _format_of(part: EmailMessage) -> RdfFormat:
    said = part.get("Content-Type")
    kind = media_type(str(said)) if said is not None else ""
    name = part.get_filename() or str(part.get_param("name", "", "Content-Disposition"))
    format = READ.get(kind) or _SUFFIXES.get(PurePath(name).suffix.removeprefix(".").lower())
    if format is None:
        raise InvalidInput(
            f"The format of the file {name[:100]!r} in the form is not told. Give its part one of"
            f" these types: {', '.join(READ)}."
        )
    return format


def _triples(document: bytes, format: RdfFormat, base: str) -> Iterator[ox.Quad]:
    if format.name == "rdfxml":
        _refuse_bad_xml(document)
    elif format.name == "jsonld":
        _refuse_deep_json(document)
    try:
        for quad in ox.parse(document, format.codec, base_iri=base, rename_blank_nodes=True):
            if quad.graph_name != ox.DefaultGraph():
                raise InvalidInput(
                    f"The document puts triples into the graph {quad.graph_name}, but the request"
                    " is about one graph alone. Leave the graph's name out."
                )
            yield quad
    except SyntaxError as error:
        raise _unparsed(format, error) from None
    except MemoryError:
        raise InvalidInput(
            "An IRI or a literal of the document is longer than 16 MiB. Shorten it."
        ) from None


def _unparsed(format: RdfFormat, error: SyntaxError) -> InvalidDocument:
    line, column = error.lineno, error.offset
    place = Place(line, column) if line and column else None
    where = f" at line {line}, column {column}" if place else ""
    reason = _PLACED.sub("", error.msg).rstrip(".")
    if "LoadDocumentCallback" in reason:
        reason = "its @context is at another address, and none is fetched. Write it out"
    return InvalidDocument(f"The body is no {format.media_type}{where}: {reason}.", place)


def _refuse_bad_xml(document: bytes) -> None:
    """Have XML judged by expat first: it knows a broken end, and entities that blow up."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        place = Place(error.lineno, error.offset + 1)
        reason = expat.ErrorString(error.code)
        raise InvalidDocument(
            f"The body is no application/rdf+xml at line {place.line}, column {place.column}:"
            f" {reason}.",
            place,
        ) from None


def _refuse_deep_json(document: bytes) -> None:
    depth = 0
    for found in _JSON_MARK.finditer(document):
        mark = found[0]
        depth += (mark in b"[{") - (mark in b"]}")
        if depth > _DEEPEST:
            raise InvalidDocument(
                f"The body is nested more than {_DEEPEST} deep. Flatten it: name the nodes, and"
                " refer to them by @id."
            )
