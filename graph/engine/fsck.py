"""Whether what a home holds is whole: every version opened, read from end to end and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from graph.engine.backup import SNAPSHOT
from graph.engine.versions import Version, Versions
from graph.errors import PolemosError
from graph.formats import RDF_FORMATS


@dataclass(frozen=True, slots=True)
class Checked:
    """A version and what was found out about it."""

    number: int
    quads: int
    digest: str
    """SHA-256 of its N-Quads in the store's order: two versions with the same quads share it."""
    fault: str = ""


class _Counted:
    """A stream that keeps nothing but a digest and the number of lines."""

    def __init__(self) -> None:
        self.lines = 0
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Take a piece."""
        self.lines += data.count(b"\n")
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def check(versions: Versions) -> Iterator[Checked]:
    """Read each version, oldest first."""
    for number in versions.numbers():
        try:
            yield _read(versions.get(number))
        except (PolemosError, OSError, RuntimeError, ValueError, TypeError) as error:
            yield Checked(number, 0, "", f"cannot be read: {error}")


def _read(version: Version) -> Checked:
    """Every term of every quad is read, so every block of the files, against its checksum."""
    counted = _Counted()
    version.read().dump(cast(IO[bytes], counted), RDF_FORMATS["nquads"])
    fault = ""
    if counted.lines != version.quads:
        fault = f"has {counted.lines:,} quads, and {version.quads:,} by its version.json"
    elif len(version.read()) != counted.lines:
        fault = "counts another number of quads than it holds: its indexes differ"
    return Checked(version.number, counted.lines, counted.digest, fault)


def _inside(home: Path, name: str) -> list[Path]:
    folder = home / name
    return list(folder.iterdir()) if folder.is_dir() else []


def leftovers(versions: Versions) -> tuple[str, ...]:
    """What killed processes left behind; while somebody writes or backs up, it is theirs."""
    home = versions.home
    drafts = [f"drafts/{path.name}" for path in sorted(_inside(home, "drafts"))]
    snapshots = [path.name for path in sorted(home.glob(f"{SNAPSHOT}*"))]
    strangers = [
        f"versions/{path.name}"
        for path in sorted(_inside(home, "versions"))
        if not path.name.isdecimal()
    ]
    return (*drafts, *snapshots, *strangers)
