"""The access log: a line of JSON for each exchange."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any

from api.headers import read_field
from api.observation import QUERY, Exchange
from api.settings import Settings

STANDARD_OUTPUT = "-"
_LONGEST = 500
"""Characters of a field that a client chooses freely."""


class AccessLog:
    """Writes exchanges to a file, which may be moved away at any time, or to standard output.

    ``queries`` adds the texts of queries: they can say much about who asks, so it is off by
    default, and the query part of an address is left out with them.
    """

    def __init__(self, target: str, *, queries: bool = False) -> None:
        """Raise OSError where the file cannot be written."""
        self._queries = queries
        self._handler: logging.Handler = (
            logging.StreamHandler(sys.stdout)
            if target == STANDARD_OUTPUT
            else WatchedFileHandler(target, encoding="utf-8")
        )

    def __call__(self, exchange: Exchange) -> None:
        """Write a line."""
        line = json.dumps(self._fields(exchange), ensure_ascii=False)
        record = logging.LogRecord("access", logging.INFO, "", 0, "%s", (line,), None)
        self._handler.handle(record)

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._handler, WatchedFileHandler):
            self._handler.close()

    def _fields(self, exchange: Exchange) -> dict[str, Any]:
        scope = exchange.scope
        fields = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": exchange.client,
            "method": scope["method"],
            "path": scope["path"][:_LONGEST],
            "status": exchange.status,
            "bytes": exchange.sent,
            "seconds": round(exchange.seconds, 6),
            "agent": (read_field(scope, b"user-agent") or "")[:_LONGEST],
            "id": exchange.id,
        }
        if self._queries and QUERY in scope:
            fields["query"] = scope[QUERY]
        return fields


def access_logs(settings: Settings) -> tuple[AccessLog, ...]:
    """The log that the settings ask for, or none."""
    if not settings.access_log:
        return ()
    return (AccessLog(settings.access_log, queries=settings.log_queries),)
