"""Whoever opens the folder finds in its page how each measurement is run."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tracked import CHECKOUT

FOLDER = CHECKOUT / "benchmarks"
RUN = '\nif __name__ == "__main__":'


def runnable(path: Path) -> bool:
    return RUN in path.read_text("utf-8")


def test_the_page_names_each_measurement() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    names = sorted(path.stem for path in FOLDER.glob("*.py") if runnable(path))

    assert "point_queries" in names
    assert [name for name in names if name not in page] == []


def test_make_runs_measurements_that_are_there() -> None:
    found = re.search(r"^MEASURED := (.+)$", (CHECKOUT / "Makefile").read_text("utf-8"), re.M)

    assert found is not None
    assert [name for name in found[1].split() if not runnable(FOLDER / f"{name}.py")] == []
