"""Whether changes may be published: what they must not touch, names, and the shapes.

A version is judged by the ontology and the shapes that it holds itself, which come from files by a
build. So a home that was not built, with nothing of ours in it, takes any RDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.engine.changes import Changes
from graph.engine.store import Reading
from graph.errors import Refused, ValidationFailed
from graph.finding import Finding, Severity
from graph.material import ALIGNMENTS, SHAPES
from graph.unknown import unknown_entities, unknown_terms
from graph.validation import QUALITY, in_order
from graph.vocabulary import ID, POL, POLEMOS, RDF, short
from graph.writing.consequences import Rules, follow, read_rules
from graph.writing.neighbourhood import Shapes, read_shapes_of

FROM_FILES = frozenset({SHAPES, ALIGNMENTS, QUALITY})
_DEFAULT = ox.DefaultGraph()


class ShapesBroken(ValidationFailed):
    """A write would break a rule of the graph; ``report`` holds each break."""

    def __init__(self, report: tuple[Finding, ...]) -> None:
        count = "a rule" if len(report) == 1 else f"{len(report)} rules"
        super().__init__(
            f"The write would break {count} of the graph, so nothing was changed. Each finding"
            " says what to do.",
            tuple(map(str, report)),
        )
        self.report = report


@dataclass(frozen=True)
class Judge:
    """The rules of one version, which stay the same while only writes follow it."""

    rules: Rules
    shapes: Shapes

    def judge(self, changes: Changes) -> tuple[Finding, ...]:
        """Complete changes by what follows from them; give what is odd about them, and allowed.

        Raises Refused where they touch what comes from files, ShapesBroken where they break a rule.
        """
        _refuse_from_files(changes)
        follow(changes, self.rules)
        changed = (*changes.added, *changes.removed)
        found = in_order(
            {
                *unknown_terms(changes.added, POL),
                *_unknown_entities(changes.draft, changed),
                *self.shapes.findings(changes.draft, filter(_in_default, changed)),
            }
        )
        violations = tuple(each for each in found if each.severity is Severity.VIOLATION)
        if violations:
            raise ShapesBroken(violations)
        return found


def read_judge(store: Reading) -> Judge:
    """The rules that a store holds itself."""
    return Judge(read_rules(store), read_shapes_of(store, SHAPES))


def _in_default(quad: ox.Quad) -> bool:
    return quad.graph_name == _DEFAULT


def _refuse_from_files(changes: Changes) -> None:
    for quad in (*changes.added, *changes.removed):
        subject, graph = quad.subject, quad.graph_name
        if graph in FROM_FILES:
            what = f"The graph {short(str(graph)[1:-1])}"
        elif _in_default(quad) and isinstance(subject, ox.NamedNode) and _is_term(subject):
            what = f"The term {short(subject.value)}"
        else:
            continue
        raise Refused(
            f"{what} is not changed by a write: ontology, shapes, alignments and findings come from"
            " files. Change the files and build; name the graphs or terms that the write is about."
        )


def _is_term(node: ox.NamedNode) -> bool:
    return node.value.startswith(POLEMOS)


def _unknown_entities(store: Reading, changed: Iterable[ox.Quad]) -> Iterator[Finding]:
    """What the changes mention, or no longer describe, and nothing says what it is."""
    mentioned = {
        term
        for quad in changed
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(ID)
    }
    unknown = {term for term in mentioned if not _has_class(store, term)}
    for finding in unknown_entities(_about(store, unknown)):
        if any(term in unknown for term in (ox.NamedNode(finding.focus), finding.value)):
            yield finding


def _has_class(store: Reading, term: ox.NamedNode) -> bool:
    return any(store.quads(term, RDF.type, None, _DEFAULT))


def _about(store: Reading, terms: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    for term in terms:
        yield from store.quads(term, None, None, _DEFAULT)
        for quad in store.quads(None, None, term, _DEFAULT):
            yield quad
            yield from store.quads(quad.subject, RDF.type, None, _DEFAULT)
