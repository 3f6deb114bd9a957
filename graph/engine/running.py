"""The queries that are running or waiting for a worker: who asked them, and how to stop one."""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from graph.engine.question import Question
from graph.errors import InvalidInput, LimitReached, NotFound, PolemosError, ShareUsedUp

Stop = Callable[[PolemosError], None]

ASKER: ContextVar[str] = ContextVar("ASKER", default="")
"""For whom the engine is asked, by address; empty where the server asks itself.

A context and no part of the question: what is asked does not depend on who asks, and no caller can
forget to say it.
"""
LONGEST_ID = 100
_ID_BYTES = 12
_ID_LENGTH = 16
"""Characters of base64 for as many bytes."""
_IDS_AT_ONCE = 256
_RETRY_AFTER = 1


def _nothing_to_stop(error: PolemosError) -> None:
    """Between two stages, :attr:`RunningQuery.stopped` alone tells."""


@dataclass(eq=False, slots=True)
class RunningQuery:
    """A query under way."""

    id: str
    """The asker's own name for it, or one that nobody guesses: whoever knows it may cancel it."""
    query: str
    asker: str
    """An address; empty where the server asks itself."""
    version: int
    began: float = field(default_factory=time.time)
    """In seconds since 1970."""
    stop: Stop = _nothing_to_stop
    """Ends the query at the stage it has come to, with an error for its asker."""
    stopped: PolemosError | None = None

    @property
    def since(self) -> datetime:
        """When it came."""
        return datetime.fromtimestamp(self.began, UTC)


class RunningQueries:
    """All queries under way.

    ``share``: so many of one asker may run or wait at once, 0 for no limit. Addresses of the
    machine itself are exempt, and so is the server's own asking.
    """

    def __init__(self, share: int = 0) -> None:
        self.share = share
        self.refused = 0
        """How many queries were refused because their asker's share was used up."""
        self._queries: dict[str, RunningQuery] = {}
        self._by_asker: Counter[str] = Counter()
        self._ids: list[str] = []

    def __len__(self) -> int:
        """How many queries are under way."""
        return len(self._queries)

    def __iter__(self) -> Iterator[RunningQuery]:
        """The queries, those that came first first."""
        return iter(tuple(self._queries.values()))

    def begin(self, question: Question, version: int) -> RunningQuery:
        """Enter a query of the context's asker.

        Raises ShareUsedUp, and InvalidInput for an id that is in use.
        """
        asker = ASKER.get()
        self._judge(asker)
        id = question.id or self._new_id()
        if id in self._queries:
            raise InvalidInput(
                f"A query with the id {id[:LONGEST_ID]!r} is running already: choose another id."
            )
        query = RunningQuery(id, question.query, asker, version)
        self._queries[id] = query
        self._by_asker[query.asker] += 1
        return query

    def end(self, query: RunningQuery) -> None:
        """Strike a query out, once it has ended; to do so again changes nothing."""
        if self._queries.get(query.id) is query:
            del self._queries[query.id]
            self._by_asker[query.asker] -= 1
            if not self._by_asker[query.asker]:
                del self._by_asker[query.asker]

    def cancel(self, id: str) -> None:
        """End a query, its asker getting LimitReached. Raises NotFound where none has the id."""
        query = self._queries.get(id)
        if query is None:
            raise NotFound(
                f"No query with the id {id[:LONGEST_ID]!r} is running; it may have ended meanwhile."
            )
        query.stopped = LimitReached("The query was cancelled while it ran.")
        query.stop(query.stopped)

    def _new_id(self) -> str:
        """An id that nobody guesses; many are made at once, since the system is asked for each."""
        if not self._ids:
            made = secrets.token_urlsafe(_ID_BYTES * _IDS_AT_ONCE)
            self._ids = [made[at : at + _ID_LENGTH] for at in range(0, len(made), _ID_LENGTH)]
        return self._ids.pop()

    def _judge(self, asker: str) -> None:
        if self.share and self._by_asker[asker] >= self.share and not _exempt(asker):
            self.refused += 1
            raise ShareUsedUp(
                f"{self.share} queries from {asker} are running or waiting already, the most for"
                " one client: try again when one has ended.",
                _RETRY_AFTER,
            )


@lru_cache(maxsize=4096)
def _exempt(asker: str) -> bool:
    """Whether this is the server itself, or a program on the same machine."""
    if not asker:
        return True
    try:
        return ipaddress.ip_address(asker).is_loopback
    except ValueError:
        return False
