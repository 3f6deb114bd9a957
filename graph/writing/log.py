"""The log of all writes: who, when, what, with which outcome; one line of JSON each.

Lines are only ever added. What a published version holds is noted in its version.json as well, by
the same rename that publishes it; so where the process was killed before its line was written, the
line is written when the next one starts.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from graph.engine.versions import Version, Versions

Entry = Mapping[str, Any]

NAME = "writes.jsonl"


class WriteLog:
    """The log under a home folder; any number of processes may add to it."""

    def __init__(self, home: Path) -> None:
        self.path = home / NAME

    def entries(self) -> Iterator[dict[str, Any]]:
        """The entries, oldest first; a line that was broken off is passed over."""
        try:
            with self.path.open(encoding="utf-8") as lines:
                for line in lines:
                    if line.endswith("\n"):
                        yield json.loads(line)
        except FileNotFoundError:
            return

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries, and have them on the disk."""
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        if text:
            with self._open() as log:
                log.write(text.encode())

    def reconcile(self, versions: Versions) -> int:
        """Add what published versions hold and the log lacks; the number of entries added.

        To be called where no version is being prepared.
        """
        logged: set[str] = set()
        last = 0
        for entry in self.entries():
            logged.add(entry["id"])
            last = max(last, entry.get("version") or 0)
        newer = (versions.get(number) for number in versions.numbers() if number >= last)
        missing = [
            entry for version in newer for entry in written(version) if entry["id"] not in logged
        ]
        self.append(missing)
        return len(missing)

    def _open(self) -> _Appending:
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        return _Appending(os.fdopen(descriptor, "a+b"))


class _Appending:
    """The log's file while one process adds to it: a broken line is cut, then all is synced."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __enter__(self) -> IO[bytes]:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        size = self._file.seek(0, os.SEEK_END)
        self._file.truncate(_end_of_last_line(self._file, size))
        return self._file

    def __exit__(self, *_: object) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())


def _end_of_last_line(file: IO[bytes], size: int) -> int:
    step = 64 * 1024
    at = size
    while at > 0:
        begin = max(0, at - step)
        file.seek(begin)
        found = file.read(at - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        at = begin
    return 0


def written(version: Version) -> tuple[Entry, ...]:
    """The entries of the writes that a version was published for."""
    return tuple(version.facts.get("writes", ()))
