"""A graph of made-up events on top of the shipped one, to export and to query.

``publish(home, events)`` builds the shipped graph and publishes a version with so many attacks
more: 31 statements each (``synthetic_events.nq``), among 1,000 actors, at a location for every 20
of them. Every label says “Synthetic … no real event”. The numbers run in a fixed pattern: the same
count gives the same graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from graph.build import build
from graph.engine.versions import Version, Versions
from graph.formats import RDF_FORMATS
from graph.vocabulary import ID, POL, RDF, RDFS, XSD

PATTERN = Path(__file__).with_suffix(".nq")
ACTORS = 1_000
EVENTS_AT_A_PLACE = 20
PART = 2_000
"""Events in a part of the document."""
_FIRST = date(2000, 1, 1)
_BASES = {
    "<ID/": f"<{ID}",
    "<RDF#": f"<{RDF.base}",
    "<RDFS#": f"<{RDFS.base}",
    "<POL#": f"<{POL.base}",
    "<XSD#": f"<{XSD.base}",
}


def pattern(text: str) -> str:
    """Statements with the namespaces in full."""
    for short, base in _BASES.items():
        text = text.replace(short, base)
    return text


def statements(events: int) -> Iterator[bytes]:
    """The N-Quads of so many events with what they name, in parts."""
    yield pattern("".join(map(_actor, range(ACTORS)))).encode()
    for start in range(0, events // EVENTS_AT_A_PLACE + 1, PART):
        places = range(start, min(start + PART, events // EVENTS_AT_A_PLACE + 1))
        yield pattern("".join(map(_place, places))).encode()
    one = pattern(PATTERN.read_text(encoding="utf-8"))
    for start in range(0, events, PART):
        numbers = range(start, min(start + PART, events))
        yield "".join(_event(one, number) for number in numbers).encode()


def _event(one: str, n: int) -> str:
    filled = {
        "n": n,
        "day": _FIRST + timedelta(days=n % 9_000),
        "place": n // EVENTS_AT_A_PLACE,
        "attacker": n % ACTORS,
        "target": (n * 7 + 1) % ACTORS,
        "killed": n % 30,
    }
    return one.format_map(filled)


def _actor(n: int) -> str:
    at = f"<ID/actor/synthetic-{n}>"
    return (
        f"{at} <RDF#type> <POL#ArmedGroup> .\n{at} <RDF#type> <POL#Actor> .\n"
        f'{at} <RDFS#label> "Synthetic group {n}, no real one"@en .\n'
    )


def _place(n: int) -> str:
    at = f"<ID/location/synthetic-{n}>"
    return (
        f"{at} <RDF#type> <POL#Location> .\n{at} <RDF#type> <POL#Place> .\n"
        f'{at} <RDFS#label> "Synthetic place {n}, no real one"@en .\n'
        f'{at} <POL#longitude> "{n % 3600 / 10 - 180:.1f}"^^<XSD#decimal> .\n'
        f'{at} <POL#latitude> "{n % 1500 / 10 - 75:.1f}"^^<XSD#decimal> .\n'
        f"{at} <POL#within> <ID/region/ukraine> .\n"
    )


def publish(home: Path, events: int) -> Version:
    """Publish a version with so many events in a home of its own."""
    build(home)
    versions = Versions(home)
    with versions.draft() as draft:
        draft.load_parts(statements(events), RDF_FORMATS["nquads"])
        return draft.publish(f"{events:,} synthetic events", {})
