"""``polemos restore``: what a backup holds, back in a home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home
from api.commands.output import counted, say
from graph.engine.backup import restore as bring_back
from graph.engine.versions import Versions

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A backup: its folder or file.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Restore a backup: everything into an empty home, else its newest version as the next one."""
    for version in bring_back(source, Versions(home)):
        say(f"Version {version.number} is back: {counted(version.quads, 'quad')}.")
