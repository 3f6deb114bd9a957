"""``polemos backup``: a copy of versions, made while the graph is served and written to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home
from api.commands.output import counted, say
from graph.engine.backup import back_up
from graph.engine.versions import Versions

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    target: Annotated[
        Path,
        typer.Argument(help="A folder to make, or a file: .tar, .tar.gz, .tgz or .tar.zst."),
    ],
    home: Home = DEFAULT_HOME,
    version: Annotated[
        list[int] | None,
        typer.Option(min=1, help="A version to keep; repeatable.", show_default="the newest"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Keep all versions.")] = False,
) -> None:
    """Make a backup; the server and whoever writes go on meanwhile."""
    versions = Versions(home)
    numbers = versions.numbers() if every else tuple(version or ())
    made = back_up(versions, target, numbers)
    kept = ", ".join(map(str, made.numbers))
    say(f"{made.path}: version {kept}, {counted(made.bytes, 'byte')} before compression.")
