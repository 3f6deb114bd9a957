"""``polemos serve``: the endpoint and the pages over HTTP."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from api.addresses import path_of, read_public_address
from api.app import create_app
from api.commands.options import (
    DEFAULT_HOME,
    Home,
    SettingsFile,
    Timeout,
    published,
)
from api.commands.outbound_options import DEFAULTS as OUTBOUND
from api.commands.outbound_options import (
    AllowPrivateService,
    AllowService,
    Contact,
    ServiceSize,
    ServiceTimeout,
    to_outbound,
)
from api.commands.output import showing_progress, tell
from api.commands.writing_options import LIMITS as WRITE_LIMITS
from api.commands.writing_options import (
    DefaultGraph,
    Empty,
    KeepDays,
    KeepVersions,
    OpenWrites,
    Unnamed,
    Writable,
    WriteLength,
    WriteMemory,
    WriteQueue,
    WriteTimeout,
    Writing,
    begin_empty,
)
from api.settings import Settings
from api.writing.archive import Archive
from api.writing.routes import Versioned
from graph.build import build as build_graph
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.errors import InvalidInput

LIMITS = Limits()
DEFAULTS = Settings()
MEBIBYTE = 1024**2
BACKLOG = 2048
SHORTEST_TOKEN = 16
KEEP_ALIVE_SECONDS = 65
"""Longer than the 60 seconds after which nginx closes a connection to us that nobody uses."""

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    settings: SettingsFile = None,
    home: Home = DEFAULT_HOME,
    host: Annotated[
        str,
        typer.Option(envvar="POLEMOS_HOST", help="The address to listen on; :: for IPv6 and IPv4."),
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
    share: Annotated[
        int,
        typer.Option(
            envvar="POLEMOS_SHARE",
            min=0,
            help="Queries that one client may have running or waiting; 0 for no limit. Programs on"
            " this machine have none.",
        ),
    ] = 16,
    timeout: Timeout = LIMITS.seconds,
    memory: Annotated[
        int, typer.Option(envvar="POLEMOS_MEMORY", min=64, help="MiB that one query may use.")
    ] = LIMITS.memory_bytes // MEBIBYTE,
    rows: Annotated[
        int, typer.Option(envvar="POLEMOS_ROWS", min=1, help="Rows that one answer may have.")
    ] = LIMITS.rows,
    query_length: Annotated[
        int,
        typer.Option(
            envvar="POLEMOS_QUERY_LENGTH", min=1, help="Bytes that the body of a query may have."
        ),
    ] = DEFAULTS.max_query_bytes,
    kept: Annotated[
        int,
        typer.Option(envvar="POLEMOS_KEPT", min=0, help="MiB of answers that are kept in memory."),
    ] = 64,
    max_age: Annotated[
        int,
        typer.Option(
            envvar="POLEMOS_MAX_AGE",
            min=0,
            help="Seconds that clients may keep an answer of the newest version.",
        ),
    ] = DEFAULTS.max_age,
    grace: Annotated[
        int,
        typer.Option(
            envvar="POLEMOS_GRACE",
            min=0,
            help="Seconds that answers under way have when the server is stopped.",
        ),
    ] = 30,
    allow_service: AllowService = None,
    allow_private_service: AllowPrivateService = None,
    service_timeout: ServiceTimeout = OUTBOUND.seconds,
    service_size: ServiceSize = OUTBOUND.bytes // MEBIBYTE,
    contact: Contact = OUTBOUND.contact,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="POLEMOS_BEHIND_PROXY",
            help="The address of a proxy in front, which X-Forwarded-For and -Proto are believed;"
            " can be given several times.",
            show_default="nobody",
        ),
    ] = None,
    public_address: Annotated[
        str,
        typer.Option(
            envvar="POLEMOS_PUBLIC_ADDRESS",
            help="Where clients find the server, such as https://example.org/polemos/.",
            show_default="what each request was sent to",
        ),
    ] = "",
    operator_token_file: Annotated[
        Path | None,
        typer.Option(
            envvar="POLEMOS_OPERATOR_TOKEN_FILE",
            exists=True,
            dir_okay=False,
            help="A file with the token for the list of running queries.",
            show_default="nobody sees them",
        ),
    ] = None,
    access_log: Annotated[
        str,
        typer.Option(
            envvar="POLEMOS_ACCESS_LOG",
            help="A file for a line of JSON for each request; - for standard output.",
            show_default="none",
        ),
    ] = "",
    log_queries: Annotated[
        bool,
        typer.Option(
            "--log-queries", envvar="POLEMOS_LOG_QUERIES", help="Log the texts of queries, too."
        ),
    ] = False,
    build: Annotated[
        bool,
        typer.Option(
            "--build", envvar="POLEMOS_BUILD", help="Build the graph where no version exists."
        ),
    ] = False,
    empty: Empty = False,
    writable: Writable = False,
    open_writes: OpenWrites = False,
    write_timeout: WriteTimeout = WRITE_LIMITS.seconds,
    write_memory: WriteMemory = WRITE_LIMITS.memory_bytes // MEBIBYTE,
    write_length: WriteLength = 64,
    write_queue: WriteQueue = WRITE_LIMITS.queue,
    keep_versions: KeepVersions = None,
    keep_days: KeepDays = None,
    default_graph: Unnamed = DefaultGraph.UNNAMED,
) -> None:
    """Serve the newest version over HTTP, and each newer one from when it is published."""
    if build and Versions(home).current() is None:
        with showing_progress() as progress:
            build_graph(home, progress=progress)
    if empty:
        begin_empty(home)
    published(home)
    pool = Pool(
        Versions(home),
        workers=workers,
        queue=queue,
        share=share,
        limits=Limits(seconds=timeout, memory_bytes=memory * MEBIBYTE, rows=rows),
        outbound=to_outbound(
            allow_service, allow_private_service, service_timeout, service_size, contact
        ),
        kept_bytes=kept * MEBIBYTE,
    )
    http = Settings(
        max_query_bytes=query_length,
        max_age=max_age,
        operator_token=read_token(operator_token_file),
        access_log=access_log,
        log_queries=log_queries,
        public_address=read_public_address(public_address) if public_address else "",
    )
    writing = Writing(
        open_writes,
        write_timeout,
        write_memory,
        write_length,
        write_queue,
        keep_versions,
        keep_days,
    )
    writes = writing.over(pool, home, host) if writable else None
    versioned = Versioned(Archive(Versions(home)), writes)
    with listen(host, port) as listener:
        run(pool, http, versioned, listener, Surroundings(home, grace, tuple(behind_proxy or ())))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the running server has to know besides its settings."""

    home: Path
    grace: int
    """Seconds that answers under way have when it is stopped; then they are cut."""
    proxies: tuple[str, ...]
    """The addresses whose word on a client's address is believed."""


def read_token(path: Path | None) -> str:
    """The operator's token: a file's only line. Raises InvalidInput where it is too short."""
    if path is None:
        return ""
    token = path.read_text("utf-8").strip()
    if len(token) < SHORTEST_TOKEN:
        raise InvalidInput(
            f"The token in {path} has fewer than {SHORTEST_TOKEN} characters. Make one with:"
            " openssl rand -hex 32."
        )
    return token


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises InvalidInput where the address cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        both = family == socket.AF_INET6 and address[0] == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(
            address[:2], family=family, backlog=BACKLOG, dualstack_ipv6=both
        )
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


def run(
    pool: Pool,
    http: Settings,
    versioned: Versioned,
    listener: socket.socket,
    around: Surroundings,
) -> None:
    """Serve until a signal ends it; Ctrl-C is the ordinary way to stop, and no failure."""
    config = uvicorn.Config(
        create_app(pool, http, versioned),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(around.proxies),
        forwarded_allow_ips=list(around.proxies),
        root_path=path_of(http.public_address),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=around.grace,
    )
    server = Announcing(config, f"version {pool.version} of {around.home}")
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
