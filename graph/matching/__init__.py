"""Events of different sources that may be one incident: proposed, scored, published.

A proposal is a pol:IncidentMatch with its score, features and method, and a
pol:possiblySameIncidentAs between the two events; never owl:sameAs. It says nothing that either
source does not say, and can be dropped again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.engine.store import Writing
from graph.engine.versions import Versions
from graph.errors import InvalidInput, NotFound
from graph.matching.incidents import incidents
from graph.matching.scoring import THRESHOLD, matches
from graph.vocabulary import POL, RDF, XSD, entity

METHOD = "polemos match 1"
FEATURES = {
    "score": POL.score,
    "days": POL.daysApart,
    "kilometres": POL.kilometresApart,
    "actors": POL.actorSimilarity,
    "type": POL.typeSimilarity,
}


@dataclass(frozen=True, slots=True)
class Matched:
    """What a matching came to; ``version`` is the current one now, new where ``published``."""

    version: int
    published: bool
    events: tuple[int, int]
    matches: int


def match(home: Path, left: str, right: str, threshold: float = THRESHOLD) -> Matched:
    """Propose which events of two sources are one incident, and publish the proposals.

    Proposals of the same method between the two that were there before are replaced. Raises
    NotFound where there is no graph or no such source, InvalidInput where a source has no events.
    """
    if left == right:
        raise InvalidInput("Name two sources: events of one source are told apart by itself.")
    with Versions(home).draft() as draft:
        if draft.parent is None:
            raise NotFound(f"There is no graph in {home} yet. Run “polemos build” first.")
        sides = incidents(draft, left), incidents(draft, right)
        found = matches(*sides, threshold)
        proposed = set(match_quads(found))
        held = set(_held(draft, *sides))
        events = len(sides[0]), len(sides[1])
        if proposed == held:
            return Matched(draft.parent.number, False, events, len(found))
        draft.remove(held - proposed)
        draft.extend(sorted(proposed - held, key=str))
        facts = {"match": {"sources": [left, right], "threshold": threshold, "found": len(found)}}
        version = draft.publish(f"match {left} {right}", facts)
        return Matched(version.number, True, events, len(found))


def match_quads(found: pl.DataFrame) -> Iterator[ox.Quad]:
    """The proposals as quads."""
    for row in found.iter_rows(named=True):
        left, right = ox.NamedNode(row["left"]), ox.NamedNode(row["right"])
        digest = hashlib.sha256(f"{left.value} {right.value}".encode()).hexdigest()[:16]
        node = entity("incident-match", digest)
        yield ox.Quad(left, POL.possiblySameIncidentAs, right)
        yield ox.Quad(node, RDF.type, POL.IncidentMatch)
        yield ox.Quad(node, POL.matchedEvent, left)
        yield ox.Quad(node, POL.matchedEvent, right)
        yield ox.Quad(node, POL.method, ox.Literal(METHOD))
        for name, property in FEATURES.items():
            value = f"{row[name]:.4f}".rstrip("0").rstrip(".")
            yield ox.Quad(node, property, ox.Literal(value, datatype=XSD.decimal))


def _held(draft: Writing, left: pl.DataFrame, right: pl.DataFrame) -> Iterator[ox.Quad]:
    """The proposals that the graph holds between events of two frames."""
    sides = set(left["event"]), set(right["event"])
    for typed in draft.quads(None, RDF.type, POL.IncidentMatch, ox.DefaultGraph()):
        assert isinstance(typed.subject, ox.NamedNode)
        of = {
            quad.object.value: quad.object
            for quad in draft.quads(typed.subject, POL.matchedEvent, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.NamedNode)
        }
        if of.keys() & sides[0] and of.keys() & sides[1]:
            yield from draft.quads(typed.subject, None, None, ox.DefaultGraph())
            for event in of.values():
                yield from draft.quads(event, POL.possiblySameIncidentAs, None, ox.DefaultGraph())


__all__ = ["METHOD", "THRESHOLD", "Matched", "match", "match_quads"]
