"""The way of a SERVICE call out of a worker: through a forwarder that keeps to the limits.

pyoxigraph makes requests itself and takes no limits for them. So each address in a query is
replaced by one of a forwarder inside the worker's own process, which listens on loopback under a
path that nobody can guess, and calls the endpoint by :mod:`graph.engine.reaching`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from graph.engine.outbound import Outbound, refuse_outbound, service_calls
from graph.engine.outline import Edit
from graph.errors import PolemosError, Refused, RemoteFailed

_LOOPBACK = "127.0.0.1"
_LONGEST_QUERY = 16 * 1024**2


class Forwarder:
    """Forwards the calls of one query at a time; it begins to listen with the first."""

    def __init__(self, outbound: Outbound) -> None:
        self.failure: PolemosError | None = None
        """Why the query's last call that failed did so."""
        self._outbound = outbound
        self._secret = secrets.token_urlsafe(24)
        self._targets: dict[str, str] = {}
        """The endpoints of the query, by the paths that stand for them."""
        self._calls = 0
        self._server: ThreadingHTTPServer | None = None

    def edits(self, query: str) -> Iterator[Edit]:
        """Let a query, already judged, call the forwarder in place of each endpoint."""
        self.failure = None
        self._calls = 0
        self._targets = {}
        for call in service_calls(query):
            yield call.start, call.end, f"<{self._address(self._path(call.address))}>"

    def judge(self, query: str) -> None:
        """Raise Refused where a query would still call anything but the forwarder."""
        try:
            refuse_outbound(query, [self._address(path) for path in self._targets])
        except Refused:
            raise Refused(
                "The query calls SERVICE in a way that cannot be followed. Write the word and its"
                " address without escapes, with spaces around them."
            ) from None

    def forward(self, path: str, query: bytes, accept: str) -> tuple[str, bytes]:
        """Call the endpoint that a path stands for. Raises members of the error family."""
        from graph.engine.reaching import fetch  # the HTTP client takes 0.05 s to load

        self._calls += 1
        try:
            if self._calls > self._outbound.calls:
                raise RemoteFailed(
                    f"The query calls endpoints elsewhere more than {self._outbound.calls} times."
                    " Put SERVICE before what multiplies its rows, or inside a subquery."
                )
            return fetch(self._targets[path], query, accept, self._outbound)
        except PolemosError as error:
            self.failure = error
            raise

    def knows(self, path: str) -> bool:
        """Whether a path stands for an endpoint of the query."""
        given = path.encode()
        return any(secrets.compare_digest(known.encode(), given) for known in self._targets)

    def _path(self, endpoint: str) -> str:
        known = next((path for path, each in self._targets.items() if each == endpoint), None)
        path = known or f"/{self._secret}/{len(self._targets)}"
        self._targets[path] = endpoint
        return path

    def _address(self, path: str) -> str:
        return f"http://{_LOOPBACK}:{self._listening().server_port}{path}"

    def _listening(self) -> ThreadingHTTPServer:
        if self._server is None:
            self._server = ThreadingHTTPServer((_LOOPBACK, 0), _handler(self))
            Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server


def _handler(forwarder: Forwarder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """What the store sends, passed on."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            if not forwarder.knows(self.path):
                self._answer(404, "text/plain", b"")
                return
            length = min(int(self.headers.get("content-length", "0")), _LONGEST_QUERY)
            query = self.rfile.read(length)
            try:
                media_type, answer = forwarder.forward(self.path, query, self.headers["accept"])
            except PolemosError as error:
                self._answer(502, "text/plain; charset=utf-8", str(error).encode())
            else:
                self._answer(200, media_type, answer)

        def _answer(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
