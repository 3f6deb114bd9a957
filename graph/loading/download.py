"""Releases from their publisher's address, resumed where they broke off.

Beside ``ged261-csv.zip`` lies ``ged261-csv.zip.json`` with its address, size, digest and day; while
it comes, ``ged261-csv.zip.part`` and, in ``….part.tag``, what the publisher called this state, so
that a part of an older file is never continued with a newer one (RFC 9110, 13.1.5 and 14.2).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from graph.errors import NotFound, RemoteFailed
from graph.progress import Progress, silent

STEP = "download"
SECONDS = 60.0
TRIES = 3
BEGINNINGS = {".zip": b"PK\x03\x04"}
"""What a file of an ending begins with."""
PAGE = (b"<!doctype", b"<html")


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is here; ``modified`` is the publisher's day for it in ISO 8601, or empty."""

    path: Path
    address: str
    size: int
    sha256: str
    modified: str


class _BrokenOff(Exception):
    """The connection ended before the file did; what came is kept."""


def download(address: str, folder: Path, progress: Progress = silent) -> Downloaded:
    """Download a file into a folder, or find it there from before.

    Raises NotFound where the publisher has no such file, and RemoteFailed where the publisher
    cannot be reached, breaks off, or sends something else; what came so far is kept.
    """
    path = folder / address.rpartition("/")[2]
    if known := _known(path, address):
        return known
    folder.mkdir(parents=True, exist_ok=True)
    for tries_left in reversed(range(TRIES)):
        try:
            return _finished(path, address, _fetch(address, path, progress))
        except _BrokenOff as error:
            if not tries_left:
                raise RemoteFailed(
                    f"{address} broke off after {_part(path).stat().st_size:,} bytes ({error})."
                    " Run the command again: it goes on from there."
                ) from error
        except httpx.TransportError as error:
            raise RemoteFailed(
                f"{address} cannot be reached ({error}). If this machine is offline, download the"
                " file elsewhere and name it on the command line."
            ) from error
    raise AssertionError("every try returns or raises")


def _known(path: Path, address: str) -> Downloaded | None:
    """What was recorded of a file, where the file still has that size and address."""
    try:
        fields = json.loads(_note(path).read_text("utf-8"))
        known = Downloaded(path, **fields)
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None
    same = path.is_file() and path.stat().st_size == known.size and known.address == address
    return known if same and _digest(path) == known.sha256 else None


def _fetch(address: str, path: Path, progress: Progress) -> str:
    """Bring the rest of the file; returns the day of its last change as the publisher says."""
    part, tag = _part(path), path.with_name(f"{path.name}.part.tag")
    here = part.stat().st_size if part.exists() and tag.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if here:
        headers |= {"Range": f"bytes={here}-", "If-Range": tag.read_text("utf-8")}
    with (
        httpx.Client(follow_redirects=True, timeout=SECONDS) as client,
        client.stream("GET", address, headers=headers) as response,
    ):
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()
            raise _BrokenOff("the part kept from before does not fit")
        _refuse(response, address, path)
        begun = here if response.status_code == httpx.codes.PARTIAL_CONTENT else 0
        tag.write_text(_state(response), "utf-8")
        _receive(response, part, begun, path, progress)
        return _day(response)


def _refuse(response: httpx.Response, address: str, path: Path) -> None:
    if response.status_code == httpx.codes.NOT_FOUND:
        raise NotFound(f"The publisher has no {address}. Look whether the release is published.")
    if not response.is_success:
        raise RemoteFailed(
            f"{address} answered {response.status_code} {response.reason_phrase}. Try later."
        )
    if "html" in response.headers.get("Content-Type", ""):
        raise RemoteFailed(f"{address} is a page, no {path.suffix} file. Look at it in a browser.")


def _receive(
    response: httpx.Response, part: Path, begun: int, path: Path, progress: Progress
) -> None:
    total = begun + int(response.headers.get("Content-Length", 0))
    done = begun
    try:
        with part.open("ab" if begun else "wb") as file:
            for block in response.iter_raw():
                if done == 0:
                    _refuse_other(block, path, response)
                file.write(block)
                done += len(block)
                progress(STEP, done, max(total, done))
    except (httpx.ReadError, httpx.RemoteProtocolError, httpx.ReadTimeout) as error:
        raise _BrokenOff(str(error)) from error
    if total and done < total:
        raise _BrokenOff(f"{total:,} were announced")


def _refuse_other(block: bytes, path: Path, response: httpx.Response) -> None:
    expected = BEGINNINGS.get(path.suffix, b"")
    if not block.startswith(expected) or block[:9].lower().startswith(PAGE):
        raise RemoteFailed(
            f"What {response.url} sends is no {path.suffix} file. Look at it in a browser."
        )


def _finished(path: Path, address: str, modified: str) -> Downloaded:
    part = _part(path)
    done = Downloaded(path, address, part.stat().st_size, _digest(part), modified)
    fields = asdict(done)
    del fields["path"]
    part.rename(path)
    _note(path).write_text(json.dumps(fields, indent=2) + "\n", "utf-8")
    path.with_name(f"{path.name}.part.tag").unlink(missing_ok=True)
    return done


def _state(response: httpx.Response) -> str:
    """What names this state of the file; a weak tag cannot (RFC 9110, 13.1.5)."""
    tag = str(response.headers.get("ETag", ""))
    strong = tag if tag and not tag.startswith("W/") else ""
    return strong or str(response.headers.get("Last-Modified", ""))


def _day(response: httpx.Response) -> str:
    try:
        return parsedate_to_datetime(response.headers["Last-Modified"]).date().isoformat()
    except (KeyError, ValueError):
        return ""


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
