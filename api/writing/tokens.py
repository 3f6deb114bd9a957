"""Tokens that allow writing: made and revoked by command, kept as hashes only.

A token is 256 bits of chance, so its SHA-256 can be kept without a salt: nobody finds it by trying.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InvalidInput, NotFound

NAME = "tokens.json"
_MARK = "pol_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; times are ISO 8601, UTC."""

    name: str
    """Whoever holds it, as the log of writes says."""
    sha256: str
    made: str
    expires: str | None = None

    def valid(self, now: datetime) -> bool:
        """Whether it has not expired."""
        return self.expires is None or now < datetime.fromisoformat(self.expires)


class Tokens:
    """The tokens of a home folder; a change by command counts from the next request on."""

    def __init__(self, home: Path) -> None:
        self.path = home / NAME
        self._read: tuple[int, tuple[Token, ...]] = (0, ())

    def all(self) -> tuple[Token, ...]:
        """The tokens, in the order they were made."""
        try:
            changed = self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return ()
        if self._read[0] != changed:
            fields = json.loads(self.path.read_text("utf-8"))
            self._read = (changed, tuple(Token(**each) for each in fields))
        return self._read[1]

    def holder(self, token: str) -> str | None:
        """Whose valid token this is; every one is compared, each in the same time."""
        given = _hash(token)
        now = datetime.now(UTC)
        found = [each for each in self.all() if hmac.compare_digest(each.sha256, given)]
        return next((each.name for each in found if each.valid(now)), None)

    def make(self, name: str, expires: datetime | None = None) -> str:
        """Make a token; this is the only time that it is seen.

        Raises InvalidInput for a name that is taken or has other characters than a log can hold.
        """
        if not _NAME.fullmatch(name):
            raise InvalidInput(
                f"{name!r} is no name for a token. Use up to 64 letters, digits and any of . _ @ -"
            )
        token = _MARK + secrets.token_urlsafe(32)
        with self._changing() as tokens:
            if any(each.name == name for each in tokens):
                raise InvalidInput(
                    f"There is a token of the name {name} already. Revoke it, or choose another."
                )
            until = None if expires is None else expires.astimezone(UTC).isoformat()
            now = datetime.now(UTC).isoformat(timespec="seconds")
            tokens.append(Token(name, _hash(token), now, until))
        return token

    def revoke(self, name: str) -> None:
        """Let a token count no longer. Raises NotFound where none has the name."""
        with self._changing() as tokens:
            kept = [each for each in tokens if each.name != name]
            if len(kept) == len(tokens):
                known = ", ".join(each.name for each in tokens) or "none"
                raise NotFound(f"There is no token of the name {name}; there are: {known}.")
            tokens[:] = kept

    @contextmanager
    def _changing(self) -> Iterator[list[Token]]:
        """The tokens, to be changed by one process at a time and written by one rename."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            tokens = list(self.all())
            yield tokens
            written = self.path.with_suffix(".new")
            descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump([asdict(each) for each in tokens], file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            written.rename(self.path)
        finally:
            os.close(lock)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
