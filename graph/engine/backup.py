"""Backups of a home: made while it is served and written to, checked file by file when restored.

A backup is a folder, or an archive (``.tar``, ``.tar.gz``, ``.tgz``, ``.tar.zst``), of some
versions and of whatever else the home holds (tokens, the log of writes), with
``polemos-backup.json``: the SHA-256 of each file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import zstandard

from graph.engine.versions import Version, Versions
from graph.errors import InvalidInput, NotFound

MANIFEST = "polemos-backup.json"
SNAPSHOT = "backup-"
"""How the folders in a home begin that hold what is being backed up or restored."""
_LEFT_BEHIND = ("versions", "drafts", "writer.lock")
_WRITERS_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    path: Path
    numbers: tuple[int, ...]
    bytes: int


def back_up(versions: Versions, target: Path, numbers: tuple[int, ...] = ()) -> Backup:
    """Write a backup of the newest version, or of those given by number.

    Writers wait only while files are linked, readers not at all. Raises InvalidInput where the
    target exists or is no format known, NotFound where there is no such version.
    """
    if target.exists():
        raise InvalidInput(f"{target} exists already. Choose another name, or remove it first.")
    writing = _writer(target)
    with _snapshot(versions, numbers) as (folder, kept):
        size = _write_manifest(folder, kept)
        partial = target.with_name(f".{target.name}.partial")
        _remove(partial)
        writing(folder, partial)
        partial.rename(target)
    return Backup(target, kept, size)


@contextmanager
def _snapshot(
    versions: Versions, numbers: tuple[int, ...]
) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """A folder with the versions and the other files as they are at one moment."""
    if not versions.home.is_dir():
        raise NotFound(f"There is no folder {versions.home}.")
    with tempfile.TemporaryDirectory(prefix=SNAPSHOT, dir=versions.home) as name:
        folder = Path(name)
        with versions.writing(_WRITERS_PATIENCE):
            chosen = [versions.get(number) for number in numbers] or _newest(versions)
            for version in chosen:
                target = folder / "versions" / str(version.number)
                shutil.copytree(version.folder, target, copy_function=os.link)
            _copy_others(versions.home, folder)
        yield folder, tuple(sorted(version.number for version in chosen))


def _newest(versions: Versions) -> list[Version]:
    current = versions.current()
    if current is None:
        raise NotFound(f"No version is published in {versions.home}: there is nothing to back up.")
    return [current]


def _copy_others(home: Path, folder: Path) -> None:
    """Files that may still grow or change are copied, not linked."""
    for path in home.iterdir():
        if path.name in _LEFT_BEHIND or path.name.startswith(SNAPSHOT):
            continue
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        else:
            shutil.copy2(path, folder / path.name)


def _write_manifest(folder: Path, numbers: tuple[int, ...]) -> int:
    files = {str(path.relative_to(folder)): path for path in _files(folder)}
    manifest = {
        "versions": numbers,
        "files": {name: _digest(path) for name, path in sorted(files.items())},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return sum(path.stat().st_size for path in files.values())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _as_folder(folder: Path, target: Path) -> None:
    """By links where both are on one disk: a version's files never change."""
    try:
        shutil.copytree(folder, target, copy_function=os.link)
    except (OSError, shutil.Error):
        _remove(target)
        shutil.copytree(folder, target)


def _as_archive(mode: str) -> Callable[[Path, Path], None]:
    def write(folder: Path, target: Path) -> None:
        with tarfile.open(target, mode) as archive:  # type: ignore[call-overload]  # mode is a literal there
            archive.add(folder, arcname=".")
        _to_disk(target)

    return write


def _as_zstd(folder: Path, target: Path) -> None:
    with (
        target.open("wb") as file,
        zstandard.ZstdCompressor().stream_writer(file) as coded,
        tarfile.open(fileobj=cast(IO[bytes], coded), mode="w|") as archive,
    ):
        archive.add(folder, arcname=".")
    _to_disk(target)


_WRITERS: Mapping[str, Callable[[Path, Path], None]] = {
    ".tar.zst": _as_zstd,
    ".tar.gz": _as_archive("w:gz"),
    ".tgz": _as_archive("w:gz"),
    ".tar": _as_archive("w"),
    "": _as_folder,
}
"""By the end of the target's name; a name without any end is a folder's."""


def _writer(target: Path) -> Callable[[Path, Path], None]:
    for ending, writer in _WRITERS.items():
        if ending and target.name.endswith(ending):
            return writer
    if target.suffix:
        known = ", ".join(filter(None, _WRITERS))
        raise InvalidInput(f"{target.name}: a backup is a folder, or a file that ends in {known}.")
    return _as_folder


def restore(source: Path, versions: Versions) -> tuple[Version, ...]:
    """Bring back what a backup holds, once every file in it is found whole.

    Into an empty home everything comes back as it was, numbers and all. Where versions are
    published, the backup's newest becomes the next one, so that the history has one direction, and
    nothing else is touched. Raises InvalidInput where the backup is not whole.
    """
    versions.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=SNAPSHOT, dir=versions.home) as name:
        folder = Path(name) / "restored"
        _unpack(source, folder)
        numbers = _checked(folder)
        restored = Versions(folder)
        if versions.current() is None:
            return _bring_back(folder, numbers, versions)
        newest = restored.get(numbers[-1])
        return (versions.take_over(newest, f"restored from {source.name}"),)


def _bring_back(folder: Path, numbers: tuple[int, ...], versions: Versions) -> tuple[Version, ...]:
    with versions.writing():
        for path in folder.iterdir():
            if path.name not in (*_LEFT_BEHIND, MANIFEST):
                path.rename(versions.home / path.name)
        published = versions.home / "versions"
        published.mkdir(exist_ok=True)
        for number in numbers:
            (folder / "versions" / str(number)).rename(published / str(number))
    return tuple(versions.get(number) for number in numbers)


def _unpack(source: Path, folder: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, folder)
        return
    try:
        with source.open("rb") as file:
            if source.name.endswith(".zst"):
                with zstandard.ZstdDecompressor().stream_reader(file) as plain:
                    _extract(plain, "r|", folder)
            else:
                _extract(file, "r:*", folder)
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise InvalidInput(f"{source} is no backup that can be read: {error}.") from error
    except FileNotFoundError:
        raise NotFound(f"There is no backup {source}.") from None


def _extract(file: object, mode: str, folder: Path) -> None:
    """Unpack files and folders; whatever else an archive can hold has no place here.

    Versions share files, which an archive holds once and as hard links to it; the filter refuses
    those that lead out of the folder.
    """
    with tarfile.open(fileobj=cast(IO[bytes], file), mode=mode) as archive:  # type: ignore[call-overload]  # mode is a literal there
        for member in archive:
            if not (member.isfile() or member.isdir() or member.islnk()):
                raise InvalidInput(f"The backup holds {member.name}, which is no file: refused.")
            archive.extract(member, folder, filter="data")


def _checked(folder: Path) -> tuple[int, ...]:
    """The numbers of a backup's versions. Raises InvalidInput where a file is not as it was."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        expected: dict[str, str] = manifest["files"]
        numbers = tuple(sorted(int(number) for number in manifest["versions"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"This is no backup: {MANIFEST} is missing or broken.") from error
    found = {str(path.relative_to(folder)): _digest(path) for path in _files(folder)}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise InvalidInput(
                f"The backup is not whole: {name} is missing, added or changed. Nothing was"
                " restored; use another backup."
            )
    if not numbers:
        raise InvalidInput("The backup holds no version.")
    return numbers


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
