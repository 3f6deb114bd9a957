"""JSON-LD 1.1 compacted with the project's own context: the whole graph, or events as trees.

The context is simple, so compaction is a table from predicates to terms; a library that compacts by
any context takes far longer. Values keep their RDF meaning to the letter: what a term's
type does not say is said beside the value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeAlias, cast

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.export.context import BY_LANGUAGE, NAMESPACES, context
from graph.export.json_text import dumps, writer
from graph.export.quads import Quads
from graph.vocabulary import GEO, OA, POL, RDF, RDFS, SKOS, XSD

Subject: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Object: TypeAlias = dict[str, Any]
Refer: TypeAlias = Callable[[Subject], Object]

_DEFAULT = ox.DefaultGraph()
_MOST_EXACT = 2**53
"""Beyond it, a reader of JSON may round an integer."""
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
        node = _node(self._group, _reference, full=self._full)
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
            head = dumps(_reference(graph))[:-1]
            self._full = bool(_reset((graph,)))
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
            return _reference(subject)
        terms = {quad.object for quad in quads if isinstance(quad.object, Subject)}
        here = {term for term in terms - self._placed if depth < _DEEPEST and self._is_part(term)}
        self._placed |= here

        def refer(term: Subject) -> Object:
            if term in here:
                here.remove(term)
                return self.of(term, depth + 1)
            if term in self._placed or isinstance(term, ox.BlankNode):
                return _reference(term)
            return self._label(term)

        return _node(quads, refer)

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
    return _node(found, _reference) if found else _reference(term)


def _head() -> str:
    return f'{{"@context": {dumps(context())},\n"@graph": ['


def _reference(term: Subject) -> Object:
    return {**_reset((term,)), "@id": _name(term)}


def _node(quads: Iterable[ox.Quad], refer: Refer, full: bool = False) -> Object:
    """One subject's quads as a node object (JSON-LD 1.1, section 3.2); ``full``: without terms."""
    quads = list(quads)
    reset = _reset(term for quad in quads for term in _names(quad))
    values: dict[str, list[Any]] = defaultdict(list)
    for quad in quads:
        key, value = _member(quad, refer, full=full or bool(reset))
        values[key].append(value)
    types = values.pop("@type", [])
    kind = {"@type": _one(sorted(types))} if types else {}
    rest = {key: _by_language(found) for key, found in sorted(values.items())}
    return {**reset, "@id": _name(_subject(quads[0])), **kind, **rest}


def _names(quad: ox.Quad) -> tuple[object, ...]:
    """The terms of a quad, a literal by its datatype."""
    last = quad.object.datatype if isinstance(quad.object, ox.Literal) else quad.object
    return quad.subject, quad.predicate, last


def _member(quad: ox.Quad, refer: Refer, full: bool) -> tuple[str, Any]:
    """A quad as a key and a value under it; ``full``: where there is no context."""
    predicate, object = quad.predicate, quad.object
    short = _name if full else _short
    if predicate == RDF.type and isinstance(object, Subject):
        return "@type", short(object)
    if not full and predicate.value in BY_LANGUAGE:
        if isinstance(object, ox.Literal) and object.language:
            return BY_LANGUAGE[predicate.value], _Said(object.language, object.value)
        return predicate.value, _value(object, None, refer)
    return short(predicate), _value(object, None if full else _type_of(predicate), refer)


class _Said(NamedTuple):
    """A text in a language."""

    language: str
    text: str


def _by_language(values: list[Any]) -> Any:
    if not isinstance(values[0], _Said):
        return _one(values)
    said: dict[str, list[str]] = defaultdict(list)
    for language, text in values:
        said[language].append(text)
    return {language: _one(texts) for language, texts in said.items()}


def _subject(quad: ox.Quad) -> Subject:
    if isinstance(quad.subject, ox.Triple):
        raise InvalidInput(f"JSON-LD has no place for {quad.subject}. Take N-Quads.")
    return quad.subject


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(term: Term, type: str | None, refer: Refer) -> Any:
    """A value under a term of a type: ``@id``, a datatype, or None."""
    match term:
        case ox.NamedNode() | ox.BlankNode():
            object = refer(term)
            return object["@id"] if type == "@id" and object.keys() == {"@id"} else object
        case ox.Literal():
            return _literal(term, type)
    raise InvalidInput(f"JSON-LD has no place for {term}. Take N-Quads.")


def _literal(literal: ox.Literal, type: str | None) -> Any:
    text = literal.value
    if literal.language is not None:
        return {"@value": text, "@language": literal.language}
    if literal.datatype == XSD.string:
        return text if type is None else {"@value": text}
    if type is not None and type == _short(literal.datatype):
        return text
    native = _native(text, literal.datatype)
    if native is not None:
        return native if type is None else {"@value": native}
    return {"@value": text, "@type": literal.datatype.value}


def _native(text: str, datatype: ox.NamedNode) -> int | bool | None:
    """A number or truth that JSON-LD makes the same literal of again (section 8.6)."""
    if datatype == XSD.boolean and text in ("true", "false"):
        return text == "true"
    if datatype == XSD.integer and len(text) < 17 and text.removeprefix("-").isdecimal():
        number = int(text)
        return number if str(number) == text and abs(number) < _MOST_EXACT else None
    return None


def _reset(terms: Iterable[object]) -> Mapping[str, None]:
    """What lets a node hold an IRI that a prefix of the context would be read into, as ``wd:Q1``.

    Without a context all names in the node are full.
    """
    confused = any(
        term.value.partition(":")[0] in NAMESPACES and term.value.partition(":")[2][:2] != "//"
        for term in terms
        if isinstance(term, ox.NamedNode)
    )
    return {"@context": None} if confused else {}


def _name(term: Subject) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


@lru_cache(10_000)
def _short(term: Subject) -> str:
    """A name relative to the context: a term, with a prefix, or in full."""
    if isinstance(term, ox.NamedNode):
        if term.value in _terms():
            return _terms()[term.value]
        for prefix, base in NAMESPACES.items():
            local = term.value.removeprefix(base)
            if local != term.value and local and not local.startswith("//"):
                return f"{prefix}:{local}"
    return _name(term)


@cache
def _terms() -> Mapping[str, str]:
    """The terms of the ontology by IRI."""
    return {POL[name].value: name for name in POL.names}


@lru_cache(10_000)
def _type_of(predicate: ox.NamedNode) -> str | None:
    definition = context().get(_short(predicate))
    return definition.get("@type") if isinstance(definition, dict) else None
