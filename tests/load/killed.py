"""Load, and be killed as by ``kill -9`` when a stage has come so far.

Run as ``python -m tests.load.killed HOME RELEASE STAGE DONE``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from graph.loading import Release, load
from tests.load.homes import DAYS
from tests.sources.cells import DATA, SOURCE


def main(home: str, release: str, stage: str, done: str) -> None:
    def progress(reached: str, part: int, total: int) -> None:
        if (reached, part) == (stage, int(done)):
            os.kill(os.getpid(), signal.SIGKILL)

    path = DATA / f"ged-{release.replace('.', '-')}.csv"
    load(Path(home), SOURCE, Release(release, (path,), DAYS[release]), progress)


if __name__ == "__main__":
    main(*sys.argv[1:])
