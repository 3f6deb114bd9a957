"""What the schema says, as JSON: its parts, and how they are made of the graph and the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from pydantic import BaseModel

from api.linked_data.asking import Row
from api.linked_data.triples import Triples
from graph.parameters import KINDS
from graph.vocabulary import ID, OWL, PREFIXES, RDF, RDFS, SKOS

_CLASSES = (OWL.Class.value, RDFS.Class.value)
_VOID = "http://rdfs.org/ns/void#"


class SchemaClass(BaseModel):
    """A class that the graph describes or has instances of."""

    iri: str
    label: dict[str, str]
    """By language; empty where the graph does not name it."""
    definition: dict[str, str]
    above: list[str]
    """The classes that it is a subclass of."""
    entities: int | None
    """How many instances it has; None where that is not counted."""
    properties: dict[str, int]
    """The properties of its instances, and how many statements there are with each."""


class SchemaProperty(BaseModel):
    """A property that the graph describes or uses."""

    iri: str
    label: dict[str, str]
    definition: dict[str, str]
    above: list[str]
    domain: list[str]
    """The classes that the ontology or a shape gives it to."""
    range: list[str]
    """The classes or datatypes that the ontology or a shape asks of its values."""
    values: list[str]
    """The classes that most of its values are of, as counted."""
    triples: int | None


class Schema(BaseModel):
    """The prefixes, classes and properties of one version."""

    version: int
    counted: bool
    """Whether the figures are those of this version; without them they are None."""
    prefixes: dict[str, str]
    classes: list[SchemaClass]
    properties: list[SchemaProperty]


@dataclass(frozen=True, slots=True)
class Figures:
    """How often the terms are used."""

    entities: Mapping[str, int] = field(default_factory=dict)
    triples: Mapping[str, int] = field(default_factory=dict)
    of_classes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def prefixes() -> dict[str, str]:
    """The project's prefixes: of vocabularies, and one for each kind of entity."""
    return {**PREFIXES, **{kind: f"{ID}{kind}/" for kind in KINDS}}


def make_schema(
    version: int, terms: Triples, rules: Iterable[Row], figures: Figures | None
) -> Schema:
    """Put together what the graph says of its terms, what the shapes ask, and the figures."""
    known = figures or Figures()
    domains, ranges = _ruled(rules)
    described = {iri: _is_class(terms, iri) for iri in terms}
    classes = {iri for iri, is_class in described.items() if is_class} | set(known.entities)
    properties = {iri for iri, is_class in described.items() if not is_class} | set(known.triples)
    return Schema(
        version=version,
        counted=figures is not None,
        prefixes=prefixes(),
        classes=[_class(iri, terms, known, counted=figures is not None) for iri in sorted(classes)],
        properties=[
            SchemaProperty(
                iri=iri,
                label=_texts(terms, iri, RDFS.label.value),
                definition=_texts(terms, iri, SKOS.definition.value, RDFS.comment.value),
                above=_others(terms, iri, RDFS.subPropertyOf.value),
                domain=sorted({*_others(terms, iri, RDFS.domain.value), *domains[iri]}),
                range=sorted({*_others(terms, iri, RDFS.range.value), *ranges[iri]}),
                values=_most(known.values.get(iri, {})),
                triples=known.triples.get(iri, 0) if figures else None,
            )
            for iri in sorted(properties)
        ],
    )


def _class(iri: str, terms: Triples, known: Figures, *, counted: bool) -> SchemaClass:
    return SchemaClass(
        iri=iri,
        label=_texts(terms, iri, RDFS.label.value),
        definition=_texts(terms, iri, SKOS.definition.value, RDFS.comment.value),
        above=_others(terms, iri, RDFS.subClassOf.value),
        entities=known.entities.get(iri, 0) if counted else None,
        properties=dict(sorted(known.of_classes.get(iri, {}).items())),
    )


def _is_class(terms: Triples, iri: str) -> bool:
    return any(kind.value in _CLASSES for kind in terms.all(iri, RDF.type.value))


def _texts(terms: Triples, iri: str, *properties: str) -> dict[str, str]:
    """The first text in each language."""
    found: dict[str, str] = {}
    for term in terms.all(iri, *properties):
        found.setdefault(term.language or "", term.value)
    return dict(sorted(found.items()))


def _others(terms: Triples, iri: str, property: str) -> list[str]:
    return sorted({term.value for term in terms.all(iri, property)} - {iri})


def _ruled(rules: Iterable[Row]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The classes that the shapes give each property to, and what they ask of its values."""
    domains: dict[str, set[str]] = defaultdict(set)
    ranges: dict[str, set[str]] = defaultdict(set)
    for row in rules:
        domains[row["property"].value].add(row["class"].value)
        if "value" in row:
            ranges[row["property"].value].add(row["value"].value)
    return domains, ranges


def _most(counted: Mapping[str, int]) -> list[str]:
    """The classes with the highest count; where all values are of two classes, both."""
    highest = max(counted.values(), default=0)
    return sorted(iri for iri, count in counted.items() if count == highest)


def read_figures(dataset: str, triples: Iterable[ox.Triple]) -> Figures:
    """Read the partitions of VoID (section 4.3): of the dataset, and of its classes."""
    found = _Partitions(triples)
    of_classes: dict[str, dict[str, int]] = {}
    values: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for of_class in found.parts(dataset, "classPartition"):
        parts = found.parts(of_class, "propertyPartition")
        of_classes[found.name(of_class, "class")] = {
            found.name(part, "property"): found.number(part, "triples") for part in parts
        }
        for part in parts:
            for of_values in found.parts(part, "classPartition"):
                seen = found.number(of_values, "triples")
                values[found.name(part, "property")][found.name(of_values, "class")] += seen
    return Figures(
        {
            found.name(part, "class"): found.number(part, "entities")
            for part in found.parts(dataset, "classPartition")
        },
        {
            found.name(part, "property"): found.number(part, "triples")
            for part in found.parts(dataset, "propertyPartition")
        },
        of_classes,
        values,
    )


class _Partitions:
    """The triples of the counting, by subject and by local name of the VoID property."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                name = predicate.value.removeprefix(_VOID)
                self._found[subject.value][name].append(value.value)

    def parts(self, whole: str, name: str) -> list[str]:
        return self._found[whole][name]

    def name(self, part: str, name: str) -> str:
        return next(iter(self._found[part][name]), "")

    def number(self, part: str, name: str) -> int:
        return int(next(iter(self._found[part][name]), "0"))
