"""``polemos serve``: the endpoint and the pages over HTTP."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer
import uvicorn

from api.addresses import path_of, read_public_address
from api.app import create_app
from api.commands.engine_options import Elsewhere, EngineAddress, EngineAuth, EngineGraph
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
from api.commands.serving_options import (
    AccessLog,
    BehindProxy,
    Build,
    Grace,
    Host,
    Kept,
    LogQueries,
    MaxAge,
    Memory,
    OperatorTokenFile,
    Port,
    PublicAddress,
    QueryLength,
    Queue,
    Rows,
    Share,
    Workers,
)
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
from api.connection import protocol
from api.settings import Settings
from api.writing.archive import Archive
from api.writing.routes import Versioned
from api.writing.writes import Writes
from graph.build import build as build_graph
from graph.engine.child import spare_the_lasting
from graph.engine.outbound import Outbound
from graph.engine.pool import Pool
from graph.engine.question import Engine, Limits
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
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 4,
    queue: Queue = 64,
    share: Share = 16,
    timeout: Timeout = LIMITS.seconds,
    memory: Memory = LIMITS.memory_bytes // MEBIBYTE,
    rows: Rows = LIMITS.rows,
    query_length: QueryLength = DEFAULTS.max_query_bytes,
    kept: Kept = 64,
    max_age: MaxAge = DEFAULTS.max_age,
    grace: Grace = 30,
    allow_service: AllowService = None,
    allow_private_service: AllowPrivateService = None,
    service_timeout: ServiceTimeout = OUTBOUND.seconds,
    service_size: ServiceSize = OUTBOUND.bytes // MEBIBYTE,
    contact: Contact = OUTBOUND.contact,
    behind_proxy: BehindProxy = None,
    public_address: PublicAddress = "",
    operator_token_file: OperatorTokenFile = None,
    access_log: AccessLog = "",
    log_queries: LogQueries = False,
    build: Build = False,
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
    engine: EngineAddress = "",
    engine_graph: EngineGraph = "",
    engine_auth: EngineAuth = None,
) -> None:
    """Serve the newest version over HTTP, and each newer one from when it is published."""
    limits = Limits(seconds=timeout, memory_bytes=memory * MEBIBYTE, rows=rows)
    capacity = {"workers": workers, "queue": queue, "share": share}
    service = (allow_service, allow_private_service, service_timeout, service_size, contact)
    outbound = to_outbound(*service)
    told = (operator_token_file, access_log, log_queries, public_address)
    http = http_settings(query_length, max_age, *told)
    if engine:
        elsewhere = Elsewhere(engine, engine_graph, engine_auth)
        served = Served(elsewhere.engine(limits, outbound, capacity), None, engine)
    else:
        make_ready(home, build, empty)
        pool = open_pool(home, limits, outbound, kept, capacity)
        bounds = (write_timeout, write_memory, write_length, write_queue)
        writing = Writing(open_writes, *bounds, keep_versions, keep_days)
        served = of_versions(pool, home, writing.over(pool, home, host) if writable else None)
    with listen(host, port) as listener:
        run(served, http, listener, Surroundings(grace, tuple(behind_proxy or ())))


@dataclass(frozen=True, slots=True)
class Served:
    """An engine, the versions behind it where it has some, and what it is in words."""

    engine: Engine
    versioned: Versioned | None
    name: str


def open_pool(
    home: Path, limits: Limits, outbound: Outbound, kept: int, capacity: Mapping[str, int]
) -> Pool:
    """The engine over a home's versions; ``kept`` is in MiB."""
    versions = Versions(home)
    kept_bytes = kept * MEBIBYTE
    return Pool(versions, limits=limits, outbound=outbound, kept_bytes=kept_bytes, **capacity)


def of_versions(pool: Pool, home: Path, writes: Writes | None) -> Served:
    """A home's versions, and the way to add to them where there is one."""
    versioned = Versioned(Archive(Versions(home)), writes)
    return Served(pool, versioned, f"version {pool.version} of {home}")


def http_settings(
    query_length: int,
    max_age: int,
    operator_token_file: Path | None,
    access_log: str,
    log_queries: bool,
    public_address: str,
) -> Settings:
    """What the options say of the HTTP side."""
    return Settings(
        max_query_bytes=query_length,
        max_age=max_age,
        operator_token=read_token(operator_token_file),
        access_log=access_log,
        log_queries=log_queries,
        public_address=read_public_address(public_address) if public_address else "",
    )


def make_ready(home: Path, build: bool, empty: bool) -> None:
    """See that there is a version to serve; raises NotFound where there is none."""
    if build and Versions(home).current() is None:
        with showing_progress() as progress:
            build_graph(home, progress=progress)
    if empty:
        begin_empty(home)
    published(home)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the running server has to know besides its settings."""

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


def run(served: Served, http: Settings, listener: socket.socket, around: Surroundings) -> None:
    """Serve until a signal ends it; Ctrl-C is the ordinary way to stop, and no failure."""
    app = create_app(served.engine, http, served.versioned)
    config = uvicorn.Config(
        app,
        http=protocol(app.direct),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(around.proxies),
        forwarded_allow_ips=list(around.proxies),
        root_path=path_of(http.public_address),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=around.grace,
    )
    server = Announcing(config, served.name)
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
            spare_the_lasting()
            for each in sockets or ():
                tell(f"Serving {self.what} at {address(each)} (SPARQL: {address(each)}sparql).")
            tell("Press Ctrl-C to stop.")


def address(listener: socket.socket) -> str:
    """The address that a browser on this machine can open."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
