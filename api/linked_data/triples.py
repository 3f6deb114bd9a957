"""Terms and triples as read from an answer, for pages to look things up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term; ``kind`` as in SPARQL 1.1 Query Results JSON Format, section 3.2.2."""

    kind: Literal["uri", "literal", "bnode"]
    value: str
    language: str | None = None
    datatype: str | None = None


Triple = tuple[Term, Term, Term]


def read_term(term: dict[str, Any]) -> Term:
    """Read a term of the JSON results."""
    return Term(term["type"], term["value"], term.get("xml:lang"), term.get("datatype"))


class Triples:
    """A set of triples, found by subject and predicate, in the order they came."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._found: dict[str, dict[str, dict[Term, None]]] = {}
        self._inverse: dict[str, dict[str, dict[str, None]]] = {}
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples; one that is there already is not doubled."""
        for subject, predicate, value in triples:
            self._add(subject.value, predicate.value, value)

    def _add(self, subject: str, predicate: str, value: Term) -> None:
        self._found.setdefault(subject, {}).setdefault(predicate, {})[value] = None
        if value.kind != "literal":
            self._inverse.setdefault(value.value, {}).setdefault(predicate, {})[subject] = None

    def merge(self, others: Iterable[Triples]) -> Triples:
        """Add all of other sets; returns this one."""
        for other in others:
            for subject, predicates in other._found.items():
                for predicate, values in predicates.items():
                    for value in values:
                        self._add(subject, predicate, value)
        return self

    def __contains__(self, subject: str) -> bool:
        return subject in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def about(self, subject: str) -> dict[str, list[Term]]:
        """What is said of a subject, by predicate."""
        return {key: list(values) for key, values in self._found.get(subject, {}).items()}

    def all(self, subject: str, *predicates: str) -> list[Term]:
        """The values of the predicates, those of the first one first."""
        found = self._found.get(subject, {})
        return [value for predicate in predicates for value in found.get(predicate, ())]

    def one(self, subject: str, *predicates: str) -> Term | None:
        """The first value there is."""
        return next(iter(self.all(subject, *predicates)), None)

    def text(self, subject: str, *predicates: str) -> str:
        """The first value there is, as a text; empty where there is none."""
        value = self.one(subject, *predicates)
        return value.value if value else ""

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Whoever has a node as a value."""
        return list(self._inverse.get(value, {}).get(predicate, ()))

    def owners(self, node: str, beginning: str) -> list[str]:
        """Whoever has a node as the value of a property whose IRI begins so."""
        return [
            subject
            for predicate, subjects in self._inverse.get(node, {}).items()
            if predicate.startswith(beginning)
            for subject in subjects
        ]
