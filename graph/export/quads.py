"""Quads on their way from the engine's dump to a format that the engine does not write itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import RawIOBase
from typing import Any

import pyoxigraph as ox

_PIECE_BYTES = 256 * 1024


class Quads(RawIOBase):
    """A stream that N-Quads are written to; ``take`` gets their quads, some thousands at a time.

    Whoever made it closes it, so that ``take`` gets the rest.
    """

    def __init__(self, take: Callable[[Iterator[ox.Quad]], None]) -> None:
        self._take = take
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        if len(self._waiting) >= _PIECE_BYTES:
            self._give(self._waiting.rfind(b"\n") + 1)
        return len(data)

    def finish(self) -> None:
        """Give what is left."""
        self._give(len(self._waiting))

    def _give(self, size: int) -> None:
        """Hand over so many bytes, whole lines: no line of N-Quads holds a line break."""
        if size:
            lines = bytes(self._waiting[:size])
            del self._waiting[:size]
            self._take(ox.parse(lines, ox.RdfFormat.N_QUADS))
