"""Chunks of a dataset against the shapes, in this process or in several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from graph.bulk_validation.borders import NO_BORDER, Border, border, reach, refuse_crossed
from graph.bulk_validation.columns import Columns, read, read_lines, text_of
from graph.bulk_validation.evaluation import Evaluation
from graph.bulk_validation.shapes import read_shapes
from graph.bulk_validation.workers import in_processes
from graph.finding import Finding
from graph.progress import Progress, silent

STEP = "validate"

Chunk = Path | bytes
Context = Iterable[ox.Quad] | bytes
"""Quads, or the text of many of them, spelled as in a chunk."""


class Chunks(Protocol):
    """Chunks that are counted, and made as they are asked for."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Chunk]: ...


@dataclass(frozen=True, slots=True)
class Validated:
    """The findings on one chunk, and what must be compared with other chunks' borders."""

    findings: tuple[Finding, ...]
    border: Border


class BulkValidator:
    """The shapes and a context, read once, to hold any number of chunks against.

    Raises InvalidInput for shapes that are wrong or use what is not known here.
    """

    def __init__(
        self, context: Context, shapes: Iterable[ox.Quad], more: Path | None = None
    ) -> None:
        """``more``: a file of more context, spelled as a chunk is."""
        self._shapes = read_shapes(shapes)
        self._reach = reach(self._shapes)
        self._context = _read_context(_text(context), more)

    def context(self) -> Validated:
        """The findings on the context itself."""
        return Validated(Evaluation(self._context).findings(self._shapes), NO_BORDER)

    def chunk(self, chunk: Chunk) -> Validated:
        """The findings on what one chunk describes.

        Raises EngineFailed where the chunk changes what the context says, InvalidInput where it is
        not N-Quads as pyoxigraph writes them. The caller hands the borders of all chunks to
        :func:`graph.bulk_validation.borders.refuse_crossed`.
        """
        columns = read(chunk.read_bytes() if isinstance(chunk, Path) else chunk, self._context)
        edge = border(columns, self._context, self._reach)
        return Validated(Evaluation(columns).findings(self._shapes), edge)


def validate_chunks(
    chunks: Chunks,
    context: Context,
    shapes: Iterable[ox.Quad],
    *,
    more: Path | None = None,
    workers: int | None = None,
    apart: bool = False,
    progress: Progress = silent,
) -> Iterator[Finding]:
    """The findings that :func:`graph.validation.validate` has on context and chunks together.

    First those on the context, then chunk by chunk, as they are ready; ``progress`` counts chunks.
    A chunk is N-Quads as pyoxigraph writes them (graph names play no part), closed over the
    ontology, a file or the bytes themselves; some thousand rows of a dataset are a good size.
    The context is what chunks share and look at: ontology, codes, reference entities, what rows
    have in common; ``more`` is a file of more of it. ``workers`` are processes, one a core where
    nothing is said; a single one is this process itself, unless it is to be ``apart``: then a chunk
    is validated while the next one is made.

    Raises InvalidInput for shapes that are wrong or use what is not known here, and EngineFailed,
    at the end, where chunks cannot be told apart (:mod:`graph.bulk_validation.borders`).
    """
    given = _text(context), tuple(shapes), more
    count = min(workers or os.cpu_count() or 1, len(chunks))
    progress(STEP, 0, len(chunks))
    tasks: Iterator[Chunk | None] = chain((None,), chunks)
    validated = (
        in_processes(_prepared, given, tasks, count)
        if count > 1 or (count and apart)
        else map(_prepared(*given), tasks)
    )
    borders: list[Border] = []
    for done, each in enumerate(validated):
        borders.append(each.border)
        yield from each.findings
        if done:
            progress(STEP, done, len(chunks))
    refuse_crossed(borders)


def _text(context: Context) -> bytes:
    return context if isinstance(context, bytes) else text_of(context)


def _read_context(text: bytes, more: Path | None) -> Columns:
    with ExitStack() as files:
        lines: Iterable[bytes] = BytesIO(text)
        if more is not None:
            lines = chain(lines, files.enter_context(more.open("rb")))
        return read_lines(lines)


def _prepared(
    context: bytes, shapes: tuple[ox.Quad, ...], more: Path | None
) -> Callable[[Chunk | None], Validated]:
    """A function that validates a chunk, or the context where there is none."""
    validator = BulkValidator(context, shapes, more)
    return lambda chunk: validator.context() if chunk is None else validator.chunk(chunk)
