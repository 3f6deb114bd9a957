"""A publisher on this machine: it serves bytes with ranges, and can break off or misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODIFIED = "Mon, 08 Jun 2026 09:00:00 GMT"


@dataclass
class Publisher:
    """What is served; ``asked`` are the paths and headers of the requests so far."""

    body: bytes = b""
    content_type: str = "application/zip"
    status: int = 200
    tag: str = '"one"'
    breaks_after: list[int] = field(default_factory=list)
    """How many bytes each of the first requests gets before the connection ends."""
    ranges: bool = True
    pages: dict[str, Any] = field(default_factory=dict)
    """JSON answers by path and query, in place of the body."""
    token: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""


class Handler(BaseHTTPRequestHandler):
    """Answers for the publisher of its server."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        publisher = self.server.publisher
        publisher.asked.append((self.path, dict(self.headers)))
        if publisher.pages:
            self._page(publisher)
        else:
            self._body(publisher)

    def _page(self, publisher: Publisher) -> None:
        if self.headers.get("x-ucdp-access-token") != publisher.token:
            self._send(401, b"API token required", "text/plain", {})
            return
        page = publisher.pages.get(self.path)
        status = 404 if page is None else 200
        self._send(status, json.dumps(page).encode(), "application/json", {})

    def _body(self, publisher: Publisher) -> None:
        headers = {"ETag": publisher.tag, "Last-Modified": MODIFIED}
        asked = self.headers.get("Range") if publisher.ranges else None
        start = 0
        if asked and self.headers.get("If-Range") == publisher.tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        whole = publisher.body
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
        status = 206 if start else publisher.status
        self._send(status, whole[start:], publisher.content_type, headers)

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        breaks_after = self.server.publisher.breaks_after
        self.close_connection = bool(breaks_after)
        self.wfile.write(body[: breaks_after.pop(0)] if breaks_after else body)


class Server(ThreadingHTTPServer):
    """A server with its publisher."""

    def __init__(self, publisher: Publisher) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.publisher = publisher


@contextmanager
def serving(publisher: Publisher) -> Iterator[Publisher]:
    """Serve on a free port of this machine; ``publisher.address`` is where."""
    server = Server(publisher)
    publisher.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
