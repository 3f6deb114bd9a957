"""Chunks of a dataset against the shapes, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from graph.bulk_validation.borders import NO_BORDER, Border, border, reach, refuse_crossed
from graph.bulk_validation.columns import read, text_of
from graph.bulk_validation.evaluation import Evaluation
from graph.bulk_validation.shapes import read_shapes
from graph.errors import EngineFailed
from graph.finding import Finding
from graph.progress import Progress, silent

STEP = "validate"
AHEAD = 1
"""Chunks given out beyond one a worker."""

Chunk = Path | bytes
Context = Iterable[ox.Quad] | bytes
"""Quads, or the text of many of them, spelled as in a chunk."""
Given = tuple[bytes, tuple[ox.Quad, ...]]
"""The text of the context, and the shapes."""


@dataclass(frozen=True, slots=True)
class Validated:
    """The findings on one chunk, and what must be compared with other chunks' borders."""

    findings: tuple[Finding, ...]
    border: Border


class BulkValidator:
    """The shapes and a context, read once, to hold any number of chunks against.

    Raises InvalidInput for shapes that are wrong or use what is not known here.
    """

    def __init__(self, context: Context, shapes: Iterable[ox.Quad]) -> None:
        self._shapes = read_shapes(shapes)
        self._reach = reach(self._shapes)
        self._context = read(_text(context))

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
    chunks: Sequence[Chunk],
    context: Context,
    shapes: Iterable[ox.Quad],
    *,
    workers: int | None = None,
    progress: Progress = silent,
) -> Iterator[Finding]:
    """The findings that :func:`graph.validation.validate` has on context and chunks together.

    First those on the context, then chunk by chunk, as they are ready; ``progress`` counts chunks.
    A chunk is N-Quads as pyoxigraph writes them (graph names play no part), closed over the
    ontology, a file or the bytes themselves; some thousand rows of a dataset are a good size.
    The context is what chunks share and look at: ontology, codes, reference entities, what rows
    have in common. ``workers`` are processes, one a core where nothing is said.

    Raises InvalidInput for shapes that are wrong or use what is not known here, and EngineFailed,
    at the end, where chunks cannot be told apart (:mod:`graph.bulk_validation.borders`).
    """
    given = _text(context), tuple(shapes)
    count = min(workers or os.cpu_count() or 1, len(chunks))
    progress(STEP, 0, len(chunks))
    validated = _in_processes(chunks, given, count) if count > 1 else _here(chunks, given)
    borders: list[Border] = []
    for done, each in enumerate(validated):
        borders.append(each.border)
        yield from each.findings
        if done:
            progress(STEP, done, len(chunks))
    refuse_crossed(borders)


def _text(context: Context) -> bytes:
    return context if isinstance(context, bytes) else text_of(context)


def _here(chunks: Sequence[Chunk], given: Given) -> Iterator[Validated]:
    """The context, then the chunks, in this process."""
    validator = BulkValidator(*given)
    yield validator.context()
    yield from map(validator.chunk, chunks)


_validators: list[BulkValidator] = []
"""The one validator of a worker process."""


def _open(*given: *Given) -> None:
    _validators[:] = [BulkValidator(*given)]


def _validate(chunk: Chunk | None) -> Validated:
    """Validate a chunk, or the context where there is none."""
    (validator,) = _validators
    return validator.context() if chunk is None else validator.chunk(chunk)


def _in_processes(chunks: Sequence[Chunk], given: Given, count: int) -> Iterator[Validated]:
    """The context, then the chunks in their order, few of them given out at a time."""
    read_shapes(given[1])  # What is wrong with the shapes is said here, not by a dying worker.
    waiting: deque[Future[Validated]] = deque()
    start = multiprocessing.get_context("forkserver")
    start.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(count, start, _open, given) as pool:
        try:
            for chunk in chain((None,), chunks):
                waiting.append(pool.submit(_validate, chunk))
                if len(waiting) > count + AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise EngineFailed(
                "A process that validates was killed, perhaps for want of memory. Load again, with"
                " smaller chunks or fewer workers."
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)
