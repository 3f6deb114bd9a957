"""Node objects of JSON-LD 1.1 from quads, compacted with the project's own context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.export.context import BY_LANGUAGE, NAMESPACES, context
from graph.vocabulary import POL, RDF, XSD

Subject: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Object: TypeAlias = dict[str, Any]
Refer: TypeAlias = Callable[[Subject], Object]

_MOST_EXACT = 2**53
"""Beyond it, a reader of JSON may round an integer."""


def reference(term: Subject) -> Object:
    """A node object with its name alone."""
    return {**without_context((term,)), "@id": _name(term)}


def node_object(quads: Iterable[ox.Quad], refer: Refer, full: bool = False) -> Object:
    """One subject's quads as a node object (JSON-LD 1.1, section 3.2); ``full``: without terms."""
    quads = list(quads)
    reset = without_context(term for quad in quads for term in _names(quad))
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


def without_context(terms: Iterable[object]) -> Mapping[str, None]:
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
