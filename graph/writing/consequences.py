"""The closure kept up with each write: what follows from added facts, and no longer from removed.

The build writes out superclasses and super-properties in the default graph (graph.closure); a write
leaves the graph as closed as it found it. The store does not tell a fact that follows from one that
somebody stated as well, so what a removed fact implied goes with it, unless another fact still
implies it or the same write states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.closure import Ancestors, ancestors
from graph.engine.changes import Changes
from graph.engine.store import Reading
from graph.vocabulary import POLEMOS, RDF, RDFS

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Rules:
    """Above each class and property of the ontology stand these."""

    classes: Ancestors
    properties: Ancestors

    def consequences(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        """What follows from a quad of the default graph, by itself."""
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        for above in self.properties.get(predicate, ()):
            yield ox.Quad(subject, above, value, _DEFAULT)
        if predicate == RDF.type and isinstance(value, ox.NamedNode):
            for kind in self.classes.get(value, ()):
                yield ox.Quad(subject, RDF.type, kind, _DEFAULT)

    def supported(self, quad: ox.Quad, store: Reading) -> bool:
        """Whether a quad follows from another that is there."""
        about = store.quads(quad.subject, graph=_DEFAULT)
        return any(quad in self.consequences(other) for other in about if other != quad)


def read_rules(store: Reading) -> Rules:
    """The rules of the ontology that the store itself holds; none where it holds none."""

    def above(relation: ox.NamedNode) -> Ancestors:
        found = ancestors(store.quads(None, relation, None, _DEFAULT), relation)
        return {term: those for term, those in found.items() if term.value.startswith(POLEMOS)}

    return Rules(above(RDFS.subClassOf), above(RDFS.subPropertyOf))


def follow(changes: Changes, rules: Rules) -> None:
    """Make the draft closed again after some changes."""
    if not (rules.classes or rules.properties):
        return
    added = set(_in_default(changes.added))
    removed = tuple(_in_default(changes.removed))
    for quad in removed:
        for implied in rules.consequences(quad):
            if implied not in added and not rules.supported(implied, changes.draft):
                changes.delete((implied,))
    changes.insert(implied for quad in added for implied in rules.consequences(quad))
    changes.insert(quad for quad in removed if rules.supported(quad, changes.draft))


def _in_default(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    return (quad for quad in quads if quad.graph_name == _DEFAULT)
