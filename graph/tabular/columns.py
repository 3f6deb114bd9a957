"""A column of RDF terms as a typed column of Arrow.

What is the same in all rows (a datatype, a language, an offset from UTC) is metadata of the field;
what differs from row to row stands in a column beside it. A column whose terms have no type in
common, or hold a value that Arrow's type cannot, stays text, each as RDF writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox

from graph.vocabulary import RDF, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
IRI, BLANK, TRIPLE = "IRI", "blank node", "triple"

_INTEGERS = frozenset(
    XSD[name].value
    for name in (
        *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_NUMBERS = _INTEGERS | {XSD[name].value for name in ("decimal", "double", "float")}
_TEXTS = frozenset({XSD.string.value, RDF.langString.value, RDF.dirLangString.value})
_OFFSET = r"(?P<offset>Z|[+-]\d\d:\d\d)$"
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Typed:
    """A column with its metadata, and the one beside it with the ending of its name, if any."""

    values: pa.ChunkedArray
    metadata: Mapping[str, str]
    beside: tuple[str, pa.ChunkedArray] | None = None


class Column:
    """The terms of one variable, as they come."""

    def __init__(self) -> None:
        self._texts: list[str | None] = []
        self._types: list[str | None] = []
        self._languages: list[str | None] = []
        self._chunks: list[tuple[pa.Array, pa.Array, pa.Array]] = []

    def add(self, term: Term | None) -> None:
        """Add a row; None is unbound."""
        text, type, language = _parts(term)
        self._texts.append(text)
        self._types.append(type)
        self._languages.append(language)
        if len(self._texts) == _CHUNK:
            self._flush()

    def typed(self) -> Typed:
        """The column of all rows so far, as narrow as its terms allow."""
        self._flush()
        texts, types, languages = (
            pa.chunked_array([chunk[part] for chunk in self._chunks], pa.string())
            for part in range(3)
        )
        found = frozenset(_values(types))
        if found <= _TEXTS:
            return _text(texts, languages)
        for wanted, type in _CASTS:
            if found <= wanted and (cast := _cast(texts, type)) is not None:
                more = _offsets(texts) if pa.types.is_timestamp(type) and type.tz else None
                metadata = {"term": "literal", "datatype": " ".join(sorted(found))}
                return _with(cast, metadata, "offset", more)
        return _mixed(texts, types, found)

    def _flush(self) -> None:
        parts = (self._texts, self._types, self._languages)
        self._chunks.append(tuple(pa.array(part, pa.string()) for part in parts))
        for part in parts:
            part.clear()


def _parts(term: Term | None) -> tuple[str | None, str | None, str | None]:
    match term:
        case None:
            return None, None, None
        case ox.NamedNode():
            return term.value, IRI, None
        case ox.BlankNode():
            return str(term), BLANK, None
        case ox.Triple():
            return str(term), TRIPLE, None
    return term.value, term.datatype.value, term.language


_CASTS: Sequence[tuple[frozenset[str], pa.DataType]] = (
    (_INTEGERS, pa.int64()),
    (_NUMBERS, pa.float64()),
    (frozenset({XSD.boolean.value}), pa.bool_()),
    (frozenset({XSD.date.value}), pa.date32()),
    (frozenset({XSD.dateTime.value, XSD.dateTimeStamp.value}), pa.timestamp("us", "UTC")),
    (frozenset({XSD.dateTime.value}), pa.timestamp("us")),
)
"""The types in the order they are tried, each with the datatypes that it can hold."""


def _cast(texts: pa.ChunkedArray, type: pa.DataType) -> pa.ChunkedArray | None:
    try:
        return pc.cast(texts, type)
    except pa.ArrowInvalid:
        return None


def _offsets(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.struct_field(pc.extract_regex(texts, _OFFSET), [0])


def _text(texts: pa.ChunkedArray, languages: pa.ChunkedArray) -> Typed:
    return _with(texts, {"term": "literal"}, "language", languages)


def _mixed(texts: pa.ChunkedArray, types: pa.ChunkedArray, found: frozenset[str]) -> Typed:
    if len(found) > 1:
        return Typed(texts, {"term": "mixed"}, ("datatype", types))
    (only,) = found
    if only in (IRI, BLANK, TRIPLE):
        return Typed(texts, {"term": only})
    return Typed(texts, {"term": "literal", "datatype": only})


def _with(
    values: pa.ChunkedArray, metadata: Mapping[str, str], name: str, more: pa.ChunkedArray | None
) -> Typed:
    """Values with what else is known of them: in the metadata where it is the same for all."""
    if more is None:
        return Typed(values, metadata)
    found = _values(more)
    if len(found) == 1 and more.null_count == values.null_count:
        return Typed(values, {**metadata, name: found[0]})
    return Typed(values, metadata, (name, more) if found else None)


def _values(array: pa.ChunkedArray) -> list[str]:
    values: list[str] = array.unique().drop_null().to_pylist()
    return values
