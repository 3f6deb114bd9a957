"""Rows in order, each once, in memory that does not grow with their number.

The store would hold all rows to sort them or to find those that are alike. Here so many at a time
are sorted and kept in a temporary file, and read back merged: external merge sort.
"""

from __future__ import annotations

import heapq
import marshal
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import IO, TypeAlias

Texts: TypeAlias = tuple[str, ...]

RUN = 20_000
"""Rows sorted at a time: some ten megabytes."""
_BATCH = 50


class Sorted:
    """Rows in the order of their texts, without those that are alike; iterated as often as wanted.

    They are read when this is made. The temporary file goes when this does.
    """

    def __init__(self, rows: Iterable[Texts], run: int = RUN) -> None:
        self._file: IO[bytes] | None = None
        self._starts: list[tuple[int, int]] = []
        self._last: list[Texts] = []
        remaining = iter(rows)
        while found := sorted(set(islice(remaining, run))):
            if self._last:
                self._keep(self._last)
            self._last = found

    def __iter__(self) -> Iterator[Texts]:
        runs: list[Iterable[Texts]] = [self._read(start, end) for start, end in self._starts]
        merged = heapq.merge(*runs, self._last)
        return (row for row, _ in groupby(merged))

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def _keep(self, rows: list[Texts]) -> None:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115  # it lives as long as this does
        start = self._file.seek(0, 2)
        for at in range(0, len(rows), _BATCH):
            marshal.dump(rows[at : at + _BATCH], self._file)
        self._starts.append((start, self._file.tell()))

    def _read(self, at: int, end: int) -> Iterator[Texts]:
        assert self._file is not None
        while at < end:
            self._file.seek(at)
            batch = marshal.load(self._file)
            at = self._file.tell()
            yield from batch
