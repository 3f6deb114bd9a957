"""``polemos serve``: the endpoint and the pages over HTTP."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.commands.options import DEFAULT_HOME, AllowService, Home, Timeout, published
from api.commands.output import showing_progress, tell
from graph.build import build as build_graph
from graph.engine.outbound import DEFAULT_ALLOWED
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.errors import InvalidInput

DEFAULTS = Limits()
MEBIBYTE = 1024**2
BACKLOG = 2048
SECONDS_TO_FINISH = 5
"""After so many seconds of shutting down, the answers still under way are cut."""

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    home: Home = DEFAULT_HOME,
    host: Annotated[
        str, typer.Option(envvar="POLEMOS_HOST", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="POLEMOS_PORT", min=0, max=65535, help="0 takes a free one.")
    ] = 8000,
    workers: Annotated[
        int, typer.Option(envvar="POLEMOS_WORKERS", min=1, help="Queries that may run at once.")
    ] = 4,
    queue: Annotated[
        int, typer.Option(envvar="POLEMOS_QUEUE", min=0, help="Queries that may wait.")
    ] = 64,
    timeout: Timeout = DEFAULTS.seconds,
    memory: Annotated[
        int, typer.Option(envvar="POLEMOS_MEMORY", min=64, help="MiB that one query may use.")
    ] = DEFAULTS.memory_bytes // MEBIBYTE,
    rows: Annotated[
        int, typer.Option(envvar="POLEMOS_ROWS", min=1, help="Rows that one answer may have.")
    ] = DEFAULTS.rows,
    allow_service: AllowService = None,
    build: Annotated[
        bool, typer.Option("--build", help="Build the graph first where no version exists.")
    ] = False,
) -> None:
    """Serve the newest version over HTTP, and each newer one from when it is published."""
    if build and Versions(home).current() is None:
        with showing_progress() as progress:
            build_graph(home, progress=progress)
    published(home)
    limits = Limits(seconds=timeout, memory_bytes=memory * MEBIBYTE, rows=rows)
    allowed = allow_service or DEFAULT_ALLOWED
    pool = Pool(Versions(home), workers=workers, queue=queue, limits=limits, allowed=allowed)
    with listen(host, port) as listener:
        run(pool, listener, home)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises InvalidInput where the address cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InvalidInput(
                f"Port {port} of {host} is in use. Stop what listens there, or choose another"
                f" port, such as --port {port + 1}."
            ) from error
        raise InvalidInput(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}."
            " Choose another --host or --port."
        ) from error


def run(pool: Pool, listener: socket.socket, home: Path) -> None:
    """Serve until a signal ends it; Ctrl-C is the ordinary way to stop, and no failure."""
    config = uvicorn.Config(
        create_app(pool),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    server = Announcing(config, f"version {pool.version} of {home}")
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        tell("Stopped.")
    if not server.started:
        raise typer.Exit(1)


class Announcing(uvicorn.Server):
    """A server that says where it is once it answers there."""

    def __init__(self, config: uvicorn.Config, what: str) -> None:
        super().__init__(config)
        self.what = what

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell the address of each socket."""
        await super().startup(sockets)
        if self.started:
            for each in sockets or ():
                tell(f"Serving {self.what} at {address(each)} (SPARQL: {address(each)}sparql).")
            tell("Press Ctrl-C to stop.")


def address(listener: socket.socket) -> str:
    """The address that a browser on this machine can open."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
