"""Shapes over the columns of one chunk: what conforms, what is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyoxigraph as ox

from graph.bulk_validation.columns import Columns, Edges, Ids, Mask, RdfTerm, terms_of
from graph.bulk_validation.constraints import Case, OfProperty
from graph.bulk_validation.shapes import Shape
from graph.finding import Finding
from graph.validation import in_order
from graph.vocabulary import ID, RDF, RDFS

TYPE = str(RDF.type).encode()
SUBCLASS = str(RDFS.subClassOf).encode()


@dataclass(frozen=True, slots=True)
class Result:
    """Focus nodes that break a component of a shape, place by place with the value."""

    shape: Shape
    component: str
    focus: Ids
    values: Ids | None


class Evaluation:
    """The evaluation of shapes over one chunk."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._instances: dict[bytes, Mask] = {}

    def instances(self, kind: bytes) -> Mask:
        """The instances of a class and of the classes below it."""
        if kind not in self._instances:
            classes = self.columns.only(kind)
            below, above = self.columns.of(SUBCLASS)
            known = 0
            while (count := int(classes.sum())) > known:
                known = count
                classes = classes | self.columns.mask(below[classes[above]])
            subjects, types = self.columns.of(TYPE)
            self._instances[kind] = self.columns.mask(subjects[classes[types]])
        return self._instances[kind]

    def results(self, shapes: Iterable[Shape]) -> Iterator[Result]:
        """What the shapes report on their targets that this chunk describes."""
        for shape in shapes:
            focus = np.zeros(len(self.columns), np.bool_)
            for target in shape.targets:
                focus |= target.nodes(self)
            yield from self._reported(shape, focus & self.columns.own)

    def failing(self, shape: Shape, nodes: Mask) -> Mask:
        """The nodes that do not conform to a shape (SHACL, 3.4.3)."""
        failing = np.zeros(len(self.columns), np.bool_)
        if shape.constraints and nodes.any():
            case = self._case(shape, nodes)
            for constraint in shape.constraints:
                for _, focus, _ in constraint.broken(case):
                    failing[focus] = True
        return failing

    def _reported(self, shape: Shape, nodes: Mask) -> Iterator[Result]:
        if not shape.constraints or not nodes.any():
            return
        case = self._case(shape, nodes)
        for constraint in shape.constraints:
            if isinstance(constraint, OfProperty):
                yield from self._reported(constraint.shape, case.values)
                continue
            for component, focus, values in constraint.broken(case):
                if len(focus):
                    yield Result(shape, component, focus, values)

    def _case(self, shape: Shape, nodes: Mask) -> Case:
        return Case(self, nodes, self._pairs(shape, nodes))

    def _pairs(self, shape: Shape, nodes: Mask) -> Edges:
        if shape.path is not None:
            return shape.path.edges(self.columns, nodes)
        each = np.flatnonzero(nodes)
        return each, each

    def findings(self, shapes: Iterable[Shape]) -> tuple[Finding, ...]:
        """The results as findings, as :func:`graph.validation.validate` gives them."""
        found = [finding for result in self.results(shapes) for finding in self._findings(result)]
        return in_order(set(found))

    def _findings(self, result: Result) -> Iterator[Finding]:
        focuses = self._terms(result.focus)
        values = [None] * len(focuses) if result.values is None else self._terms(result.values)
        for at, focus, value in zip(result.focus.tolist(), focuses, values, strict=True):
            finding = Finding(
                result.shape.reported_message,
                "",
                severity=result.shape.severity,
                path=result.shape.plain_path,
                value=None if isinstance(value, ox.BlankNode) else value,
                shape=result.shape.iri,
                component=result.component,
            )
            yield self._about(finding, at, focus)

    def _about(self, finding: Finding, at: int, focus: RdfTerm) -> Finding:
        """The finding with its focus; where that is a text, about who has the text."""
        if isinstance(focus, ox.Literal):
            holder, path = self._holder(at)
            return replace(finding, focus=_iri(holder), path=path, value=focus)
        return replace(finding, focus=_iri(focus))

    def _holder(self, text: int) -> tuple[RdfTerm, ox.NamedNode]:
        """The first, by name, that has a text, and under which property."""
        holders = [
            (subject, ox.NamedNode(predicate[1:-1].decode()))
            for predicate, (subjects, objects) in self.columns.edges.items()
            for subject in self._terms(subjects[objects == text])
        ]
        return min(holders, key=lambda holder: (_name(holder[0]), holder[1].value))

    def _terms(self, ids: Ids) -> list[RdfTerm]:
        return terms_of(self.columns.terms[at] for at in ids.tolist())


def _iri(node: RdfTerm) -> str:
    return f"{ID}.well-known/genid/{node.value}" if isinstance(node, ox.BlankNode) else node.value


def _name(node: RdfTerm) -> str:
    return node.value
