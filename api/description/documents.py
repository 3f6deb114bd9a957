"""The two descriptions as documents of RDF: of the service, and of the dataset."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import base_of
from api.description.distributions import distributions
from api.description.statistics import Counting, Statistics, named
from api.headers import read_field, share
from api.negotiation import choose, with_charset
from api.validators import briefly, holds
from graph.engine.question import Engine
from graph.engine.state import ObservedEngine
from graph.errors import InvalidInput, LimitReached, NotAcceptable
from graph.formats import RDF_FORMATS
from graph.vocabulary import DCAT, DCTERMS, RDFS, XSD

_FOLDER = Path(__file__).parent
SERVICE = ("service.ttl", "service-writable.ttl")
_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "format": "http://www.w3.org/ns/formats/",
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
    "dcat": DCAT.base,
    "dcterms": DCTERMS.base,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "rdfs": RDFS.base,
    "xsd": XSD.base,
}
_OF_SERVICE = _PREFIXES["sd"]


def dataset_iri(base_iri: str) -> str:
    """What the dataset is called, wherever it is served."""
    return f"{base_iri}dataset"


async def describe_service(request: Request) -> Response:
    """SPARQL 1.1 Service Description, section 2: what the endpoint says when it is asked nothing.

    The named graphs are listed as soon as they are counted; nobody waits for that.
    """
    counting: Counting = request.app.state.counting
    try:
        counted = (await counting.newest()).triples
    except LimitReached:
        counted = ()
    base = f"{base_of(request)}sparql"
    files = SERVICE if request.app.state.writable else SERVICE[:1]
    written = [triple for name in files for triple in _written(request, name, base)]
    triples = [*written, *filter(_is_of_service, counted)]
    return _document(request, triples, request.app.state.engine.version)


async def describe_dataset(request: Request) -> Response:
    """VoID and DCAT, with the figures of a version; raises LimitReached until they are counted."""
    counting: Counting = request.app.state.counting
    counted = await counting.newest()
    dataset = ox.NamedNode(dataset_iri(request.app.state.settings.base_iri))
    triples = [
        *_written(request, "dataset.ttl", base_of(request)),
        *counted.triples,
        *_about_version(request, dataset, counted),
        *distributions(request, dataset, counted.version),
    ]
    return _document(request, triples, counted.version)


def _is_of_service(triple: ox.Triple) -> bool:
    """Whether a figure belongs to the named graphs, which a service describes."""
    about = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
    return (
        triple.predicate.value.startswith(_OF_SERVICE) or "#named-" in about or "#graph-" in about
    )


def _written(request: Request, name: str, base: str) -> Iterable[ox.Triple]:
    """The triples of a Turtle file, with the addresses of this server."""
    dataset = dataset_iri(request.app.state.settings.base_iri)
    try:
        quads = list(ox.parse(path=_FOLDER / name, base_iri=base))
    except ValueError as error:
        raise InvalidInput(f"The address {base[:200]!r} is no IRI: {error}") from error
    return [named(quad, dataset) for quad in quads]


def _about_version(
    request: Request, dataset: ox.NamedNode, counted: Statistics
) -> Iterable[ox.Triple]:
    yield ox.Triple(dataset, DCAT["version"], ox.Literal(str(counted.version)))
    engine: Engine = request.app.state.engine
    state = engine.state() if isinstance(engine, ObservedEngine) else None
    if state is not None and state.published and engine.version == counted.version:
        published = ox.Literal(state.published, datatype=XSD["dateTime"])
        yield ox.Triple(dataset, DCTERMS["modified"], published)
    if counted.left_out:
        text = f"Not counted, because it takes too long: {', '.join(counted.left_out)}."
        yield ox.Triple(dataset, RDFS["comment"], ox.Literal(text, language="en"))


def _document(request: Request, triples: Iterable[ox.Triple], version: int) -> Response:
    """Answer in the format that the client prefers (RFC 9110, section 12)."""
    media_type = choose(read_field(request.scope, b"accept")).graph_format
    if media_type is None:
        raise NotAcceptable("A description is a graph: ask for one of the media types of RDF.")
    format = next(each for each in RDF_FORMATS.values() if each.media_type == media_type)
    ordered = sorted(dict.fromkeys(triples), key=lambda triple: str(triple.subject))
    body = ox.serialize(ordered, format=format.codec, prefixes=_PREFIXES)
    assert body is not None  # without a file to write into, the text is what is given back
    return _kept(request, body, format.media_type, version)


def _kept(request: Request, body: bytes, media_type: str, version: int) -> Response:
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    if holds(read_field(request.scope, b"if-none-match"), tag):
        response = Response(status_code=304)
    else:
        response = Response(body, media_type=with_charset(media_type))
    response.headers["ETag"] = tag
    response.headers["Polemos-Version"] = str(version)
    response.headers["Cache-Control"] = briefly(request.app.state.settings.max_age).decode()
    share(response)
    return response
