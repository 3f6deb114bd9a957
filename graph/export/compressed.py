"""Zstandard (RFC 8878) between a writer and its stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import zstandard

_LEVEL = 6


@contextmanager
def zstd(stream: BinaryIO) -> Iterator[BinaryIO]:
    """What is written to this goes compressed to the stream, which stays open."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    with compressor.stream_writer(stream, closefd=False) as compressed:
        yield cast(BinaryIO, compressed)
