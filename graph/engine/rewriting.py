"""A query that is sent to the store in other words, and errors at their place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.engine.outline import Edit

_PLACE = re.compile(r"^error at (\d+):(\d+):")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text with parts replaced; the edits are in order and do not overlap."""

    original: str
    edits: tuple[Edit, ...] = ()
    earlier: Rewritten | None = None
    """What the original is itself made of, where it is."""

    def again(self, edits: Iterable[Edit]) -> Rewritten:
        """This text with further parts replaced."""
        return Rewritten(self.text, tuple(edits), self)

    @property
    def first(self) -> str:
        """The text as it was before anything was replaced."""
        return self.original if self.earlier is None else self.earlier.first

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
        """The parser's error at the place in the first text that it is about."""
        found = _PLACE.match(str(error))
        if found is None:
            return error
        line, column = self._place(int(found[1]), int(found[2]))
        moved = SyntaxError(_PLACE.sub(f"error at {line}:{column}:", str(error)))
        return moved if self.earlier is None else self.earlier.restored(moved)

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
