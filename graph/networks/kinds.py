"""Which of the classes that a thing is of says most about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from graph.networks.answers import Questions, Row, Values
from graph.vocabulary import POL, RDFS


def kinds(questions: Questions, bound: Values) -> Iterator[tuple[str, str]]:
    """Each entity that may be a node with its narrowest class, in the order of IRIs."""
    for iri, rows in groupby(questions.ask("kinds", bound=bound), key=lambda row: row["node"]):
        yield iri, narrowest(rows)


def narrowest(rows: Iterable[Row]) -> str:
    """The class that is above none of the others; the first one where there are several."""
    known = sorted({row["kind"] for row in rows})
    wider = {above for kind in known for above in _above().get(kind, ())}
    return next((kind for kind in known if kind not in wider), known[0])


@cache
def _above() -> Mapping[str, frozenset[str]]:
    """All classes of the ontology above each of them."""
    direct: dict[str, set[str]] = defaultdict(set)
    for quad in POL.quads:
        match quad:
            case ox.Quad(subject=ox.NamedNode() as below, object=ox.NamedNode() as above):
                if quad.predicate == RDFS.subClassOf:
                    direct[below.value].add(above.value)

    def all_above(kind: str) -> frozenset[str]:
        return frozenset(direct[kind]).union(*(all_above(wider) for wider in direct[kind]))

    return {kind: all_above(kind) for kind in list(direct)}
