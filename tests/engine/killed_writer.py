"""A writer that is killed at one point of its work: ``python killed_writer.py HOME POINT``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.engine import versions
from graph.engine.versions import Versions
from tests.engine.things import thing


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def replace(owner: Any, name: str) -> Callable[[], None]:
    """A point of death: where something of ``owner`` is called."""
    return lambda: setattr(owner, name, die)


def after_renaming() -> None:
    written = versions._sync

    def sync(path: Path) -> None:
        written(path)
        if path.name == "versions":
            die()

    versions._sync = sync


POINTS: dict[str, Callable[[], None]] = {
    "making the draft": replace(versions, "checkpoint"),
    "writing": replace(versions.Draft, "extend"),
    "sealing": replace(versions, "_write_note"),
    "flushing": replace(versions, "_to_disk"),
    "renaming": replace(Path, "rename"),
    "after renaming": after_renaming,
}


def main(home: Path, point: str) -> None:
    POINTS[point]()
    with Versions(home).draft() as draft:
        draft.extend([thing(1_000_000)])
        draft.publish("killed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
