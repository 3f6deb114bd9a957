"""Made-up rows of a dataset in the model of the ontology, sound and with planted faults.

A row is an event with its record, participations, place, time and quantities, closed over the
ontology. Nothing here is taken from a dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.closure import closed
from graph.vocabulary import DCTERMS, POL, RDF, RDFS, XSD, entity

Value = ox.NamedNode | ox.Literal
RELEASE = entity("release", "made-up-1")
SIDES = (entity("actor", "made-up-side-a"), entity("actor", "made-up-side-b"))
PARTS = ("Total", "SideA", "SideB", "Civilian", "Unknown")
DECIMAL = XSD.decimal


@dataclass(frozen=True)
class Row:
    """What a row says; each default is sound, each field can be made wrong."""

    number: int
    low: str = "1"
    best: str = "2"
    high: str = "4"
    kind: str = "GroundBattle"
    start: str = "2026-01-24T00:00:00Z"
    end: str = "2026-01-25T00:00:00Z"
    latitude: str = "49.99"
    speaker: str = "Police"
    unit: str = "Person"
    modifier: str = "EstimateRange"
    labels: tuple[tuple[str, str], ...] = (("a made-up event", "en"),)
    release: ox.NamedNode = RELEASE
    missing: frozenset[str] = frozenset()
    """The local names of the properties to leave out."""

    def quads(self) -> Iterator[ox.Quad]:
        """What the row says, not closed."""
        event = entity("event", f"made-up-{self.number}")
        record = entity("record", f"made-up-{self.number}")
        for quad in (*self._record(record), *self._event(event, record)):
            if quad.predicate.value.rpartition("#")[2] not in self.missing:
                yield quad

    def _record(self, record: ox.NamedNode) -> Iterator[ox.Quad]:
        yield from _described(
            record,
            (RDF.type, POL.DatasetRecord),
            (POL.ofRelease, self.release),
            (POL.recordId, ox.Literal(str(self.number))),
            (POL.speakerText, ox.Literal(self.speaker)),
        )

    def _event(self, event: ox.NamedNode, record: ox.NamedNode) -> Iterator[ox.Quad]:
        place = entity("location", f"made-up-{self.number}")
        time = entity("time", f"made-up-{self.number}")
        yield from _described(
            event,
            (RDF.type, POL[self.kind]),
            (POL.place, place),
            (POL.time, time),
            (POL.accordingTo, record),
            *((RDFS.label, ox.Literal(text, language=tag)) for text, tag in self.labels),
        )
        yield from _described(
            place,
            (RDF.type, POL.Location),
            (POL.latitude, ox.Literal(self.latitude, datatype=DECIMAL)),
            (POL.longitude, ox.Literal("36.23", datatype=DECIMAL)),
            (POL.placePrecision, entity("place-precision", "Near")),
        )
        yield from _described(
            time,
            (RDF.type, POL.TimeSpan),
            (POL.earliestStart, ox.Literal(self.start, datatype=XSD.dateTime)),
            (POL.latestEnd, ox.Literal(self.end, datatype=XSD.dateTime)),
            (POL.datePrecision, entity("precision", "Day")),
        )
        for at, side in enumerate(SIDES):
            yield from self._participation(event, at, side)
        for part in PARTS:
            yield from self._quantity(event, record, part)

    def _participation(self, event: ox.NamedNode, at: int, side: ox.NamedNode) -> Iterator[ox.Quad]:
        participation = entity("participation", f"made-up-{self.number}-{at}")
        yield ox.Quad(event, POL.participation, participation)
        yield from _described(
            participation,
            (RDF.type, POL.Participation),
            (POL.participant, side),
            (POL.role, entity("role", "Belligerent")),
        )

    def _quantity(self, event: ox.NamedNode, record: ox.NamedNode, part: str) -> Iterator[ox.Quad]:
        quantity = entity("quantity", f"made-up-{self.number}-{part}")
        yield ox.Quad(event, POL.killed, quantity)
        bounds = (
            (POL.pointValue, self.best),
            (POL.lowerBound, self.low),
            (POL.upperBound, self.high),
        )
        yield from _described(
            quantity,
            (RDF.type, POL.ReportedQuantity),
            (POL.verbatim, ox.Literal(self.best)),
            (POL.modifier, entity("modifier", self.modifier)),
            (POL.unit, entity("unit", self.unit)),
            (POL.accordingTo, record),
            *((name, ox.Literal(text, datatype=XSD.integer)) for name, text in bounds if text),
        )


def surroundings() -> Iterator[ox.Quad]:
    """The dataset, its release and the two sides: what all rows share."""
    dataset = entity("dataset", "made-up")
    label = ox.Literal("made up", language="en")
    yield from _described(
        dataset,
        (RDF.type, POL.Dataset),
        (RDFS.label, label),
        (DCTERMS["license"], ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")),
    )
    yield from _described(
        RELEASE,
        (RDF.type, POL.DatasetRelease),
        (RDFS.label, label),
        (POL.ofDataset, dataset),
        (POL.release, ox.Literal("1")),
    )
    for side in SIDES:
        yield from _described(
            side,
            (RDF.type, POL.ArmedGroup),
            (RDFS.label, label),
            (POL.reason, ox.Literal("made up")),
        )


def quads(rows: Iterable[Row]) -> tuple[ox.Quad, ...]:
    """The rows, closed over the ontology."""
    return closed((quad for row in rows for quad in row.quads()), POL.quads)


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as a chunk holds them."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _described(subject: ox.NamedNode, *pairs: tuple[ox.NamedNode, Value]) -> Iterator[ox.Quad]:
    for predicate, value in pairs:
        yield ox.Quad(subject, predicate, value)
