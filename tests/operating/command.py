"""``polemos serve`` as a process of its own, for as long as a block lasts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0
_START = "import sys; from api.command import main; main(sys.argv[1:])"


@contextmanager
def polemos_serve(
    home: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start it on a free port; the process and its address, with a slash at the end."""
    command = [sys.executable, "-c", _START, "serve", "--home", str(home), "--port", "0"]
    process = subprocess.Popen(
        [*command, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    with process:
        try:
            yield process, _address(process)
        finally:
            process.kill()
            process.wait(_PATIENCE)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r" at (http://\S+/) ", line):
            return found[1]
    raise AssertionError(f"the server ended with {process.wait(_PATIENCE)} before it listened")
