"""Hold quads against SHACL shapes; what comes out are findings, as data and as quads.

SHACL with SPARQL constraints (SHACL, part 2) and the advanced features, by pySHACL. No inference:
the closure is made before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import SH as SH_
from rdflib.term import Node

from graph.errors import InvalidInput
from graph.finding import Finding, Severity
from graph.vocabulary import ID, PROV, RDF, SH

QUALITY = ox.NamedNode(f"{ID}graph/quality")

RdflibTerm = rdflib.URIRef | rdflib.BNode | rdflib.Literal


def validate(data: Iterable[ox.Quad], shapes: Iterable[ox.Quad]) -> tuple[Finding, ...]:
    """The findings of the shapes on the data, graph names aside, in a fixed order.

    Raises InvalidInput where the shapes themselves are wrong.
    """
    data_graph, shapes_graph = to_rdflib(data), to_rdflib(shapes)
    try:
        _, report, _ = pyshacl.validate(
            data_graph, shacl_graph=shapes_graph, advanced=True, inplace=True
        )
    except ReportableRuntimeError as error:
        reason = " ".join(str(error).split())
        raise InvalidInput(f"A SHACL shape is wrong. {reason} Mend the shape.") from error
    if not isinstance(report, rdflib.Graph):
        raise InvalidInput(f"A SHACL shape cannot be evaluated. {report} Mend the shape.")
    results = report.objects(predicate=SH_.result)
    findings = {_finding(result, report, data_graph, shapes_graph) for result in results}
    return in_order(findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by focus, message, value, shape and component."""

    def place(each: Finding) -> tuple[str, ...]:
        parts = (each.focus, each.message, each.value, each.shape, each.component, each.path)
        return tuple(map(str, parts))

    return tuple(sorted(findings, key=place))


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """The triples of the quads as rdflib has them, lexical forms kept."""
    graph = rdflib.Graph()
    for subject, predicate, value, _ in quads:
        graph.add((rdflib_term(subject), rdflib_term(predicate), rdflib_term(value)))
    return graph


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> RdflibTerm:
    """A term as rdflib has it, its lexical form kept; raises InvalidInput for a triple term."""
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal(language=None):
            datatype = rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, datatype=datatype, normalize=False)
        case ox.Literal():
            return rdflib.Literal(term.value, lang=term.language)
    raise InvalidInput(f"SHACL knows no triple terms: {term}. Say it without one.")


def _finding(
    result: Node, report: rdflib.Graph, data: rdflib.Graph, shapes: rdflib.Graph
) -> Finding:
    focus, path, value, shape, component = (
        report.value(result, predicate)
        for predicate in (
            SH_.focusNode,
            SH_.resultPath,
            SH_.value,
            SH_.sourceShape,
            SH_.sourceConstraintComponent,
        )
    )
    if isinstance(focus, rdflib.Literal):
        # Where a link should be, a text was written: the finding is about who has the text.
        value = focus
        focus, path = min(data.subject_predicates(focus), key=lambda holder: (*map(str, holder),))
    return Finding(
        english_message(report.objects(result, SH_.resultMessage)),
        f"{ID}.well-known/genid/{focus}" if isinstance(focus, rdflib.BNode) else str(focus),
        severity=_severity(report.value(result, SH_.resultSeverity)),
        path=ox.NamedNode(path) if isinstance(path, rdflib.URIRef) else None,
        value=from_rdflib(value),
        shape=named_shape(shape, shapes),
        component=str(component) if component is not None else None,
    )


def _severity(node: Node | None) -> Severity:
    try:
        return Severity(str(node).removeprefix(str(SH_)))
    except ValueError:
        known = ", ".join(f"sh:{each.value}" for each in Severity)
        raise InvalidInput(f"A SHACL shape has the severity {node}. Use one of {known}.") from None


def from_rdflib(term: Node | None) -> ox.NamedNode | ox.Literal | None:
    """An IRI or a literal of rdflib, its lexical form kept; None for anything else."""
    match term:
        case rdflib.URIRef():
            return ox.NamedNode(term)
        case rdflib.Literal(language=None, datatype=None):
            return ox.Literal(str(term))
        case rdflib.Literal(language=None):
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        case rdflib.Literal():
            return ox.Literal(str(term), language=term.language)
    return None


def english_message(messages: Iterable[Node]) -> str:
    """The English message; every shape has one, where it has any."""
    found = sorted((m for m in messages if isinstance(m, rdflib.Literal)), key=str)
    english = [message for message in found if message.language == "en"]
    return str((english or found or [rdflib.Literal("The shape is broken.")])[0])


def named_shape(shape: Node | None, shapes: rdflib.Graph) -> str | None:
    """The IRI of a shape, or of the shape that a blank one stands in."""
    while isinstance(shape, rdflib.BNode):
        shape = next(shapes.subjects(object=shape), None)
    return str(shape) if shape is not None else None


def quality_quads(findings: Iterable[Finding]) -> Iterator[ox.Quad]:
    """The findings as a SHACL report (SHACL, 3.6) in the graph of quality, without blank nodes.

    The graph's name is the report's; each result also says which claim it derives from.
    """
    findings = tuple(findings)
    yield _quad(QUALITY, RDF.type, SH.ValidationReport)
    yield _quad(QUALITY, SH.conforms, ox.Literal(not findings))
    for finding in findings:
        result = ox.NamedNode(f"{ID}finding/{_digest(finding)}")
        yield _quad(QUALITY, SH.result, result)
        yield _quad(result, RDF.type, SH.ValidationResult)
        for predicate, value in _said(finding).items():
            if value is not None:
                yield _quad(result, predicate, value)


def _said(finding: Finding) -> dict[ox.NamedNode, ox.NamedNode | ox.Literal | None]:
    return {
        SH.focusNode: ox.NamedNode(finding.focus),
        SH.resultPath: finding.path,
        SH.value: finding.value,
        SH.resultMessage: ox.Literal(finding.message, language="en"),
        SH.resultSeverity: SH[finding.severity.value],
        SH.sourceShape: _node(finding.shape),
        SH.sourceConstraintComponent: _node(finding.component),
        PROV.wasDerivedFrom: _node(finding.origin.claim),
    }


def _node(iri: str | None) -> ox.NamedNode | None:
    return ox.NamedNode(iri) if iri is not None else None


def _quad(
    subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
) -> ox.Quad:
    return ox.Quad(subject, predicate, value, QUALITY)


def _digest(finding: Finding) -> str:
    parts = (finding.focus, finding.path, finding.value, finding.shape, finding.message)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:20]
