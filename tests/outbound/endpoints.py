"""Endpoints on loopback for as long as a block lasts, some of them badly behaved."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

RESULTS = "application/sparql-results+json"
ONE_ROW = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"uri","value":"a:b"}}]}}'
PATIENCE = 60.0


@dataclass
class Reply:
    """What an endpoint answers."""

    body: bytes = ONE_ROW
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": RESULTS})
    slowly: float = 0.0
    """Seconds between two bytes."""


@dataclass
class Listening:
    """An endpoint, and who came."""

    port: int
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


@contextmanager
def listening(reply: Reply | None = None) -> Iterator[Listening]:
    """An endpoint that answers everything alike and counts the connections."""
    answer = reply or Reply()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            endpoint.requests.append((self.path, headers, body))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            step = 1 if answer.slowly else len(answer.body) or 1
            for start in range(0, len(answer.body), step):
                if answer.slowly and stopped.wait(answer.slowly):
                    return
                self.wfile.write(answer.body[start : start + step])

        do_GET = do_PUT = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Not into the test's output."""

    class Server(ThreadingHTTPServer):
        def process_request(self, request: object, client_address: object) -> None:
            endpoint.connections += 1
            super().process_request(request, client_address)  # type: ignore[arg-type]

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    stopped = threading.Event()
    with Server(("127.0.0.1", 0), Handler) as server:
        endpoint = Listening(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield endpoint
        finally:
            stopped.set()
            server.shutdown()
            thread.join()


@contextmanager
def oxigraph() -> Iterator[str]:
    """Oxigraph's own server, empty and in memory; its address without a path."""
    binary = Path(sys.executable).parent / "oxigraph"
    port = free_port()
    with running([str(binary), "serve", "--bind", f"127.0.0.1:{port}"], port, Path.cwd()):
        yield f"http://127.0.0.1:{port}"


VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso, empty; its address without a path."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http))
    with running([binary, "+configfile", "virtuoso.ini", "+foreground"], http, folder):
        yield f"http://127.0.0.1:{http}"


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A server's process, from when it answers on."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(port):
            assert process.poll() is None, f"{command[0]} ended"
            assert time.monotonic() < deadline, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE):
            return True
    except OSError as error:
        return hasattr(error, "code")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
