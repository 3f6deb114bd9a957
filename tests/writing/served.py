"""A real server that allows writing, on a loopback port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from api.app import create_app
from api.settings import Settings
from api.writing.archive import Archive
from api.writing.routes import Versioned
from api.writing.tokens import Tokens
from api.writing.writes import Writes
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from graph.writing.writer import WriteLimits, Writer

_PATIENCE = 60.0


@dataclass(frozen=True)
class Writable:
    """Where the server listens, and the home it writes to."""

    address: str
    home: Path
    client: httpx.Client

    def update(self, text: str, **more: str) -> httpx.Response:
        return self.client.post(
            "/sparql", content=text, headers={"Content-Type": "application/sparql-update", **more}
        )

    def ask(self, query: str, **parameters: str) -> bool:
        answer = self.client.get("/sparql", params={"query": query, **parameters})
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["boolean"])


@contextmanager
def writable(
    home: Path, *, open_to_all: bool = True, limits: WriteLimits | None = None, max_mib: int = 64
) -> Iterator[Writable]:
    """Serve a home; one without any version begins empty."""
    versions = Versions(home)
    if versions.current() is None:
        with versions.draft(None) as draft:
            draft.publish("an empty graph")
    pool = Pool(versions, workers=2)
    writes = Writes(pool, Writer(versions, limits), Tokens(home), open_to_all, max_mib * 1024**2)
    app = create_app(pool, Settings(), Versioned(Archive(versions), writes))
    server = uvicorn.Server(uvicorn.Config(app, loop="uvloop", http="httptools", log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            _wait_until_started(server, thread)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
                yield Writable(address, home, client)
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server ended before it listened; see the log"
        assert time.monotonic() < deadline, f"the server did not start in {_PATIENCE} seconds"
        thread.join(0.01)
