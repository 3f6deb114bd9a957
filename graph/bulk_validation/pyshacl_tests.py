"""Questions about single values and pairs of values, put to pySHACL's own constraint components.

What a literal is worth, whether it is well-formed and how two compare is not written a second time
here: each distinct value, or pair, is put to pySHACL once, and the answer kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import rdflib
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.consts import SH_focusNode
from pyshacl.errors import ReportableRuntimeError
from pyshacl.pytypes import SHACLExecutor
from rdflib.term import Node

from graph.bulk_validation.columns import terms_of
from graph.validation import RdflibTerm, rdflib_term

KEPT = 200_000
"""Answers kept before the oldest are forgotten all at once."""

Question = TypeVar("Question", bound=Hashable)
Values = dict[RdflibTerm, set[RdflibTerm]]
Key = Callable[[bytes], bytes]


_terms: dict[bytes, RdflibTerm] = {}
"""The terms made last: rdflib takes its time to tell what a literal is worth."""


def rdflib_terms(texts: Sequence[bytes]) -> list[RdflibTerm]:
    """Terms of rdflib from their texts, in the same order."""
    if len(_terms) > KEPT:
        _terms.clear()
    new = [text for text in dict.fromkeys(texts) if text not in _terms]
    _terms.update(zip(new, map(rdflib_term, terms_of(new)), strict=True))
    return [_terms[text] for text in texts]


class _Answers(Generic[Question]):
    """The answers given so far; ``ask`` says which of some new questions fail."""

    def __init__(self, ask: Callable[[list[Question]], Iterable[bool]]) -> None:
        self._ask = ask
        self._kept: dict[Question, bool] = {}

    def fail(self, questions: list[Question]) -> list[bool]:
        if len(self._kept) > KEPT:
            self._kept.clear()
        new = [each for each in dict.fromkeys(questions) if each not in self._kept]
        if new:
            self._kept.update(zip(new, self._ask(new), strict=True))
        return [self._kept[each] for each in questions]


class ValueTest:
    """Whether single values break a component; values of one ``key`` are alike to it."""

    def __init__(self, component: ConstraintComponent, key: Key) -> None:
        self._component = component
        self._key = key
        self._sample: dict[bytes, bytes] = {}
        self._answers = _Answers(self._ask)

    def fail(self, values: list[bytes]) -> list[bool]:
        """For each value, given by its text, whether it breaks the component."""
        keys = [self._key(value) for value in values]
        self._sample = dict(zip(keys, values, strict=True))
        return self._answers.fail(keys)

    def _ask(self, keys: list[bytes]) -> list[bool]:
        terms = rdflib_terms([self._sample[key] for key in keys])
        broken = _broken(self._component, rdflib.Graph(), {term: {term} for term in terms})
        return [term in broken for term in terms]


class PairTest:
    """Whether pairs of values break a component that compares with another property."""

    def __init__(self, component: ConstraintComponent, other: bytes) -> None:
        self._component = component
        self._other = rdflib.URIRef(other[1:-1].decode())
        self._answers = _Answers(self._ask)

    def fail(self, pairs: list[tuple[bytes, bytes]]) -> list[bool]:
        """For each pair of a value and one of the other property, whether it breaks it."""
        return self._answers.fail(pairs)

    def _ask(self, pairs: list[tuple[bytes, bytes]]) -> list[bool]:
        firsts, seconds = (rdflib_terms(side) for side in zip(*pairs, strict=True))
        focuses: list[RdflibTerm] = [rdflib.URIRef(f"urn:pair:{at}") for at in range(len(pairs))]
        graph = rdflib.Graph()
        for focus, second in zip(focuses, seconds, strict=True):
            graph.add((focus, self._other, second))
        values: Values = {focus: {first} for focus, first in zip(focuses, firsts, strict=True)}
        broken = _broken(self._component, graph, values)
        return [focus in broken for focus in focuses]


def _broken(component: ConstraintComponent, graph: rdflib.Graph, values: Values) -> set[Node]:
    """The focus nodes for which pySHACL has a result, or which it cannot compare.

    What cannot be compared breaks a component too (SHACL, 4.3 and 4.5.3); pySHACL 0.40 breaks off
    on some such values, so that they are put to it one by one.
    """
    try:
        _, results = component.evaluate(SHACLExecutor(), graph, values, [])
    except (TypeError, ArithmeticError, ReportableRuntimeError):
        if len(values) == 1:
            return set(values)
        each = (_broken(component, graph, {node: value}) for node, value in values.items())
        return set[Node]().union(*each)
    return {
        value[1] for _, _, triples in results for _, name, value in triples if name == SH_focusNode
    }


def as_it_is(text: bytes) -> bytes:
    """Every value is its own key."""
    return text


def kind(text: bytes) -> bytes:
    """IRIs, blank nodes and literals are alike among themselves."""
    return text[:1]


def language(text: bytes) -> bytes:
    """Literals with one language tag, or one datatype, are alike; so is all that is no literal."""
    return text[text.rfind(b'"') :] if text[:1] == b'"' else text[:1]


def datatype(text: bytes) -> bytes:
    """Strings are alike, for none is ill-formed; a literal of another datatype is itself."""
    ending = language(text)
    return text if ending[:3] == b'"^^' else ending
