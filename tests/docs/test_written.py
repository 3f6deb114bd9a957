"""Pages and pictures that are written from the graph are up to date."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("script", ["docs/terms/write.py", "docs/picture/draw.py"])
def test_what_a_script_writes_is_what_stands_in_the_repository(script: str) -> None:
    done = subprocess.run([sys.executable, script, "--check"], check=False)

    assert done.returncode == 0, f"Run: python {script}"
