"""All examples of the ontology, valid and invalid, as one graph."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from tests.ontology.examples import Example, codes, examples


def together() -> tuple[ox.Quad, ...]:
    """The examples as they are: what several of them name is one node."""
    return tuple(dict.fromkeys(quad for example in examples() for quad in example.quads))


def apart() -> tuple[ox.Quad, ...]:
    """Each example with nodes of its own, so that it has the findings that it has alone."""
    own = (quad for at, example in enumerate(examples()) for quad in _apart(example, at))
    return tuple(dict.fromkeys((*codes(), *own)))


def _apart(example: Example, at: int) -> Iterator[ox.Quad]:
    shared = {quad.subject for quad in codes()}
    own = {quad.subject for quad in example.quads} - shared

    def renamed(term: object) -> object:
        if term not in own:
            return term
        if isinstance(term, ox.BlankNode):
            return ox.BlankNode(f"{term.value}x{at}")
        assert isinstance(term, ox.NamedNode)
        return ox.NamedNode(f"{term.value}-{at}")

    for quad in example.quads:
        if quad.subject not in shared:
            subject, value = renamed(quad.subject), renamed(quad.object)
            assert isinstance(subject, ox.NamedNode | ox.BlankNode)
            assert isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal)
            yield ox.Quad(subject, quad.predicate, value)
