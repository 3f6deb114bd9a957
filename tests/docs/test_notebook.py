"""The worked notebook runs from top to bottom against a server and draws what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.api.serving import Served

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook" / "first_steps.py"


def test_the_notebook_draws_a_plot_a_map_and_a_network(
    served_article: Served, tmp_path: Path
) -> None:
    environment = os.environ | {"POLEMOS": served_article.address, "MPLBACKEND": "Agg"}

    done = subprocess.run(
        [sys.executable, "-W", "error", NOTEBOOK],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Russia | attacked | Ukraine | Outlet of the report of 24 January 2026" in done.stdout
    drawn = {file.name: file.read_bytes()[:4] for file in tmp_path.glob("*.png")}
    assert drawn == {name: b"\x89PNG" for name in ("figures.png", "map.png", "network.png")}
