"""RDF made fit for an OWL 2 DL reasoner, with an account of what was added and left out.

A reasoner wants every class and property declared (OWL 2 Structural Specification, 5.8) and no term
of two kinds (5.9), and it knows the datatypes of the OWL 2 datatype map only (4). Facts use terms
of other vocabularies without their declarations, and dates, which OWL 2 leaves out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.vocabulary import OWL, RDF, RDFS, XSD, short

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BETWEEN_CLASSES = (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith)
BETWEEN_PROPERTIES = (
    RDFS.subPropertyOf,
    OWL.equivalentProperty,
    OWL.inverseOf,
    OWL.propertyDisjointWith,
)
TERMINOLOGY = (*BETWEEN_CLASSES, *BETWEEN_PROPERTIES, RDFS.domain, RDFS.range)
GROUPS = ("AllDisjointClasses", "AllDisjointProperties", "AllDifferent")
CHARACTERISTICS = ("Asymmetric", "Functional", "InverseFunctional", "Irreflexive")
MORE_CHARACTERISTICS = ("Reflexive", "Symmetric", "Transitive")
AXIOM_TYPES = frozenset(
    [OWL[name] for name in GROUPS]
    + [OWL[f"{name}Property"] for name in CHARACTERISTICS + MORE_CHARACTERISTICS]
)
BUILT_IN = (OWL.base, RDF.base, RDFS.base)
ANNOTATIONS = (
    *(RDFS[name] for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(OWL[name] for name in ("versionInfo", "deprecated")),
)

NUMBERS = ("decimal", "integer", "long", "int", "short", "byte", "double", "float")
WITHOUT_SIGN = ("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
ON_ONE_SIDE = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
WORDS = ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
OTHERS = ("boolean", "dateTime", "dateTimeStamp", "anyURI", "hexBinary", "base64Binary")
DATATYPES = frozenset(
    [XSD[name] for name in NUMBERS + WITHOUT_SIGN + ON_ONE_SIDE + WORDS + OTHERS]
    + [RDF[name] for name in ("PlainLiteral", "langString", "XMLLiteral")]
    + [OWL[name] for name in ("real", "rational")]
)
"""The OWL 2 datatype map (OWL 2 Structural Specification, 4), and RDF's name for text in a
language."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Triples that the reasoner did not get; ``what`` says which, such as ``xsd:date``."""

    what: str
    triples: int


