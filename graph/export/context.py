"""The project's own JSON-LD context (JSON-LD 1.1, section 3.1), from the ontology and its shapes.

A term of the ontology is its local name: ``Attack``, ``place``, ``killed``. ``label`` and the like
are objects by language; what else belongs to other vocabularies has its prefix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from graph.files import Sources
from graph.turtle import read_rdf
from graph.vocabulary import OWL, POL, PREFIXES, RDF, RDFS, SH, SKOS, XSD, short

NAMESPACES: Mapping[str, str] = {
    {"time": "owl-time", "geo": "geosparql"}.get(prefix, prefix): base
    for prefix, base in PREFIXES.items()
}
"""The prefixes; ``time`` is a property of ours, and ``geo:`` begins addresses (RFC 5870)."""
BY_LANGUAGE: Mapping[str, str] = {
    RDFS.label.value: "label",
    SKOS.prefLabel.value: "prefLabel",
    SKOS.altLabel.value: "altLabel",
    SKOS.definition.value: "definition",
}
"""The names of properties whose texts stand under their language."""
_NATIVE = (XSD.integer, XSD.boolean, XSD.string)
"""JSON has these of its own, so a term needs no datatype for them."""


@cache
def context() -> Mapping[str, Any]:
    """What ``@context`` holds; the document at ``/ontology/context.jsonld`` is made of it."""
    terms: dict[str, Any] = dict(NAMESPACES)
    for iri, name in BY_LANGUAGE.items():
        terms[name] = {"@id": short(iri), "@container": "@language"}
    datatypes = _datatypes()
    objects = {
        quad.subject
        for quad in POL.quads
        if quad.predicate == RDF.type and quad.object == OWL.ObjectProperty
    }
    for name in sorted(POL.names):
        term = POL[name]
        iri = f"pol:{name}"
        if term in objects:
            terms[name] = {"@id": iri, "@type": "@id"}
        elif datatype := datatypes.get(term):
            terms[name] = {"@id": iri, "@type": short(datatype.value)}
        else:
            terms[name] = iri
    return terms


def _datatypes() -> Mapping[ox.NamedNode, ox.NamedNode]:
    """The one datatype that the shapes ask of a property, where JSON has no such type."""
    paths: dict[object, ox.NamedNode] = {}
    asked: dict[object, set[object]] = defaultdict(set)
    for file in Sources().shapes:
        for quad in read_rdf(file).quads:
            if quad.predicate == SH.path and isinstance(quad.object, ox.NamedNode):
                paths[quad.subject] = quad.object
            elif quad.predicate == SH.datatype:
                asked[quad.subject].add(quad.object)
    found: dict[ox.NamedNode, set[object]] = defaultdict(set)
    for shape, datatypes in asked.items():
        if shape in paths:
            found[paths[shape]] |= datatypes
    return {
        path: datatype
        for path, datatypes in found.items()
        if len(datatypes) == 1
        and isinstance(datatype := next(iter(datatypes)), ox.NamedNode)
        and datatype not in (*_NATIVE, RDF.langString)
    }
