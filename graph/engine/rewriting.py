"""A query that is sent to the store in other words, and errors at their place in the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.engine.outline import Edit

_PLACE = re.compile(r"^error at (\d+):(\d+):")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text with parts replaced; the edits are in order and do not overlap."""

    original: str
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """What is sent."""
        at = 0
        parts = []
        for start, end, replacement in self.edits:
            parts += [self.original[at:start], replacement]
            at = end
        return "".join([*parts, self.original[at:]])

    def restored(self, error: SyntaxError) -> SyntaxError:
        """The parser's error at the place in the original that it is about."""
        found = _PLACE.match(str(error))
        if found is None or not self.edits:
            return error
        place = self._place(int(found[1]), int(found[2]))
        return SyntaxError(_PLACE.sub(f"error at {place[0]}:{place[1]}:", str(error)))

    def _place(self, line: int, column: int) -> tuple[int, int]:
        at = _offset(self.text, line, column)
        for start, end, replacement in self.edits:
            if at < start:
                break
            at = start if at < start + len(replacement) else at - len(replacement) + end - start
        before = self.original[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _offset(text: str, line: int, column: int) -> int:
    lines: Sequence[str] = text.split("\n")
    return min(sum(len(each) + 1 for each in lines[: line - 1]) + column - 1, len(text))