@dataclass(frozen=True, slots=True)
class OwlDocument:
    """What the reasoner reads: the triples, and what they hold.

    ``axioms`` counts what bears on the result, not declarations and annotations; ``supplied`` are
    the IRIs of the terms whose declaration was added here.
    """

    triples: tuple[ox.Triple, ...]
    individuals: int
    axioms: int
    left_out: tuple[LeftOut, ...]
    supplied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The classes, and the kind of each property: one of PROPERTY_KINDS."""

    classes: frozenset[ox.NamedNode]
    properties: Mapping[ox.NamedNode, ox.NamedNode]


def owl_document(quads: Iterable[ox.Quad]) -> OwlDocument:
    """The quads of all graphs together, as an OWL 2 DL reasoner can read them.

    Raises InvalidInput where a term is of two kinds that OWL 2 DL keeps apart, or is both a class
    and an individual (allowed there as punning, and a slip in this vocabulary).
    """
    triples = _without_headers(quads)
    declared = _declared(triples)
    classes = declared.classes | _classes_used(triples)
    terms = _Terms(classes, _with_properties_used(triples, declared))
    supplied = dict(sorted(_supplied(terms, declared)))
    kept, left_out = _sorted_out(triples, terms)
    individuals = _individuals(kept, terms)
    _refuse_two_kinds(terms.classes & individuals, "a class and an individual")
    declarations = (ox.Triple(ox.NamedNode(iri), RDF.type, kind) for iri, kind in supplied.items())
    return OwlDocument(
        (*declarations, *kept),
        len(individuals),
        sum(_is_axiom(triple, terms) for triple in kept),
        left_out,
        tuple(supplied),
    )


def _without_headers(quads: Iterable[ox.Quad]) -> tuple[ox.Triple, ...]:
    """Each triple once, without what is said of the ontologies: their files are read as one."""
    triples = dict.fromkeys(quad.triple for quad in quads)
    headers = {each.subject for each in triples if each.object == OWL.Ontology}
    return tuple(triple for triple in triples if triple.subject not in headers)


def _declared(triples: Iterable[ox.Triple]) -> _Terms:
    classes: set[ox.NamedNode] = set()
    properties: dict[ox.NamedNode, ox.NamedNode] = dict.fromkeys(
        ANNOTATIONS, OWL.AnnotationProperty
    )
    for triple in triples:
        if triple.predicate != RDF.type or not isinstance(triple.subject, ox.NamedNode):
            continue
        if triple.object == OWL.Class:
            classes.add(triple.subject)
        for kind in PROPERTY_KINDS:
            if triple.object == kind and properties.setdefault(triple.subject, kind) != kind:
                _refuse_two_kinds([triple.subject], "a property of two kinds")
    return _Terms(frozenset(classes), properties)


def _classes_used(triples: Iterable[ox.Triple]) -> frozenset[ox.NamedNode]:
    used: set[object] = set()
    for triple in triples:
        if triple.predicate == RDF.type:
            used.add(triple.object)
        elif triple.predicate in BETWEEN_CLASSES:
            used |= {triple.subject, triple.object}
    return frozenset(_names(used))


def _names(terms: Iterable[object]) -> Iterator[ox.NamedNode]:
    """The terms that have an IRI, without those of OWL, RDF and RDFS themselves."""
    for term in terms:
        if isinstance(term, ox.NamedNode) and not term.value.startswith(BUILT_IN):
            yield term


def _with_properties_used(
    triples: tuple[ox.Triple, ...], declared: _Terms
) -> dict[ox.NamedNode, ox.NamedNode]:
    """The declared properties and those only used: of the kind of the property they are related to,
    else for annotation, which says nothing that could be contradicted."""
    properties = dict(declared.properties)
    related = [
        (triple.subject, triple.object)
        for triple in triples
        if triple.predicate in BETWEEN_PROPERTIES
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    ]
    while found := {
        unknown: properties[known]
        for pair in related
        for unknown, known in (pair, pair[::-1])
        if known in properties and unknown not in properties
    }:
        properties |= found
    used = {triple.predicate for triple in triples} | {term for pair in related for term in pair}
    annotations = dict.fromkeys(_names(used - properties.keys()), OWL.AnnotationProperty)
    return properties | annotations


def _supplied(terms: _Terms, declared: _Terms) -> Iterator[tuple[str, ox.NamedNode]]:
    """The terms whose declaration was missing, by IRI, and what they are now declared as."""
    for term in terms.classes - declared.classes:
        yield term.value, OWL.Class
    for term in terms.properties.keys() - declared.properties.keys():
        yield term.value, terms.properties[term]


def _sorted_out(
    triples: Iterable[ox.Triple], terms: _Terms
) -> tuple[tuple[ox.Triple, ...], tuple[LeftOut, ...]]:
    kept: list[ox.Triple] = []
    left_out: Counter[str] = Counter()
    for triple in triples:
        reason = _unreadable(triple, terms)
        if reason is None:
            kept.append(triple)
        else:
            left_out[reason] += 1
    return tuple(kept), tuple(LeftOut(what, left_out[what]) for what in sorted(left_out))


def _unreadable(triple: ox.Triple, terms: _Terms) -> str | None:
    """Why a reasoner cannot read a triple; None where it can."""
    kind = terms.properties.get(triple.predicate)
    name = short(triple.predicate.value)
    if isinstance(triple.object, ox.Literal):
        if kind == OWL.ObjectProperty:
            return f"{name} with a literal, where it leads to an individual"
        if triple.object.datatype not in DATATYPES:
            return short(triple.object.datatype.value)
    elif isinstance(triple.object, ox.Triple):
        return "triple terms"
    elif kind == OWL.DatatypeProperty:
        return f"{name} with an individual, where it leads to a literal"
    return None


def _individuals(triples: Iterable[ox.Triple], terms: _Terms) -> set[object]:
    individuals: set[object] = set()
    for triple in triples:
        kind = terms.properties.get(triple.predicate)
        if kind == OWL.ObjectProperty:
            individuals |= {triple.subject, triple.object}
        elif kind == OWL.DatatypeProperty or _is_class_assertion(triple, terms):
            individuals.add(triple.subject)
    return individuals


def _is_class_assertion(triple: ox.Triple, terms: _Terms) -> bool:
    return triple.predicate == RDF.type and (
        isinstance(triple.object, ox.BlankNode) or triple.object in terms.classes
    )


def _is_axiom(triple: ox.Triple, terms: _Terms) -> bool:
    return (
        triple.predicate in TERMINOLOGY
        or (triple.predicate == RDF.type and triple.object in AXIOM_TYPES)
        or _is_class_assertion(triple, terms)
        or terms.properties.get(triple.predicate, OWL.AnnotationProperty) != OWL.AnnotationProperty
    )


def _refuse_two_kinds(terms: Iterable[object], kinds: str) -> None:
    names = sorted(short(term.value) for term in terms if isinstance(term, ox.NamedNode))
    if names:
        raise InvalidInput(
            f"{', '.join(names)}: {kinds} at once, which OWL 2 DL keeps apart."
            " Use each name for one of them only."
        )
