"""What goes over the socket between the server and a worker: frames of a kind, a length, bytes.

A request is one frame; several may be sent at once, and are answered in their order. An answer is
one WHOLE frame where it is small, else HEAD, any number of DATA, and END. ERROR may come in the
place of any of these but after END, and ends the answer. LEFT stands for an answer: the worker has
not begun on the question, because another before it took long.
"""

from __future__ import annotations

import marshal
import struct
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

_FRAME = struct.Struct("!BI")
_TRUNCATED, _KEEPABLE = 1, 2


class Kind(IntEnum):
    """What a frame holds."""

    REQUEST = 0
    READY = 1
    WHOLE = 2
    HEAD = 3
    DATA = 4
    END = 5
    ERROR = 6
    LEFT = 7


CLOSING = frozenset((Kind.WHOLE, Kind.END, Kind.ERROR, Kind.LEFT))
"""The last frame of an answer is one of these."""


class Request(NamedTuple):
    """A question as a worker gets it: with the store to ask, and how many rows it may give."""

    store: str
    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results_format: str | None
    graph_format: str | None
    bindings: dict[str, str]
    rows: int
    base: str = ""

    def to_bytes(self) -> bytes:
        """The request's frame.

        By marshal, the fastest there is: both ends are the same interpreter and trust each other.
        """
        return frame(Kind.REQUEST, marshal.dumps(tuple(self)))

    @staticmethod
    def from_bytes(payload: bytes) -> Request:
        """What :meth:`to_bytes` wrote, without the frame."""
        return Request(*marshal.loads(payload))


class Head(NamedTuple):
    """What is known of an answer before its bytes."""

    media_type: str
    truncated: bool
    keepable: bool
    """Whether the same question has the same answer each time, on the same version."""

    def to_bytes(self) -> bytes:
        """Flags, length of the media type, media type."""
        return _head_bytes(self)

    @staticmethod
    def from_bytes(payload: bytes) -> tuple[Head, bytes]:
        """A head, and the bytes behind it (the body in a WHOLE frame)."""
        end = 2 + payload[1]
        return _head(payload[:end]), payload[end:]


@lru_cache(maxsize=64)
def _head_bytes(head: Head) -> bytes:
    flags = _TRUNCATED * head.truncated | _KEEPABLE * head.keepable
    return bytes((flags, len(head.media_type))) + head.media_type.encode("ascii")


@lru_cache(maxsize=64)
def _head(written: bytes) -> Head:
    flags = written[0]
    return Head(written[2:].decode("ascii"), bool(flags & _TRUNCATED), bool(flags & _KEEPABLE))


def frame(kind: int, payload: bytes = b"") -> bytes:
    """A frame's bytes; no more than 4 GiB."""
    return _FRAME.pack(kind, len(payload)) + payload


class Inbox:
    """Bytes as they come in, given out frame by frame."""

    def __init__(self) -> None:
        self._rest = b""

    def frames(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The kinds and payloads that are complete with ``data``; the rest waits for more."""
        if self._rest:
            data = self._rest + data
        start = 0
        while len(data) - start >= _FRAME.size:
            kind, length = _FRAME.unpack_from(data, start)
            end = start + _FRAME.size + length
            if end > len(data):
                break
            yield kind, data[start + _FRAME.size : end]
            start = end
        self._rest = data[start:]
