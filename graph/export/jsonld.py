"""JSON-LD 1.1 compacted with the project's own context: the whole graph, or events as trees.

The context is simple, so compaction is a table from predicates to terms; a library that compacts by
any context takes far longer. Values keep their RDF meaning to the letter: what a term's
type does not say is said beside the value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import groupby
from typing import BinaryIO, Protocol, cast

import pyoxigraph as ox

from graph.export.context import context
from graph.export.json_text import dumps, writer
from graph.export.jsonld_nodes import (
    Object,
    Subject,
    Term,
    node_object,
    reference,
    without_context,
)
from graph.export.quads import Quads
from graph.vocabulary import GEO, OA, POL, RDF, RDFS, SKOS

_DEFAULT = ox.DefaultGraph()
_LABELS = 20_000
_DEEPEST = 20
"""So many nodes within each other at most, for readers that recurse as this does."""


class Find(Protocol):
    """The quads that match a pattern, as :meth:`graph.engine.store.Reading.quads` finds them."""

    def __call__(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """None matches everything."""
        ...


@contextmanager
def compacted(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The N-Quads that are written to this go to the stream as one JSON-LD document.

    An object a subject, as long as its quads follow each other, in the order of the dump; named
    graphs hold theirs. Nothing is kept but the object at hand.
    """
    text = writer(stream)
    text.write(_head())
    document = _Document(text.write)
    with Quads(document.take) as target:
        yield cast(BinaryIO, target)
        target.finish()
    document.finish()
    text.write("]}\n")


class _Document:
    """The members of ``@graph``, written as quads come in."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._graph: object = _DEFAULT
        self._full = False
        self._group: list[ox.Quad] = []
        self._separator = ""

    def take(self, quads: Iterator[ox.Quad]) -> None:
        """Write the objects of these quads; the last one waits for more."""
        for place, group in groupby(quads, _place):
            if self._group and _place(self._group[0]) != place:
                self._put()
            self._group.extend(group)

    def finish(self) -> None:
        """Write what waits."""
        if self._group:
            self._put()
        if self._graph != _DEFAULT:
            self._write("]}")

    def _put(self) -> None:
        self._enter(self._group[0].graph_name)
        node = node_object(self._group, reference, full=self._full)
        self._write(f"{self._separator}\n{dumps(node)}")
        self._separator = ","
        self._group.clear()

    def _enter(self, graph: object) -> None:
        if graph == self._graph:
            return
        if self._graph != _DEFAULT:
            self._write("]}")
            self._separator = ","
        self._full = False
        if isinstance(graph, ox.NamedNode | ox.BlankNode):
            head = dumps(reference(graph))[:-1]
            self._full = bool(without_context((graph,)))
            self._write(f'{self._separator}\n{head}, "@graph": [')
            self._separator = ""
        self._graph = graph


def _place(quad: ox.Quad) -> tuple[object, object]:
    return quad.graph_name, quad.subject


def write_events(find: Find, stream: BinaryIO) -> None:
    """Write each event as a tree: what is said of it, with the nodes that exist only to say it.

    A node that occurs twice in a tree is whole the first time; what stands for itself (an actor, a
    place, another event) has its label. Facts only: the default graph.
    """
    text = writer(stream)
    text.write(_head())
    separator = ""
    label = lru_cache(_LABELS)(lambda term: _label(find, term))
    for quad in find(None, RDF.type, POL.Event, _DEFAULT):
        assert isinstance(quad.subject, Subject)
        tree = _Tree(find, label).of(quad.subject)
        text.write(f"{separator}\n{dumps(tree)}")
        separator = ","
    text.write("]}\n")


class _Tree:
    """The tree of one event, while it is made."""

    def __init__(self, find: Find, label: Callable[[ox.NamedNode], Object]) -> None:
        self._find = find
        self._label = label
        self._placed: set[Subject] = set()

    def of(self, subject: Subject, depth: int = 0) -> Object:
        """A node with all below it; what it names itself stands here, and not deeper."""
        self._placed.add(subject)
        quads = sorted(self._find(subject, None, None, _DEFAULT), key=_specific)
        if not quads:
            return reference(subject)
        terms = {quad.object for quad in quads if isinstance(quad.object, Subject)}
        here = {term for term in terms - self._placed if depth < _DEEPEST and self._is_part(term)}
        self._placed |= here

        def refer(term: Subject) -> Object:
            if term in here:
                here.remove(term)
                return self.of(term, depth + 1)
            if term in self._placed or isinstance(term, ox.BlankNode):
                return reference(term)
            return self._label(term)

        return node_object(quads, refer)

    def _is_part(self, term: Subject) -> bool:
        if isinstance(term, ox.BlankNode):
            return True
        kinds = self._find(term, RDF.type, None, _DEFAULT)
        return any(quad.object in _parts() for quad in kinds)


def _specific(quad: ox.Quad) -> tuple[int, str, str]:
    """Sorts narrow properties before wide ones: a number is whole under ``killed``."""
    return -_supers().get(quad.predicate, 0), quad.predicate.value, str(quad.object)


@cache
def _supers() -> Mapping[object, int]:
    """How many properties are above each of the ontology."""
    above: dict[object, list[object]] = defaultdict(list)
    for quad in POL.quads:
        if quad.predicate == RDFS.subPropertyOf:
            above[quad.subject].append(quad.object)

    def count(term: object) -> int:
        return sum(1 + count(wider) for wider in above.get(term, ()))

    return {term: count(term) for term in list(above)}


@cache
def _parts() -> frozenset[object]:
    """The classes of nodes that exist only to say something of another, and claims."""
    own = ("TimeSpan", "ReportedQuantity", "Participation", "Damage", "LinkCheck", "Claim")
    more = ("Passage", "TerritorialControl", "Superlative")
    quoted = (OA.TextQuoteSelector, OA.TextPositionSelector)
    return frozenset((*(POL[name] for name in (*own, *more)), *quoted, GEO.Geometry))


def _label(find: Find, term: ox.NamedNode) -> Object:
    """The names of what stands for itself."""
    found = [
        quad
        for predicate in (RDFS.label, SKOS.prefLabel)
        for quad in find(term, predicate, None, _DEFAULT)
    ]
    return node_object(found, reference) if found else reference(term)


def _head() -> str:
    return f'{{"@context": {dumps(context())},\n"@graph": ['
