"""Asking the graph as it was at a time: RFC 7089, with the endpoint as its own TimeGate.

``Accept-Datetime`` chooses the version that was current then (pattern 1.2: one address, 200 with
Content-Location); an answer of an older version says from when it is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import base_of
from api.headers import RawHeaders, read_field
from api.problems import problem_of, problem_response
from api.writing.archive import Archive
from graph.engine.versions import Version
from graph.errors import InvalidInput, NotFound

VARYING: RawHeaders = [(b"vary", b"Accept-Datetime")]
"""What every answer of the newest version says to caches (RFC 7089, 2.1.2)."""
_VERSION = b"version="


class Memento:
    """Wraps an endpoint that takes ``version=N``."""

    def __init__(self, app: ASGIApp, archive: Archive) -> None:
        self._app = app
        self._archive = archive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the version that it asks for by a time."""
        query: bytes = scope["query_string"]
        given = read_field(scope, b"accept-datetime")
        if given is None and _VERSION not in query:
            await self._app(scope, receive, _varying(send))
            return
        try:
            version = self._version(query, given)
        except (InvalidInput, NotFound) as error:
            await problem_response(problem_of(error), scope)(scope, receive, send)
            return
        if version is None:
            await self._app(scope, receive, send)
            return
        asked = query if _VERSION in query else _asking(query, version)
        fields = _fields(scope, asked, version)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                own = message["headers"]
                if asked is not query:
                    own = [field for field in own if field[0] != b"cache-control"]
                    own.append((b"cache-control", b"no-cache"))
                message["headers"] = [*own, *fields]
            await send(message)

        await self._app({**scope, "query_string": asked}, receive, tell)

    def _version(self, query: bytes, given: str | None) -> Version | None:
        """The version asked for: by its number, which goes first, or by a time."""
        number = dict(parse_qsl(query.decode("latin-1"))).get("version", "")
        if number:
            sound = number.isascii() and number.isdecimal() and len(number) < 10
            return self._archive.get(int(number)) if sound else None
        return None if given is None else self._archive.at(_moment(given))


def _varying(send: Send) -> Send:
    """Say to caches that another time has another answer (RFC 7089, 2.1.2)."""

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *VARYING]
        await send(message)

    return tell


def _moment(given: str) -> datetime:
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        raise InvalidInput(
            f"Accept-Datetime: {given[:60]!r} is no date of HTTP. Write it as"
            " Sat, 24 Jan 2026 12:00:00 GMT (RFC 7089, 2.1.1)."
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _asking(query: bytes, version: Version) -> bytes:
    return b"&".join(filter(None, (query, _VERSION + b"%d" % version.number)))


def _fields(scope: Scope, asked: bytes, version: Version) -> RawHeaders:
    """Memento-Datetime, and where the original and this memento are (RFC 7089, 2)."""
    endpoint = base_of(Request(scope)) + scope["path"].removeprefix(scope["root_path"]).lstrip("/")
    pairs = parse_qsl(asked.decode("latin-1"), keep_blank_values=True)
    rest = urlencode([pair for pair in pairs if pair[0] != "version"])
    original = f"{endpoint}?{rest}" if rest else endpoint
    created = datetime.fromisoformat(version.created)
    fields = [
        (b"memento-datetime", format_datetime(created, usegmt=True).encode()),
        (b"vary", b"Accept-Datetime"),
        (b"link", f'<{original}>; rel="original timegate"'.encode()),
    ]
    if scope["method"] in ("GET", "HEAD"):
        fields.append((b"content-location", f"{endpoint}?{asked.decode('latin-1')}".encode()))
    return fields
