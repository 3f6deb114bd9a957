"""The index over a version on the disk, as the server makes it of the engine's answers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from graph.engine.store import Reading
from graph.engine.versions import Versions
from graph.formats import RESULTS_FORMATS
from graph.reconciliation.comparison import Comparison
from graph.reconciliation.entities import READ, query
from graph.reconciliation.index import Index, read_index
from graph.reconciliation.properties import Values, find_property, properties, read_values


@cache
def opened(home: Path) -> tuple[Reading, Index]:
    version = Versions(home).current()
    assert version is not None
    reading = version.read()
    return reading, read_index({name: answered(reading, query(name)) for name in READ})


def answered(reading: Reading, text: str) -> str:
    stream = io.BytesIO()
    reading.serialized(text, stream, RESULTS_FORMATS["csv"])
    return stream.getvalue().decode()


class Whole(Mapping[str, Values]):
    """The values of each property of a version, read when they are asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._read: dict[str, Values] = {}

    def __getitem__(self, id: str) -> Values:
        if id not in self._read:
            self._read[id] = read_values(answered(self._reading, find_property(id).query))
        return self._read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(properties())

    def __len__(self) -> int:
        return len(properties())


def comparing(home: Path) -> Comparison:
    reading, index = opened(home)
    return Comparison(index, Whole(reading))
