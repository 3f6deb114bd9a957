"""What kind a thing is, in words: its narrowest class, by the ontology that is shipped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from graph.vocabulary import POL, POLEMOS, RDFS

FINDABLE = (
    "Event",
    "Attack",
    "Negotiation",
    "Statement",
    "Actor",
    "Place",
    "Claim",
    "Article",
    "ReportedQuantity",
    "DatasetRecord",
)
"""The classes by which a reader narrows a search, by their local names."""


def kind_of(classes: Iterable[str], language: str) -> str:
    """The label of the narrowest of some classes (IRIs); empty where none is the ontology's."""
    own = [iri for iri in classes if iri.startswith(POLEMOS)]
    return called(max(own, key=lambda iri: (_depth(iri), iri)), language) if own else ""


def called(iri: str, language: str) -> str:
    """The label of a class in a language, else in English, else its local name."""
    labels = _labels().get(iri, {})
    return labels.get(language) or labels.get("en") or iri.removeprefix(POLEMOS)


@cache
def _depth(iri: str) -> int:
    return 1 + max((_depth(above) for above in _above().get(iri, ())), default=0)


@cache
def _above() -> dict[str, tuple[str, ...]]:
    above: dict[str, tuple[str, ...]] = {}
    for quad in POL.quads:
        if quad.predicate == RDFS.subClassOf and isinstance(quad.object, ox.NamedNode):
            iri = str(getattr(quad.subject, "value", ""))
            above[iri] = (*above.get(iri, ()), quad.object.value)
    return above


@cache
def _labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for quad in POL.quads:
        if quad.predicate == RDFS.label and isinstance(quad.object, ox.Literal):
            iri = str(getattr(quad.subject, "value", ""))
            labels.setdefault(iri, {})[quad.object.language or ""] = quad.object.value
    return labels
