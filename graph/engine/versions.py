"""The versions of the graph under one home folder.

::

    home/writer.lock              held by the one process that prepares a version
    home/drafts/<random>/work/    the store that is being written
    home/drafts/<random>/sealed/  what will be published: store/ and version.json
    home/versions/<N>/            a published version; the highest number is the current one

A draft is written in ``work``; ``sealed`` is a checkpoint of it (hard links) that nobody ever
opens for writing, flushed to disk before one rename publishes it. Whoever dies before the rename
leaves a draft behind, which the next draft removes: the writer's lock tells that it is nobody's.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from graph.engine.store import Reading, Writing, checkpoint, open_store
from graph.errors import EngineFailed, LimitReached, NotFound

_POLL_SECONDS = 0.05


class Parent(Enum):
    """What a draft starts from, where it is not a version or nothing."""

    CURRENT = "the version that is current once the writer's lock is held"


CURRENT: Final = Parent.CURRENT


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; ``facts`` are what its making wished to note (stages, seconds)."""

    folder: Path
    number: int
    created: str
    """ISO 8601, UTC."""
    reason: str
    parent: int | None
    quads: int
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    store: Path = field(init=False, repr=False, compare=False)
    """The folder of the store's files."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "store", self.folder / "store")

    def read(self) -> Reading:
        """The version's quads, opened for reading."""
        return open_store(self.store)


class Versions:
    """The versions under ``home``, and the making of the next one."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._published = home / "versions"
        self._drafts = home / "drafts"

    def numbers(self) -> tuple[int, ...]:
        """The numbers of the published versions, ascending: one directory listing."""
        try:
            names = os.listdir(self._published)
        except FileNotFoundError:
            return ()
        return tuple(sorted(int(name) for name in names if name.isdecimal()))

    def current(self) -> Version | None:
        """The published version with the highest number; None before the first."""
        numbers = self.numbers()
        return self.get(numbers[-1]) if numbers else None

    def all(self) -> tuple[Version, ...]:
        """Every published version, oldest first."""
        return tuple(self.get(number) for number in self.numbers())

    def get(self, number: int) -> Version:
        """One version. Raises NotFound, naming those that exist."""
        folder = self._published / str(number)
        try:
            fields = json.loads((folder / "version.json").read_text("utf-8"))
        except FileNotFoundError:
            known = ", ".join(map(str, self.numbers())) or "none yet"
            raise NotFound(f"There is no version {number}; published: {known}.") from None
        return Version(folder, **fields)

    @contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[None]:
        """Keep everybody else from preparing a version; raises LimitReached where one does."""
        with self._writer(patience):
            yield

    def delete(self, version: Version) -> None:
        """Delete a version, within :meth:`writing`; it is out of the list before its files go."""
        rubbish = self._drafts / secrets.token_hex(8)
        self._drafts.mkdir(exist_ok=True)
        version.folder.rename(rubbish)
        shutil.rmtree(rubbish, ignore_errors=True)

    @contextmanager
    def draft(
        self, parent: Version | Parent | None = CURRENT, *, patience: float = 0.0
    ) -> Iterator[Draft]:
        """A draft of the next version: on top of the current one, or (None) from nothing.

        Left without :meth:`Draft.publish`, it is deleted. ``patience``: how many seconds to wait
        for another writer. Raises LimitReached where another writer is at work, or where
        ``parent`` is no longer the current version, so that no change is lost.
        """
        with self._writer(patience):
            current = self.current()
            base = current if parent is CURRENT else parent
            if base is not None and base != current:
                raise LimitReached(
                    f"Version {base.number} is no longer current: a newer one was published"
                    " meanwhile. Start again from the current version.",
                    retry_after=1,
                )
            with self._draft(base) as draft:
                yield draft

    def roll_back(self, number: int, reason: str) -> Version:
        """Publish a new version that holds what version ``number`` holds: history stays linear."""
        restored = self.get(number)
        with self._writer(patience=0.0), self._draft(restored) as draft:
            return draft.publish(reason, {"restores": number})

    def take_over(self, version: Version, reason: str) -> Version:
        """Publish what a version of another home holds as the next version of this one."""
        with self._writer(patience=0.0), self._draft(version) as draft:
            return draft.publish(reason, {**version.facts, "restores": version.number})

    @contextmanager
    def _draft(self, base: Version | None) -> Iterator[Draft]:
        self._remove_abandoned()
        folder = self._drafts / secrets.token_hex(8)
        folder.mkdir(parents=True)
        draft = Draft(folder, self._published, base, self._next())
        try:
            yield draft
        finally:
            draft.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _next(self) -> int:
        return max(self.numbers(), default=0) + 1

    def _remove_abandoned(self) -> None:
        """Delete drafts of killed processes: with the lock held, no draft here is alive."""
        if self._drafts.is_dir():
            for folder in self._drafts.iterdir():
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writer(self, patience: float) -> Iterator[None]:
        """Hold the writer's lock; the system frees it when the process ends, however it ends."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "writer.lock").open("a+", encoding="utf-8") as lock:
            _lock(lock, time.monotonic() + patience)
            lock.truncate(0)
            lock.write(f"process {os.getpid()} since {_now()}")
            lock.flush()
            yield


class Draft(Writing):
    """A version in the making."""

    def __init__(self, folder: Path, published: Path, parent: Version | None, number: int) -> None:
        self.parent = parent
        self.number = number
        self._folder = folder
        self._published = published
        work = folder / "work"
        if parent is not None:
            checkpoint(parent.store, work)
        super().__init__(ox.Store(work))

    @property
    def folder(self) -> Path:
        """Where whoever prepares the draft may keep files meanwhile: it goes with the draft."""
        return self._folder

    def publish(self, reason: str, facts: Mapping[str, Any] | None = None) -> Version:
        """Make this the current version; the draft is closed afterwards.

        ``facts`` must be values that JSON can hold.
        """
        sealed = self._folder / "sealed"
        sealed.mkdir()
        self._store.flush()
        self._store.backup(sealed / "store")
        parent = None if self.parent is None else self.parent.number
        folder = self._published / str(self.number)
        version = Version(folder, self.number, _now(), reason, parent, len(self), facts or {})
        _write_note(sealed / "version.json", version)
        self.close()
        _to_disk(sealed)
        self._published.mkdir(exist_ok=True)
        try:
            sealed.rename(folder)
        except OSError as error:
            raise EngineFailed(f"Version {self.number} cannot be published: {error}") from error
        _sync(self._published)
        return version

    def close(self) -> None:
        """Let go of the store."""
        self._opened = None


def _lock(lock: IO[str], deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                lock.seek(0)
                raise LimitReached(
                    f"Another version is being prepared ({lock.read() or 'just begun'})."
                    " Wait until it is published or its process ends.",
                    retry_after=5,
                ) from None
        time.sleep(_POLL_SECONDS)


def _write_note(path: Path, version: Version) -> None:
    fields = asdict(version)
    del fields["folder"], fields["store"]
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _to_disk(folder: Path) -> None:
    """Have the system write a folder, with all that is in it, to the disk."""
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
