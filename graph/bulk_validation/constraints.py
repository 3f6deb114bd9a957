"""Constraint components (SHACL, section 4) over sets of focus nodes and columns.

Each component says which focus nodes, with which values, break it. What only compares numbers of
terms is done here; what looks into a value goes through :mod:`graph.bulk_validation.pyshacl_tests`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from graph.bulk_validation.columns import Columns, Edges, Ids, Mask, distinct
from graph.bulk_validation.paths import matches
from graph.bulk_validation.pyshacl_tests import PairTest, ValueTest

if TYPE_CHECKING:
    from graph.bulk_validation.evaluation import Evaluation
    from graph.bulk_validation.shapes import Shape

Broken = tuple[str, Ids, Ids | None]
"""The component, the focus nodes that break it and, place by place, the values; None for none."""


@dataclass(frozen=True, slots=True)
class Case:
    """Focus nodes of a shape with their value nodes, in one chunk."""

    evaluation: Evaluation
    focus: Mask
    pairs: Edges

    @property
    def columns(self) -> Columns:
        """The columns of the chunk."""
        return self.evaluation.columns

    @property
    def values(self) -> Mask:
        """All value nodes."""
        return self.columns.mask(self.pairs[1])

    def where(self, component: str, bad: Mask) -> Iterator[Broken]:
        """The pairs whose value is marked."""
        chosen = bad[self.pairs[1]]
        yield component, self.pairs[0][chosen], self.pairs[1][chosen]

    def counts(self, counted: Mask | None = None) -> Ids:
        """How many value nodes each focus node has, of those marked."""
        focus = self.pairs[0] if counted is None else self.pairs[0][counted[self.pairs[1]]]
        return np.bincount(focus, minlength=len(self.columns))

    def others(self, predicate: bytes) -> Edges:
        """The focus nodes with their values of another property."""
        subjects, objects = self.columns.of(predicate)
        chosen = self.focus[subjects]
        return subjects[chosen], objects[chosen]

    def keys(self, pairs: Edges) -> Ids:
        """One number a pair."""
        return pairs[0] * len(self.columns) + pairs[1]


class Constraint(Protocol):
    """A component with its parameters."""

    def broken(self, case: Case) -> Iterator[Broken]:
        """What of the case breaks it."""
        ...


def looks_further(constraint: Constraint) -> bool:
    """Whether it looks at what is said of the value nodes, not at the values alone."""
    if isinstance(constraint, Count):
        return constraint.shape is not None
    return isinstance(constraint, InstanceOf | Conforms | OfProperty)


@dataclass(frozen=True, slots=True)
class Count:
    """sh:minCount and sh:maxCount; with a shape, sh:qualifiedMinCount and sh:qualifiedMaxCount."""

    component: str
    least: int = 0
    most: int | None = None
    shape: Shape | None = None

    def broken(self, case: Case) -> Iterator[Broken]:
        counted = None
        if self.shape is not None:
            values = case.values
            counted = values & ~case.evaluation.failing(self.shape, values)
        counts = case.counts(counted)
        bad = case.focus & (
            (counts < self.least) | (counts > self.most if self.most is not None else False)
        )
        yield self.component, np.flatnonzero(bad), None


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """sh:class, over rdf:type and rdfs:subClassOf in the data."""

    component: str
    kind: bytes

    def broken(self, case: Case) -> Iterator[Broken]:
        yield from case.where(self.component, ~case.evaluation.instances(self.kind))


@dataclass(frozen=True, slots=True)
class OneOf:
    """sh:in."""

    component: str
    terms: frozenset[bytes]

    def broken(self, case: Case) -> Iterator[Broken]:
        bad = np.ones(len(case.columns), np.bool_)
        for term in self.terms:
            bad &= ~case.columns.only(term)
        yield from case.where(self.component, bad)


@dataclass(frozen=True, slots=True)
class HasValue:
    """sh:hasValue."""

    component: str
    term: bytes

    def broken(self, case: Case) -> Iterator[Broken]:
        counts = case.counts(case.columns.only(self.term))
        yield self.component, np.flatnonzero(case.focus & (counts == 0)), None


@dataclass(frozen=True, slots=True)
class EachValue:
    """A component that looks at each value node alone, such as sh:datatype or sh:pattern."""

    component: str
    test: ValueTest

    def broken(self, case: Case) -> Iterator[Broken]:
        values = np.flatnonzero(case.values)
        if len(values):
            failed = self.test.fail([case.columns.terms[at] for at in values.tolist()])
            bad = case.columns.mask(values[np.array(failed, np.bool_)])
            yield from case.where(self.component, bad)


@dataclass(frozen=True, slots=True)
class Equal:
    """sh:equals."""

    component: str
    other: bytes

    def broken(self, case: Case) -> Iterator[Broken]:
        for pairs, compared in _both_ways(case.pairs, case.others(self.other)):
            lone = ~np.isin(case.keys(pairs), case.keys(compared))
            yield self.component, pairs[0][lone], pairs[1][lone]


def _both_ways(first: Edges, second: Edges) -> tuple[tuple[Edges, Edges], tuple[Edges, Edges]]:
    return (first, second), (second, first)


@dataclass(frozen=True, slots=True)
class Disjoint:
    """sh:disjoint."""

    component: str
    other: bytes

    def broken(self, case: Case) -> Iterator[Broken]:
        common = np.isin(case.keys(case.pairs), case.keys(case.others(self.other)))
        yield self.component, case.pairs[0][common], case.pairs[1][common]


@dataclass(frozen=True, slots=True)
class Less:
    """sh:lessThan and sh:lessThanOrEquals."""

    component: str
    other: bytes
    test: PairTest

    def broken(self, case: Case) -> Iterator[Broken]:
        others = case.others(self.other)
        left, right = matches(case.pairs[0], others[0])
        if not len(left):
            return
        size, terms = len(case.columns), case.columns.terms
        compared = case.pairs[1][left] * size + others[1][right]
        each, where = np.unique(compared, return_inverse=True)
        texts = [(terms[key // size], terms[key % size]) for key in each.tolist()]
        bad = np.array(self.test.fail(texts), np.bool_)[where]
        focus, values = distinct((case.pairs[0][left[bad]], case.pairs[1][left[bad]]), size)
        yield self.component, focus, values


@dataclass(frozen=True, slots=True)
class UniqueLanguage:
    """sh:uniqueLang true."""

    component: str

    def broken(self, case: Case) -> Iterator[Broken]:
        seen: set[tuple[int, bytes]] = set()
        twice: set[int] = set()
        for focus, value in zip(case.pairs[0].tolist(), case.pairs[1].tolist(), strict=True):
            text = case.columns.terms[value]
            at = text.rfind(b'"@') if text[:1] == b'"' else -1
            if at > 0 and at == text.rfind(b'"'):
                tagged = focus, text[at:].lower()
                if tagged in seen:
                    twice.add(focus)
                seen.add(tagged)
        yield self.component, np.array(sorted(twice), np.int64), None


@dataclass(frozen=True, slots=True)
class Conforms:
    """sh:node, sh:not, sh:and, sh:or, sh:xone: a value conforms to so many of the shapes."""

    component: str
    shapes: tuple[Shape, ...]
    least: int
    most: int

    def broken(self, case: Case) -> Iterator[Broken]:
        values = case.values
        conforming = np.zeros(len(case.columns), np.int64)
        for shape in self.shapes:
            conforming += values & ~case.evaluation.failing(shape, values)
        bad = values & ((conforming < self.least) | (conforming > self.most))
        yield from case.where(self.component, bad)


@dataclass(frozen=True, slots=True)
class OfProperty:
    """sh:property: the value nodes are focus nodes of another shape, which reports itself."""

    shape: Shape

    def broken(self, case: Case) -> Iterator[Broken]:
        values = case.values
        yield from case.where("", case.evaluation.failing(self.shape, values))
