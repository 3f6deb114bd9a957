"""Small answers kept in memory: a version never changes, so its answers do not either."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

_OVERHEAD = 1_000
"""Bytes that an entry takes besides its body and key: objects, table, ordering."""


class Kept(NamedTuple):
    """An answer's media type and bytes."""

    media_type: str
    truncated: bool
    body: bytes


class KeptAnswers:
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.bytes = 0
        self._most = most_bytes
        self._answers: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def get(self, key: Hashable) -> Kept | None:
        """The kept answer, now the last to be dropped."""
        entry = self._answers.get(key)
        if entry is None:
            return None
        self._answers.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, answer: Kept, key_bytes: int) -> None:
        """Keep an answer, and drop those asked for longest ago where there is no room."""
        size = len(answer.body) + key_bytes + _OVERHEAD
        if size > self._most:
            return
        previous = self._answers.pop(key, None)
        self.bytes += size - (previous[1] if previous is not None else 0)
        self._answers[key] = (answer, size)
        while self.bytes > self._most:
            _, (_, dropped) = self._answers.popitem(last=False)
            self.bytes -= dropped
