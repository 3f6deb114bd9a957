"""Old versions deleted by rule: never the current one, and never one that somebody reads."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from graph.engine.versions import Version, Versions


@dataclass(frozen=True, slots=True)
class Retention:
    """Which versions are kept: the newest so many, and all that are younger than so many days.

    A version goes only where it is kept by neither. Without any rule, all are kept.
    """

    newest: int | None = None
    days: float | None = None

    def __bool__(self) -> bool:
        """Whether there is a rule."""
        return self.newest is not None or self.days is not None

    def spent(self, versions: tuple[Version, ...], now: datetime) -> tuple[Version, ...]:
        """Those that no rule keeps, oldest first; never the newest."""
        if not self:
            return ()
        kept = max(self.newest or 1, 1)
        candidates = versions[: len(versions) - kept]
        if self.days is None:
            return candidates
        since = now - timedelta(days=self.days)
        return tuple(v for v in candidates if datetime.fromisoformat(v.created) < since)


def prune(versions: Versions, retention: Retention) -> tuple[int, ...]:
    """Delete the versions that no rule keeps and nobody reads; their numbers.

    Raises LimitReached where a version is being prepared, which may rest on one of them.
    """
    with versions.writing(patience=0.0):
        spent = retention.spent(versions.all(), datetime.now(UTC))
        return tuple(version.number for version in spent if _deleted(version, versions))


def _deleted(version: Version, versions: Versions) -> bool:
    """Delete a version that no reader holds (:class:`graph.engine.held.Hold`)."""
    descriptor = os.open(version.folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        versions.delete(version)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
