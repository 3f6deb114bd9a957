"""The files of the project, by the name they have in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def tracked_files(*endings: str) -> dict[str, Path]:
    """The files under version control that are present and have one of the endings, if given."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True, text=True
    ).stdout
    names = [name for name in listed.split("\0") if name.endswith(endings or ("",))]
    found = {name: CHECKOUT / name for name in names if (CHECKOUT / name).is_file()}
    assert found, f"no file ends in {endings}"
    return found
