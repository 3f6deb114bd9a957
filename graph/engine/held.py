"""A hold on a published version: while somebody has one, it is not pruned."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from graph.errors import NotFound


class Hold:
    """Keeps a version's folder from being deleted, for as long as this object lives."""

    def __init__(self, folder: Path) -> None:
        """Raises NotFound where the folder is gone, or on its way."""
        self._descriptor = -1
        try:
            self._descriptor = os.open(folder, os.O_RDONLY)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (FileNotFoundError, BlockingIOError):
            raise NotFound(f"There is no version in {folder} any longer.") from None

    def __del__(self) -> None:
        """Let go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
