"""Build, and be killed as by ``kill -9`` when a stage has come so far.

Run as ``python -m tests.build.killed HOME ARTICLES STAGE DONE``.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from graph.build import build
from tests.curation import tiny


def main(home: str, articles: str, stage: str, done: str) -> None:
    def progress(reached: str, part: int, total: int) -> None:
        if (reached, part) == (stage, int(done)):
            os.kill(os.getpid(), signal.SIGKILL)

    build(Path(home), replace(tiny.sources(), articles=Path(articles)), progress)


if __name__ == "__main__":
    main(*sys.argv[1:])
