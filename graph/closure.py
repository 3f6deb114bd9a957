"""Superclasses and super-properties written out, so that a plain query finds them.

The RDFS rules 7 and 9 (RDF 1.1 Semantics, 9.2.1) over rdfs:subPropertyOf and rdfs:subClassOf as the
ontology file states them, down to the terms of other vocabularies it names itself. Alignment files
take no part: nothing depends on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from graph.vocabulary import RDF, RDFS

Ancestors = Mapping[ox.NamedNode, frozenset[ox.NamedNode]]


def closed(quads: Iterable[ox.Quad], ontology: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads and what follows from them, each once, what was given first."""
    ontology = tuple(ontology)
    classes = ancestors(ontology, RDFS.subClassOf)
    properties = ancestors(ontology, RDFS.subPropertyOf)
    given = dict.fromkeys(quads)
    followed = (quad for each in given for quad in _follow(each, classes, properties))
    return tuple(given | dict.fromkeys(followed))


def ancestors(ontology: Iterable[ox.Quad], relation: ox.NamedNode) -> Ancestors:
    """All terms above each term by a relation, the term itself left out."""
    parents: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in ontology:
        if (
            quad.predicate == relation
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
        ):
            parents[quad.subject].add(quad.object)
    return {term: frozenset(_above(term, parents) - {term}) for term in tuple(parents)}


def _above(
    term: ox.NamedNode, parents: Mapping[ox.NamedNode, set[ox.NamedNode]]
) -> set[ox.NamedNode]:
    found: set[ox.NamedNode] = set()
    waiting = [term]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _follow(quad: ox.Quad, classes: Ancestors, properties: Ancestors) -> Iterator[ox.Quad]:
    for property in properties.get(quad.predicate, ()):
        yield ox.Quad(quad.subject, property, quad.object, quad.graph_name)
    if quad.predicate == RDF.type and isinstance(quad.object, ox.NamedNode):
        for kind in classes.get(quad.object, ()):
            yield ox.Quad(quad.subject, RDF.type, kind, quad.graph_name)
