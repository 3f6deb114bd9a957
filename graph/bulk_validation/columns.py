"""A chunk of quads as columns of numbers: a number a term, two columns a predicate.

Terms are compared by their text, so a chunk is N-Quads or N-Triples as pyoxigraph writes them: one
space between terms, one spelling for each term. Graph names play no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from graph.errors import InvalidInput

Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Edges = tuple[Ids, Ids]
"""Subjects and objects, each pair once."""

RdfTerm = ox.NamedNode | ox.BlankNode | ox.Literal

NO_EDGES: Edges = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Columns:
    """Triples as numbers; ``terms`` holds the text of each number, ``ids`` the way back.

    ``written`` are the edges that this chunk adds to the context that it shares with others, and
    ``own`` marks the terms that it describes or mentions first.
    """

    terms: list[bytes]
    ids: Mapping[bytes, int]
    edges: Mapping[bytes, Edges]
    written: Mapping[bytes, Edges]
    own: Mask

    def __len__(self) -> int:
        return len(self.terms)

    def of(self, predicate: bytes) -> Edges:
        """The edges of a predicate, none where it does not occur."""
        return self.edges.get(predicate, NO_EDGES)

    def mask(self, ids: Ids) -> Mask:
        """The marks of some terms among all."""
        marks = np.zeros(len(self.terms), np.bool_)
        marks[ids] = True
        return marks

    def only(self, term: bytes) -> Mask:
        """The mark of one term, none where it does not occur."""
        found = self.ids.get(term)
        return self.mask(np.array([] if found is None else [found], np.int64))


@dataclass
class _Reading:
    """The columns of one text as they grow."""

    ids: dict[bytes, int]
    subjects: dict[bytes, list[int]] = field(default_factory=lambda: defaultdict(list))
    objects: dict[bytes, list[int]] = field(default_factory=lambda: defaultdict(list))

    def read(self, lines: Iterable[bytes]) -> None:
        """Number the terms of each line; the next number is how many there are."""
        ids, subjects, objects = self.ids, self.subjects, self.objects
        number = ids.setdefault
        for line in lines:
            if line == b"\n":
                continue
            try:
                subject, predicate, rest = line.split(b" ", 2)
            except ValueError:
                raise _unreadable(line) from None
            subjects[predicate].append(number(subject, len(ids)))
            objects[predicate].append(number(_object(rest), len(ids)))


def _object(rest: bytes) -> bytes:
    """The object in what follows the predicate: without the graph's name and the full stop."""
    value = rest.removesuffix(b"\n")
    if value[-2:] != b" .":
        raise _unreadable(value)
    value = value[:-2]
    if value[:1] == b'"':
        end = value.find(b" ", value.rfind(b'"'))
        return value if end < 0 else value[:end]
    return value.partition(b" ")[0]


def _unreadable(line: bytes) -> InvalidInput:
    shown = line[:80].decode("utf-8", "replace")
    return InvalidInput(
        f"This line of a chunk is no N-Quads: {shown}. Write chunks with pyoxigraph.serialize."
    )


def read(text: bytes, context: Columns | None = None) -> Columns:
    """The columns of a chunk, with those of its context before them."""
    return read_lines(BytesIO(text), context)


def read_lines(lines: Iterable[bytes], context: Columns | None = None) -> Columns:
    """The columns of a chunk that comes in lines, with those of its context before them."""
    reading = _Reading(dict(context.ids) if context is not None else {})
    reading.read(lines)
    size, known = len(reading.ids), len(context) if context is not None else 0
    edges = dict(context.edges) if context is not None else {}
    written: dict[bytes, Edges] = {}
    own = np.zeros(size, np.bool_)
    own[known:] = True
    for predicate, subjects in reading.subjects.items():
        pairs = np.array(subjects, np.int64), np.array(reading.objects[predicate], np.int64)
        shared = edges.get(predicate, NO_EDGES)
        written[predicate] = _added(distinct(pairs, size), shared, known, size)
        own[written[predicate][0]] = True
        edges[predicate] = _joined(shared, written[predicate])
    return Columns(list(reading.ids), reading.ids, edges, written, own)


def _added(pairs: Edges, shared: Edges, known: int, size: int) -> Edges:
    """The pairs that are not shared already; only those between known terms can be."""
    old = (pairs[0] < known) & (pairs[1] < known)
    if old.any():
        keys = pairs[0][old] * size + pairs[1][old]
        old[old] = np.isin(keys, shared[0] * size + shared[1])
    return pairs[0][~old], pairs[1][~old]


def _joined(first: Edges, second: Edges) -> Edges:
    if not len(first[0]):
        return second
    return np.concatenate((first[0], second[0])), np.concatenate((first[1], second[1]))


def distinct(edges: Edges, size: int) -> Edges:
    """Each pair once, in the order of their first members; ``size`` is above every number."""
    keys = np.unique(edges[0] * size + edges[1])
    return keys // size, keys % size


def text_of(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Triples, in the spelling that :func:`read` compares."""
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def terms_of(texts: Iterable[bytes]) -> list[RdfTerm]:
    """Terms from their texts, in the same order; blank nodes keep their labels."""
    lines = b"".join(b"<urn:s> <urn:p> " + text + b" .\n" for text in texts)
    return [quad.object for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)]
