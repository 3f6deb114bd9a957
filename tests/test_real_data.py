"""That a test of real data fails in continuous integration rather than being skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tracked import CHECKOUT

SKIPPING = """
import pytest

@pytest.mark.real_data
def test_it():
    pytest.skip("for no good reason")
"""


@pytest.mark.parametrize(
    ("ci", "present", "outcome"),
    [("true", True, "1 failed"), ("true", False, "1 skipped"), ("", True, "1 skipped")],
)
def test_skipping_real_data_that_is_there(
    ci: str, present: bool, outcome: str, tmp_path: Path
) -> None:
    shutil.copy(CHECKOUT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = real_data\n", "utf-8")
    (tmp_path / "test_it.py").write_text(SKIPPING, "utf-8")
    data = tmp_path if present else tmp_path / "absent"

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "POLEMOS_REAL_DATA": str(data), "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
    )

    assert outcome in ran.stdout.splitlines()[-1]
