"""A real server on a loopback port, in a thread of its own, for as long as a block lasts."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.app import create_app
from api.connection import protocol
from api.settings import Settings
from api.writing.routes import Versioned
from graph.engine.question import Engine
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS

_PATIENCE = 60.0
"""Seconds after which a server that neither listens nor fails is given up."""


_TINY = Path(__file__).parent / "tiny.trig"


def publish_tiny(home: Path) -> Versions:
    """Publish the tiny graph as the first version."""
    versions = Versions(home)
    with versions.draft() as draft:
        draft.load(_TINY, RDF_FORMATS["trig"])
        draft.publish("a tiny graph")
    return versions


@dataclass(frozen=True)
class Served:
    """Where the server listens."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def endpoint(self) -> str:
        return f"{self.address}/sparql"


@contextmanager
def serving(
    engine: Engine, settings: Settings, versioned: Versioned | None = None
) -> Iterator[Served]:
    """Serve an engine until the block is left."""
    app = create_app(engine, settings, versioned)
    config = uvicorn.Config(app, loop="uvloop", http=protocol(app.direct), log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield Served(*listener.getsockname())
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server ended before it listened; see the log"
        assert time.monotonic() < deadline, f"the server did not start in {_PATIENCE} seconds"
        thread.join(0.01)
