"""Run the command within this process, and keep what it prints."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from api import command


@dataclass(frozen=True)
class Ran:
    """An exit code, and what was printed on standard output and standard error."""

    code: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        return self.output.decode()

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.text.splitlines()]


def polemos(*arguments: str | Path, given: str = "") -> Ran:
    """Run ``polemos`` with these arguments and this standard input."""
    output, errors = io.BytesIO(), io.StringIO()
    stdout = io.TextIOWrapper(output, encoding="utf-8")
    with redirect_stdout(stdout), redirect_stderr(errors), patch("sys.stdin", io.StringIO(given)):
        code = command.run([str(argument) for argument in arguments])
        stdout.flush()
    return Ran(code, output.getvalue(), errors.getvalue())
