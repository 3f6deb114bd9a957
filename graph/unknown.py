"""Names that nothing describes: a slip of the pen in an IRI, found before it becomes a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

import pyoxigraph as ox

from graph.finding import Finding
from graph.vocabulary import ID, RDF, Vocabulary, hint, short


def unknown_entities(quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """A violation for each mention of an entity that nothing gives a class.

    Entities are the IRIs under ``https://w3id.org/polemos/id/``; codes are among them.
    """
    quads = tuple(quads)
    described = {quad.subject for quad in quads if quad.predicate == RDF.type}
    names = {short(each.value) for each in described if _is_entity(each)}

    def is_unknown(term: object) -> TypeGuard[ox.NamedNode]:
        return _is_entity(term) and term not in described

    subjects = dict.fromkeys(quad.subject for quad in quads)
    for subject in subjects:
        if is_unknown(subject):
            name = short(subject.value)
            message = "nothing says what it is. Give it a class, or mend the name."
            yield Finding(message + hint(name, names), subject.value)
    for quad in quads:
        if is_unknown(quad.object) and isinstance(quad.subject, ox.NamedNode):
            name = short(quad.object.value)
            message = f"{short(quad.predicate.value)} names {name}, which nothing describes."
            yield _finding(quad, f"{message} Describe it, or mend the name.{hint(name, names)}")


def unknown_terms(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> Iterator[Finding]:
    """A violation for each class or property under ``pol:`` that the ontology does not define."""
    for quad in quads:
        predicate, kind = quad.predicate, quad.object
        if predicate in vocabulary:
            yield from _undefined(quad, predicate, "property", vocabulary.properties)
        if predicate == RDF.type and isinstance(kind, ox.NamedNode) and kind in vocabulary:
            yield from _undefined(quad, kind, "class", vocabulary.classes)


def _undefined(
    quad: ox.Quad, term: ox.NamedNode, sort: str, known: frozenset[str]
) -> Iterator[Finding]:
    name = short(term.value)
    if name.removeprefix("pol:") not in known:
        close = hint(name, (f"pol:{each}" for each in known))
        yield _finding(quad, f"there is no {sort} {name} in the ontology. Mend the name.{close}")


def _finding(quad: ox.Quad, message: str) -> Finding:
    focus = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
    value = quad.object if isinstance(quad.object, ox.NamedNode | ox.Literal) else None
    return Finding(message, focus, path=quad.predicate, value=value)


def _is_entity(term: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode) and term.value.startswith(ID)
