"""The options of ``polemos serve`` about writing, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import tell
from api.writing.tokens import Tokens
from api.writing.writes import Writes
from graph.engine.pool import Pool
from graph.engine.pruning import Retention
from graph.engine.versions import Versions
from graph.errors import InvalidInput
from graph.writing.writer import WriteLimits, Writer

LIMITS = WriteLimits()
MEBIBYTE = 1024**2
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class DefaultGraph(StrEnum):
    """What a query without a dataset of its own is asked of."""

    UNNAMED = "unnamed"
    """The store's unnamed graph; never the union of all, which counts a triple several times."""


Writable = Annotated[
    bool,
    typer.Option(
        "--writable",
        envvar="POLEMOS_WRITABLE",
        help="Allow SPARQL Update and graph-store writes to whoever has a token.",
    ),
]
OpenWrites = Annotated[
    bool,
    typer.Option(
        "--open-writes",
        envvar="POLEMOS_OPEN_WRITES",
        help="With --writable: let every program on this machine write without a token. For tests.",
    ),
]
Empty = Annotated[
    bool,
    typer.Option(
        "--empty", envvar="POLEMOS_EMPTY", help="Begin with an empty graph where there is none."
    ),
]
WriteTimeout = Annotated[
    float,
    typer.Option(envvar="POLEMOS_WRITE_TIMEOUT", min=0.1, help="Seconds that one write may take."),
]
WriteMemory = Annotated[
    int,
    typer.Option(envvar="POLEMOS_WRITE_MEMORY", min=256, help="MiB that writing may use."),
]
WriteLength = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_WRITE_LENGTH", min=1, help="MiB that the body of a write may have."
    ),
]
WriteQueue = Annotated[
    int, typer.Option(envvar="POLEMOS_WRITE_QUEUE", min=1, help="Writes that may wait.")
]
KeepVersions = Annotated[
    int | None,
    typer.Option(
        envvar="POLEMOS_KEEP_VERSIONS",
        min=1,
        help="After each write, delete versions beyond the newest so many.",
        show_default="all are kept",
    ),
]
KeepDays = Annotated[
    float | None,
    typer.Option(
        envvar="POLEMOS_KEEP_DAYS",
        min=0,
        help="After each write, delete versions older than so many days.",
        show_default="all are kept",
    ),
]
Unnamed = Annotated[
    DefaultGraph,
    typer.Option(
        envvar="POLEMOS_DEFAULT_GRAPH", help="What a query without a dataset is asked of."
    ),
]


@dataclass(frozen=True, slots=True)
class Writing:
    """What the options say."""

    open_to_all: bool
    seconds: float
    memory: int
    length: int
    queue: int
    keep: int | None
    days: float | None

    def over(self, pool: Pool, home: Path, host: str) -> Writes:
        """Writing into a home, beside a pool that reads from it.

        Raises InvalidInput where anybody could write from anywhere.
        """
        tokens = Tokens(home)
        if self.open_to_all:
            warn_of_open_writes(host)
        elif not tokens.all():
            tell("Nobody can write yet: make a token with polemos token make NAME.")
        limits = WriteLimits(self.seconds, self.memory * MEBIBYTE, self.queue)
        writer = Writer(Versions(home), limits, Retention(self.keep, self.days))
        return Writes(pool, writer, tokens, self.open_to_all, self.length * MEBIBYTE)


def warn_of_open_writes(host: str) -> None:
    """Say loudly what is open. Raises InvalidInput where it would be open to other machines."""
    if host not in LOOPBACK:
        raise InvalidInput(
            f"--open-writes lets anybody change the graph who can reach {host}. Leave it out and"
            " make tokens (polemos token make NAME), or listen on 127.0.0.1."
        )
    tell("WARNING: --open-writes lets EVERY program on this machine change the graph.")
    tell("WARNING: use it for tests only, and never behind a proxy.")


def begin_empty(home: Path) -> None:
    """Publish a version without any quads where there is none."""
    versions = Versions(home)
    if versions.current() is None:
        with versions.draft(None) as draft:
            draft.publish("an empty graph")
