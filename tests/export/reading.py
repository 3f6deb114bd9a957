"""Formats of quads that the engine does not write itself, read by readers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pyoxigraph as ox
import zstandard
from pyjelly.integrations.generic.parse import parse_jelly_flat
from pyld import jsonld


def read_zstd(data: bytes) -> Iterator[ox.Quad]:
    plain = zstandard.ZstdDecompressor().stream_reader(data).read()
    return ox.parse(plain, ox.RdfFormat.N_QUADS)


def read_jelly(data: bytes) -> Iterator[ox.Quad]:
    """By pyjelly's parser, whose terms print themselves as N-Quads do but for escapes."""
    for quad in parse_jelly_flat(BytesIO(data)):
        subject, predicate, object, graph = (_term(term) for term in quad)
        yield ox.Quad(subject, predicate, object, graph)


def _term(term: Any) -> Any:
    if hasattr(term, "_iri"):
        return ox.NamedNode(term._iri)
    if hasattr(term, "_identifier"):
        return ox.BlankNode(term._identifier)
    if not hasattr(term, "_lex"):
        return ox.DefaultGraph()
    if term._langtag:
        return ox.Literal(term._lex, language=term._langtag)
    datatype = ox.NamedNode(term._datatype) if term._datatype else None
    return ox.Literal(term._lex, datatype=datatype)


def read_jsonld(data: bytes) -> Iterator[ox.Quad]:
    """By PyLD, which is not allowed to fetch anything."""
    options = {"documentLoader": _refuse, "format": "application/n-quads"}
    return ox.parse(jsonld.to_rdf(json.loads(data), options), ox.RdfFormat.N_QUADS)


def _refuse(url: str, _: object) -> None:
    raise AssertionError(f"{url} was to be fetched")


READERS: Mapping[str, Callable[[bytes], Iterator[ox.Quad]]] = {
    "nquads-zst": read_zstd,
    "jelly": read_jelly,
    "jsonld-compacted": read_jsonld,
}
