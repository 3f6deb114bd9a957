"""The shapes, read from their graph; what is not known here is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.errors import ReportableRuntimeError
from pyshacl.shape import Shape as PyshaclShape
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import SH
from rdflib.term import Node

from graph.bulk_validation import pyshacl_tests
from graph.bulk_validation.constraints import (
    Conforms,
    Constraint,
    Count,
    Disjoint,
    EachValue,
    Equal,
    HasValue,
    InstanceOf,
    Less,
    OfProperty,
    OneOf,
    UniqueLanguage,
)
from graph.bulk_validation.paths import Path, Predicate, read_path
from graph.bulk_validation.pyshacl_tests import PairTest, ValueTest
from graph.bulk_validation.targets import (
    ClassTarget,
    EndTarget,
    Target,
    pattern_target,
    term_text,
)
from graph.errors import InvalidInput
from graph.finding import Severity
from graph.validation import english_message, named_shape, to_rdflib

BESIDES: frozenset[Node] = frozenset(
    SH[name]
    for name in (
        *("path", "deactivated", "severity", "message"),
        *("targetClass", "targetObjectsOf", "targetSubjectsOf", "target"),
        *("name", "description", "order", "group", "defaultValue"),
        *("flags", "qualifiedMinCount", "qualifiedMaxCount", "prefixes", "declare"),
    )
)
"""What a shape says besides its constraints, and parameters read with another's."""
MANY = 1 << 30


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape or, with a path, a property shape; ``iri`` is None for one inside no other."""

    iri: str | None
    path: Path | None
    severity: Severity
    message: str | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]

    @property
    def plain_path(self) -> ox.NamedNode | None:
        """The path where it is one property, as findings have it."""
        if isinstance(self.path, Predicate) and not self.path.inverse:
            return ox.NamedNode(self.path.text[1:-1].decode())
        return None

    @property
    def reported_message(self) -> str:
        """The message of what the shape reports; raises InvalidInput where it has none."""
        if self.message is None:
            raise InvalidInput(
                f"The shape {self.iri} has no sh:message. Say in one what to do about a finding."
            )
        return self.message


class _Reader:
    """Reads the shapes of a graph, each once."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        self.shacl = ShapesGraph(graph)
        self.read: dict[Node, Shape] = {}
        self.reading: list[Node] = []

    def shapes(self) -> tuple[Shape, ...]:
        if self.shacl.custom_constraints:
            raise InvalidInput(
                "The shapes declare constraint components of their own, which validation in bulk"
                " does not know. Write them with the components of SHACL Core."
            )
        return tuple(self.shape(each.node) for each in self.shacl.shapes)

    def shape(self, node: Node) -> Shape:
        if node not in self.read:
            if node in self.reading:
                raise InvalidInput(f"The shape {self.name(node)} rests on itself. Take it apart.")
            self.reading.append(node)
            self.read[node] = self._shape(self.shacl.lookup_shape_from_node(node))
            self.reading.pop()
        return self.read[node]

    def name(self, node: Node) -> str:
        return named_shape(node, self.graph) or str(node)

    def _shape(self, shape: PyshaclShape) -> Shape:
        name = self.name(shape.node)
        path = shape.path()
        return Shape(
            named_shape(shape.node, self.graph),
            read_path(self.graph, path, name) if path is not None else None,
            _severity(shape, name),
            english_message(shape.message) if any(True for _ in shape.message) else None,
            () if shape.deactivated else tuple(self._targets(shape, name)),
            () if shape.deactivated else tuple(self._constraints(shape, name)),
        )

    def _targets(self, shape: PyshaclShape, name: str) -> Iterator[Target]:
        for kind in (*shape.target_classes(), *shape.implicit_class_targets()):
            yield ClassTarget(term_text(kind))
        for predicate in shape.target_objects_of():
            yield EndTarget(term_text(predicate), objects=True)
        for predicate in shape.target_subjects_of():
            yield EndTarget(term_text(predicate), objects=False)
        if any(True for _ in shape.objects(SH.target)):
            for target in shape.advanced_target().values():
                query = target.get("qh")
                if query is None:
                    raise _unknown(name, SH.target)
                yield pattern_target(query.apply_prefixes(query.select_text), name)

    def _constraints(self, shape: PyshaclShape, name: str) -> Iterator[Constraint]:
        said = dict.fromkeys(map(str, self.graph.predicates(shape.node)))
        for parameter in map(rdflib.URIRef, sorted(said)):
            if parameter in BESIDES or not parameter.startswith(str(SH)):
                continue
            if parameter not in COMPONENTS:
                raise _unknown(name, parameter)
            try:
                component = CONSTRAINT_PARAMETERS_MAP[parameter](shape)
            except ReportableRuntimeError as error:
                reason = " ".join(str(error).split())
                raise InvalidInput(f"The shape {name} is wrong. {reason} Mend it.") from error
            yield from COMPONENTS[parameter](self, component)


def _severity(shape: PyshaclShape, name: str) -> Severity:
    try:
        return Severity(str(shape.severity).removeprefix(str(SH)))
    except ValueError:
        known = ", ".join(f"sh:{each.value}" for each in Severity)
        raise InvalidInput(
            f"The shape {name} has the severity {shape.severity}. Use one of {known}."
        ) from None


