"""Options of ``polemos serve`` for the server itself: where it listens, its limits, its logs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Host = Annotated[
    str,
    typer.Option(envvar="POLEMOS_HOST", help="The address to listen on; :: for IPv6 and IPv4."),
]
Port = Annotated[
    int, typer.Option(envvar="POLEMOS_PORT", min=0, max=65535, help="0 takes a free one.")
]
Workers = Annotated[
    int, typer.Option(envvar="POLEMOS_WORKERS", min=1, help="Queries that may run at once.")
]
Queue = Annotated[int, typer.Option(envvar="POLEMOS_QUEUE", min=0, help="Queries that may wait.")]
Share = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_SHARE",
        min=0,
        help="Queries that one client may have running or waiting; 0 for no limit. Programs on"
        " this machine have none.",
    ),
]
Memory = Annotated[
    int, typer.Option(envvar="POLEMOS_MEMORY", min=64, help="MiB that one query may use.")
]
Rows = Annotated[
    int, typer.Option(envvar="POLEMOS_ROWS", min=1, help="Rows that one answer may have.")
]
QueryLength = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_QUERY_LENGTH", min=1, help="Bytes that the body of a query may have."
    ),
]
Kept = Annotated[
    int,
    typer.Option(envvar="POLEMOS_KEPT", min=0, help="MiB of answers that are kept in memory."),
]
MaxAge = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_MAX_AGE",
        min=0,
        help="Seconds that clients may keep an answer of the newest version.",
    ),
]
Grace = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_GRACE",
        min=0,
        help="Seconds that answers under way have when the server is stopped.",
    ),
]
BehindProxy = Annotated[
    list[str] | None,
    typer.Option(
        envvar="POLEMOS_BEHIND_PROXY",
        help="The address of a proxy in front, which X-Forwarded-For and -Proto are believed;"
        " can be given several times.",
        show_default="nobody",
    ),
]
PublicAddress = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_PUBLIC_ADDRESS",
        help="Where clients find the server, such as https://example.org/polemos/.",
        show_default="what each request was sent to",
    ),
]
OperatorTokenFile = Annotated[
    Path | None,
    typer.Option(
        envvar="POLEMOS_OPERATOR_TOKEN_FILE",
        exists=True,
        dir_okay=False,
        help="A file with the token for the list of running queries.",
        show_default="nobody sees them",
    ),
]
AccessLog = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_ACCESS_LOG",
        help="A file for a line of JSON for each request; - for standard output.",
        show_default="none",
    ),
]
LogQueries = Annotated[
    bool,
    typer.Option(
        "--log-queries", envvar="POLEMOS_LOG_QUERIES", help="Log the texts of queries, too."
    ),
]
Build = Annotated[
    bool,
    typer.Option(
        "--build", envvar="POLEMOS_BUILD", help="Build the graph where no version exists."
    ),
]
