"""The steps of a long piece of work: how far it is, and how long each took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done and how much there is to do."""

T = TypeVar("T")


def silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


class Steps:
    """The steps of one piece of work; ``seconds`` holds the wall time of each that is finished."""

    def __init__(self, progress: Progress = silent) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}

    def over(self, step: str, items: Sequence[T]) -> Iterator[T]:
        """The items, one after the other; a step of as many parts."""
        began = time.perf_counter()
        self.progress(step, 0, len(items))
        for done, item in enumerate(items, start=1):
            yield item
            self.progress(step, done, len(items))
        self.seconds[step] = time.perf_counter() - began

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """A step whose parts are told to the progress by whoever does them."""
        began = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - began

    @contextmanager
    def one(self, step: str) -> Iterator[None]:
        """A step of one part."""
        for _ in self.over(step, (None,)):
            yield
