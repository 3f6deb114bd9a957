"""``polemos fsck``: every version read from end to end."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home, published
from api.commands.output import show_table, tell
from graph.engine.fsck import check, leftovers
from graph.engine.versions import Versions

_SHOWN = 16
"""Characters of a digest."""

app = typer.Typer(add_completion=False)


@app.command()
def fsck(
    home: Home = DEFAULT_HOME,
    digests: Annotated[bool, typer.Option("--digests", help="Show digests in full.")] = False,
) -> None:
    """Read every version, count its quads, and list what killed processes left behind."""
    published(home)
    versions = Versions(home)
    checked = list(check(versions))
    shown = None if digests else _SHOWN
    rows = [
        (str(each.number), f"{each.quads:,}", each.digest[:shown], each.fault or "whole")
        for each in checked
    ]
    show_table(("version", "quads", "digest", "state"), rows)
    for name in leftovers(versions):
        tell(f"Left behind, or in use right now: {name}")
    if any(each.fault for each in checked):
        tell("Roll back to a version that is whole, or restore a backup.")
        raise typer.Exit(1)
