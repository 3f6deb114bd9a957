"""Which nodes a shape is about (SHACL, 2.1.3; SHACL Advanced Features, 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from graph.bulk_validation.columns import Columns, Ids, Mask
from graph.bulk_validation.paths import Predicate, matches
from graph.errors import InvalidInput
from graph.validation import from_rdflib
from graph.vocabulary import RDF

if TYPE_CHECKING:
    from graph.bulk_validation.evaluation import Evaluation

Relation = dict[str, Ids]
"""Solutions of a pattern: as many terms for each variable."""

TYPE = Predicate(str(RDF.type).encode())


class Target(Protocol):
    """A set of focus nodes."""

    def nodes(self, evaluation: Evaluation) -> Mask:
        """The focus nodes in a chunk and its context."""
        ...

    @property
    def predicates(self) -> frozenset[Predicate]:
        """The properties by which one node leads to another in finding the targets."""
        ...


@dataclass(frozen=True, slots=True)
class ClassTarget:
    """sh:targetClass, and a shape that is a class itself."""

    kind: bytes
    predicates: frozenset[Predicate] = frozenset({TYPE})

    def nodes(self, evaluation: Evaluation) -> Mask:
        return evaluation.instances(self.kind)


@dataclass(frozen=True, slots=True)
class EndTarget:
    """sh:targetSubjectsOf and, where ``objects``, sh:targetObjectsOf."""

    predicate: bytes
    objects: bool

    def nodes(self, evaluation: Evaluation) -> Mask:
        return evaluation.columns.mask(evaluation.columns.of(self.predicate)[self.objects])

    @property
    def predicates(self) -> frozenset[Predicate]:
        return frozenset({Predicate(self.predicate, inverse=self.objects)})


@dataclass(frozen=True, slots=True)
class PatternTarget:
    """sh:target with a SPARQL SELECT of one basic graph pattern."""

    patterns: tuple[Pattern, ...]

    def nodes(self, evaluation: Evaluation) -> Mask:
        columns = evaluation.columns
        found, *rest = (pattern.solutions(columns) for pattern in self.patterns)
        for solutions in rest:
            found = _joined(found, solutions, len(columns))
        return columns.mask(found["this"])

    @property
    def predicates(self) -> frozenset[Predicate]:
        return frozenset(
            Predicate(pattern.predicate, inverse=pattern.value == "this")
            for pattern in self.patterns
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern: the ends are variables (without a mark) or the texts of terms."""

    subject: str | bytes
    predicate: bytes
    value: str | bytes

    def solutions(self, columns: Columns) -> Relation:
        ends = columns.of(self.predicate)
        chosen = np.ones(len(ends[0]), np.bool_)
        for end, ids in zip((self.subject, self.value), ends, strict=True):
            if isinstance(end, bytes):
                chosen &= columns.only(end)[ids]
        return {
            end: ids[chosen]
            for end, ids in zip((self.subject, self.value), ends, strict=True)
            if isinstance(end, str)
        }

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(end for end in (self.subject, self.value) if isinstance(end, str))


def _joined(left: Relation, right: Relation, size: int) -> Relation:
    shared = sorted(left.keys() & right.keys())
    keys = [sum(side[name] * size**at for at, name in enumerate(shared)) for side in (left, right)]
    first, second = matches(np.asarray(keys[0]), np.asarray(keys[1]))
    return {name: ids[second] for name, ids in right.items()} | {
        name: ids[first] for name, ids in left.items()
    }


def pattern_target(text: str, shape: str) -> PatternTarget:
    """The target that a SELECT describes.

    Raises InvalidInput with the shape's name where it is more than one basic graph pattern that
    hangs together and has constant predicates.
    """
    select = prepareQuery(text).algebra
    body = select.p
    while isinstance(body, CompValue) and body.name in {"Project", "Distinct"}:
        body = body.p
    if (
        not isinstance(body, CompValue)
        or body.name != "BGP"
        or [rdflib.Variable("this")] != select.PV
    ):
        raise _too_rich(shape)
    patterns = _connected([_pattern(triple, shape) for triple in body.triples])
    if patterns is None or not any("this" in each.variables for each in patterns):
        raise _too_rich(shape)
    return PatternTarget(patterns)


def _pattern(triple: tuple[Node, Node, Node], shape: str) -> Pattern:
    subject, predicate, value = map(_end, triple)
    if isinstance(predicate, str) or (isinstance(subject, str) and subject == value):
        raise _too_rich(shape)
    return Pattern(subject, predicate, value)


def _end(term: Node) -> str | bytes:
    if isinstance(term, rdflib.Variable | rdflib.BNode):
        return str(term)
    return term_text(term)


def term_text(term: Node) -> bytes:
    """The text of a term of the shapes, in the spelling of chunks."""
    return str(from_rdflib(term)).encode()


def _connected(patterns: Iterable[Pattern]) -> tuple[Pattern, ...] | None:
    """The patterns in an order in which each shares a variable with those before it."""
    waiting = list(patterns)
    ordered = [waiting.pop(0)] if waiting else []
    while waiting:
        seen = frozenset[str]().union(*(each.variables for each in ordered))
        following = next((each for each in waiting if each.variables & seen), None)
        if following is None:
            return None
        waiting.remove(following)
        ordered.append(following)
    return tuple(ordered) or None


def _too_rich(shape: str) -> InvalidInput:
    return InvalidInput(
        f"The SPARQL target of the shape {shape} is more than validation in bulk knows. Write it as"
        " SELECT ?this WHERE { … } with triple patterns that hang together, and nothing else."
    )
