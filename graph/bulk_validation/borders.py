"""Whether chunks can be validated apart: no shape may look from one chunk into another.

A finding on a node depends on what the shapes reach from it: over the properties of their paths,
onwards and backwards, and into the types of what they meet. All of that lies in the node's own
chunk and the context where these rules hold, and then each chunk alone has the findings that the
whole has:

1. A node is described (is the subject of triples) in one chunk alone, or in the context alone.
2. Where a shape follows a property onwards, its values are described in the same chunk, in the
   context or nowhere.
3. Where a shape follows a property backwards, what a chunk leads to by it is not of the context.

What breaks a rule is refused, never validated in part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.bulk_validation.columns import Columns, Ids, Mask
from graph.bulk_validation.constraints import looks_further
from graph.bulk_validation.paths import Predicate
from graph.bulk_validation.shapes import Shape
from graph.bulk_validation.targets import EndTarget
from graph.errors import EngineFailed

Digests = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Reach:
    """The properties by which the shapes go from node to node, and those whose values they pick."""

    onwards: frozenset[bytes]
    backwards: frozenset[bytes]
    picked: frozenset[bytes]


def reach(shapes: Iterable[Shape]) -> Reach:
    """How far shapes look."""
    followed: set[Predicate] = set()
    picked: set[bytes] = set()
    for shape in shapes:
        for target in shape.targets:
            followed |= target.predicates
            if isinstance(target, EndTarget) and target.objects:
                picked.add(target.predicate)
        path = shape.path
        plain = isinstance(path, Predicate) and not path.inverse
        if path is not None and not (plain and not any(map(looks_further, shape.constraints))):
            followed |= path.predicates
    backwards = frozenset(each.text for each in followed if each.inverse)
    return Reach(frozenset(each.text for each in followed), backwards, frozenset(picked))


@dataclass(frozen=True, slots=True)
class Border:
    """Digests of the nodes that a chunk describes, and of those it only refers to."""

    described: Digests
    mentioned: Digests


NO_BORDER = Border(np.empty(0, np.uint64), np.empty(0, np.uint64))
"""That of the context, which every chunk sees."""


def border(columns: Columns, context: Columns, reach: Reach) -> Border:
    """The border of a chunk; raises EngineFailed where it reaches into the context wrongly."""
    shared = len(context)
    described = _ends(columns, columns.written.keys(), 0)
    _refuse_redescribed(columns, context, described)
    led_to = _ends(columns, reach.backwards, 1)
    reached = np.flatnonzero(led_to[:shared])
    if len(reached):
        raise EngineFailed(
            f"A chunk leads to {_name(columns, reached)} of the context by a property that a shape"
            " follows backwards. Put what leads to it into the context too."
        )
    own_described = described | _ends(columns, reach.picked, 1)
    mentioned = _ends(columns, reach.onwards, 1) & ~own_described
    mentioned[:shared] &= ~_subjects(context)
    own_described[:shared] = False
    return Border(_digests(columns, own_described), _digests(columns, mentioned))


def _subjects(columns: Columns) -> Mask:
    marks = np.zeros(len(columns), np.bool_)
    for subjects, _ in columns.edges.values():
        marks[subjects] = True
    return marks


def _ends(columns: Columns, predicates: Iterable[bytes], end: int) -> Mask:
    """The subjects (0) or objects (1) of what a chunk writes with some properties."""
    marks = np.zeros(len(columns), np.bool_)
    for predicate in predicates:
        if predicate in columns.written:
            marks[columns.written[predicate][end]] = True
    return marks


def _refuse_redescribed(columns: Columns, context: Columns, described: Mask) -> None:
    again = np.flatnonzero(described[: len(context)] & _subjects(context))
    if len(again):
        raise EngineFailed(
            f"A chunk says more about {_name(columns, again)}, which the context describes."
            " Put everything about it into the context."
        )


def _name(columns: Columns, ids: Ids) -> str:
    return columns.terms[int(ids[0])].decode()


def _digests(columns: Columns, marks: Mask) -> Digests:
    """Eight bytes a node, literals left out."""
    ids: Ids = np.flatnonzero(marks)
    texts = (columns.terms[at] for at in ids.tolist())
    joined = b"".join(
        hashlib.blake2b(text, digest_size=8).digest() for text in texts if text[:1] != b'"'
    )
    return np.frombuffer(joined, np.uint64)


def refuse_crossed(borders: Iterable[Border]) -> None:
    """Raise EngineFailed where one chunk describes what another describes or refers to.

    The first border is the context's, so that chunks count from 1.
    """
    each = tuple(borders)
    described = np.concatenate([border.described for border in each] or [NO_BORDER.described])
    if not len(described):
        return
    described.sort()
    if (described[1:] == described[:-1]).any():
        raise EngineFailed(
            "Two chunks describe the same node. Put all triples about a node into one chunk, or"
            " into the context."
        )
    for at, border in enumerate(each):
        place = np.searchsorted(described, border.mentioned)
        if (described.take(place, mode="clip") == border.mentioned).any():
            raise EngineFailed(
                f"Chunk {at} refers to a node that another chunk describes, and a shape looks"
                " at it. Put both into one chunk, or the node into the context."
            )
