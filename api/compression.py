"""Answers made smaller on the way: gzip (RFC 1952) and zstd (RFC 8878) by Accept-Encoding.

A coded answer is another representation, so its strong entity tag is another too (RFC 9110,
8.8.3.3): ``"abc"`` becomes ``"abc+gzip"``. What comes back in If-None-Match loses its mark before
the application sees it, and gets it back on a 304; so nothing else knows of codings.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol

import zstandard
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import RawHeaders

WORTH_IT = 1_400
"""Bytes: what is shorter goes in one packet anyway."""
_GZIP_LEVEL = 4
_ZSTD_LEVEL = 3
_COMPRESSIBLE = re.compile(
    rb"text/|application/(?:[\w.-]+\+)?(?:json|xml)|application/(?:n-triples|n-quads|trig|javascript)"
    rb"|image/svg"
)


class Coder(Protocol):
    """Codes a stream piece by piece; each piece can be decoded when it arrives."""

    def code(self, data: bytes) -> bytes:
        """A piece, flushed."""
        ...

    def end(self) -> bytes:
        """What closes the stream."""
        ...


class Gzip:
    """RFC 1952."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)

    def code(self, data: bytes) -> bytes:
        """A piece, flushed."""
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        """What closes the stream."""
        return self._stream.flush()


class Zstd:
    """RFC 8878, in frames that every decoder must accept (a window of 8 MB at most: RFC 9659)."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()

    def code(self, data: bytes) -> bytes:
        """A piece, flushed."""
        return self._stream.compress(data) + self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def end(self) -> bytes:
        """What closes the stream."""
        return self._stream.flush()


CODERS: Mapping[str, Callable[[], Coder]] = {"zstd": Zstd, "gzip": Gzip}
"""The codings, the better ones first: they decide where the client likes several equally."""


@lru_cache(maxsize=256)
def choose_coding(accept_encoding: bytes) -> str | None:
    """The coding of an answer (RFC 9110, section 12.5.3); None leaves it as it is."""
    qualities = _qualities(accept_encoding)
    wanted = {name: qualities.get(name, qualities.get("*", 0.0)) for name in CODERS}
    wanted["gzip"] = max(wanted["gzip"], qualities.get("x-gzip", 0.0))
    best = max(wanted, key=lambda name: wanted[name])
    plain = qualities.get("identity", 0.0)
    return best if wanted[best] > 0 and wanted[best] >= plain else None


def _qualities(accept_encoding: bytes) -> dict[str, float]:
    qualities: dict[str, float] = {}
    for element in accept_encoding.decode("latin-1").lower().split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        quality = "1"
        for parameter in parameters:
            if parameter.startswith("q="):
                quality = parameter[2:]
        try:
            qualities[name] = min(float(quality), 1.0)
        except ValueError:
            qualities[name] = 0.0
    return qualities


class Compression:
    """Middleware: codes what is worth it, for clients that ask."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer may be coded."""
        if scope["type"] == "http":
            for name, value in scope["headers"]:
                if name == b"accept-encoding" and (coding := choose_coding(value)):
                    send = Coded(coding, scope, send).send
                    break
        await self._app(scope, receive, send)


class Coded:
    """One answer on its way through a coder."""

    def __init__(self, coding: str, scope: Scope, send: Send) -> None:
        self._coding = coding
        self._send = send
        self._start: Message | None = None
        self._coder: Coder | None = None
        self._mark = b'+%s"' % coding.encode()
        self._head = scope["method"] == "HEAD"
        self._known = _unmark(scope, self._mark)

    async def send(self, message: Message) -> None:
        """Take a message of the application's answer."""
        if message["type"] == "http.response.start":
            self._start = message
            if message["status"] == 304 and self._known:
                message["headers"] = _marked(message["headers"], self._mark)
        elif message["type"] == "http.response.body":
            await self._take(message)
        else:
            await self._send(message)

    async def _take(self, message: Message) -> None:
        more = message.get("more_body", False)
        body = message.get("body", b"")
        if self._start is not None:
            if self._worth(self._start, len(body), more):
                self._coder = CODERS[self._coding]()
                self._start["headers"] = _coded(self._start["headers"], self._coding, self._mark)
            await self._send(self._start)
            self._start = None
        if self._coder is not None and not self._head:
            body = self._coder.code(body) if body else b""
            body += b"" if more else self._coder.end()
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    def _worth(self, start: Message, size: int, more: bool) -> bool:
        """Whether an answer is long enough, of a kind that shrinks, and not coded already."""
        fields = dict(start["headers"])
        length = int(fields.get(b"content-length", b"0")) if self._head else size
        return (
            (more or length >= WORTH_IT)
            and start["status"] not in (204, 206, 304)
            and b"content-encoding" not in fields
            and _COMPRESSIBLE.match(fields.get(b"content-type", b"")) is not None
        )


def _coded(headers: RawHeaders, coding: str, mark: bytes) -> RawHeaders:
    """The fields of a coded answer: its length is not known before it is coded."""
    kept = [(name, value) for name, value in headers if name != b"content-length"]
    return [*_varied(_marked(kept, mark)), (b"content-encoding", coding.encode())]


def _marked(headers: RawHeaders, mark: bytes) -> RawHeaders:
    return [
        (name, value[:-1] + mark if name == b"etag" and value.endswith(b'"') else value)
        for name, value in headers
    ]


def _varied(headers: RawHeaders) -> RawHeaders:
    """Say that the answer depends on Accept-Encoding, where it does not say so yet."""
    if any(name == b"vary" and b"accept-encoding" in value.lower() for name, value in headers):
        return headers
    return [*headers, (b"vary", b"Accept-Encoding")]


def _unmark(scope: Scope, mark: bytes) -> bool:
    """Take the codings' marks off If-None-Match; tell whether it held one of this coding.

    A tag of another coding is left as it is, and so matches nothing.
    """
    known = False
    for at, (name, value) in enumerate(scope["headers"]):
        if name == b"if-none-match" and mark in value:
            scope["headers"][at] = (name, value.replace(mark, b'"'))
            known = True
    return known