def _unknown(shape: str, parameter: Node) -> InvalidInput:
    local = str(parameter).removeprefix(str(SH))
    return InvalidInput(
        f"The shape {shape} uses sh:{local}, which validation in bulk does not know. Say it with a"
        " component that it knows (graph/bulk_validation/shapes.py), or teach it this one."
    )


Make = Callable[[_Reader, ConstraintComponent], Iterable[Constraint]]


def _iri(component: ConstraintComponent) -> str:
    return str(component.shacl_constraint_component)


def _parameters(component: ConstraintComponent, name: str) -> list[Node]:
    return list(component.shape.objects(SH[name]))


def _number(component: ConstraintComponent, name: str) -> int | None:
    found = _parameters(component, name)
    return int(str(found[0])) if found else None


def _min_count(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    yield Count(_iri(component), least=_number(component, "minCount") or 0)


def _max_count(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    yield Count(_iri(component), most=_number(component, "maxCount"))


def _qualified(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    least = _number(component, "qualifiedMinCount")
    most = _number(component, "qualifiedMaxCount")
    for node in _parameters(component, "qualifiedValueShape"):
        shape = reader.shape(node)
        if least is not None:
            yield Count(str(SH.QualifiedMinCountConstraintComponent), least, None, shape)
        if most is not None:
            yield Count(str(SH.QualifiedMaxCountConstraintComponent), 0, most, shape)


def _class(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for kind in _parameters(component, "class"):
        yield InstanceOf(_iri(component), term_text(kind))


def _in(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for members in _parameters(component, "in"):
        terms = frozenset(map(term_text, reader.graph.items(members)))
        yield OneOf(_iri(component), terms)


def _has_value(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for value in _parameters(component, "hasValue"):
        yield HasValue(_iri(component), term_text(value))


def _equals(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for other in _parameters(component, "equals"):
        yield Equal(_iri(component), term_text(other))


def _disjoint(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for other in _parameters(component, "disjoint"):
        yield Disjoint(_iri(component), term_text(other))


def _unique_language(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    if any(str(each) in {"true", "1"} for each in _parameters(component, "uniqueLang")):
        yield UniqueLanguage(_iri(component))


def _property(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for node in _parameters(component, "property"):
        yield OfProperty(reader.shape(node))


def _node(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for node in _parameters(component, "node"):
        yield Conforms(_iri(component), (reader.shape(node),), 1, 1)


def _not(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
    for node in _parameters(component, "not"):
        yield Conforms(_iri(component), (reader.shape(node),), 0, 0)


def _of_list(name: str, least: Callable[[int], int], most: int) -> Make:
    """sh:and, sh:or and sh:xone: how many of the shapes in a list a value conforms to."""

    def make(reader: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
        for members in _parameters(component, name):
            shapes = tuple(map(reader.shape, dict.fromkeys(reader.graph.items(members))))
            yield Conforms(_iri(component), shapes, least(len(shapes)), most)

    return make


def _value(key: pyshacl_tests.Key) -> Make:
    """A component that pySHACL decides by the value alone."""

    def make(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
        yield EachValue(_iri(component), ValueTest(component, key))

    return make


def _pair(name: str) -> Make:
    """A component that pySHACL decides by pairs of values."""

    def make(_: _Reader, component: ConstraintComponent) -> Iterator[Constraint]:
        for other in _parameters(component, name):
            text = term_text(other)
            yield Less(_iri(component), text, PairTest(component, text))

    return make


COMPONENTS: dict[Node, Make] = {
    SH[parameter]: make
    for parameter, make in {
        "minCount": _min_count,
        "maxCount": _max_count,
        "qualifiedValueShape": _qualified,
        "class": _class,
        "in": _in,
        "hasValue": _has_value,
        "equals": _equals,
        "disjoint": _disjoint,
        "uniqueLang": _unique_language,
        "property": _property,
        "node": _node,
        "not": _not,
        "and": _of_list("and", lambda count: count, MANY),
        "or": _of_list("or", lambda _: 1, MANY),
        "xone": _of_list("xone", lambda _: 1, 1),
        "datatype": _value(pyshacl_tests.datatype),
        "nodeKind": _value(pyshacl_tests.kind),
        "languageIn": _value(pyshacl_tests.language),
        "minLength": _value(pyshacl_tests.as_it_is),
        "maxLength": _value(pyshacl_tests.as_it_is),
        "pattern": _value(pyshacl_tests.as_it_is),
        "minInclusive": _value(pyshacl_tests.as_it_is),
        "minExclusive": _value(pyshacl_tests.as_it_is),
        "maxInclusive": _value(pyshacl_tests.as_it_is),
        "maxExclusive": _value(pyshacl_tests.as_it_is),
        "lessThan": _pair("lessThan"),
        "lessThanOrEquals": _pair("lessThanOrEquals"),
    }.items()
}
"""Each parameter that is known, and the constraints that it makes."""


def read_shapes(quads: Iterable[ox.Quad]) -> tuple[Shape, ...]:
    """All shapes of a graph of shapes.

    Raises InvalidInput, with the names of the shape and of the parameter, for what is wrong or is
    not known here.
    """
    reader = _Reader(to_rdflib(quads))
    rule = next(iter(reader.graph.subject_objects(SH.rule)), None)
    if rule is not None:
        raise _unknown(reader.name(rule[0]), SH.rule)
    return reader.shapes()
