"""``polemos versions``: list them, show one, go back to one."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home, published
from api.commands.output import counted, say, show_table
from graph.engine.pruning import Retention, prune
from graph.engine.versions import Version, Versions
from graph.errors import InvalidInput

Number = Annotated[int, typer.Argument(min=1, help="The number of a version.")]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="List the versions, show one, go back to one."
)


@app.command("list")
def list_versions(home: Home = DEFAULT_HOME) -> None:
    """List the published versions, oldest first; the last is the one that is served."""
    published(home)
    rows = [
        (str(each.number), each.created, each.reason, _number(each.parent), f"{each.quads:,}")
        for each in Versions(home).all()
    ]
    show_table(("version", "published", "by", "on top of", "quads"), rows)


@app.command()
def show(number: Number, home: Home = DEFAULT_HOME) -> None:
    """Show what is known of a version."""
    version = published(home, number)
    for name, value in _facts(version).items():
        say(f"{name + ':':<12}{value}")


@app.command()
def roll_back(number: Number, home: Home = DEFAULT_HOME) -> None:
    """Publish the content of an older version again, as a new version."""
    published(home, number)
    version = Versions(home).roll_back(number, f"roll-back to {number}")
    say(f"Version {version.number} published: it holds what version {number} holds.")


@app.command("prune")
def prune_versions(
    home: Home = DEFAULT_HOME,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Keep the newest so many.", show_default="the newest alone"),
    ] = None,
    older_than: Annotated[
        float | None,
        typer.Option(
            min=0, help="Delete only what is older, in days.", show_default="whatever its age"
        ),
    ] = None,
) -> None:
    """Delete old versions: never the newest, and none that somebody reads just now."""
    published(home)
    if keep is None and older_than is None:
        raise InvalidInput("Say which versions to keep: --keep N, --older-than DAYS, or both.")
    deleted = prune(Versions(home), Retention(keep, older_than))
    left = len(Versions(home).numbers())
    say(f"{counted(len(deleted), 'version')} deleted, {left:,} left.")


def _facts(version: Version) -> dict[str, str]:
    counts = version.facts.get("counts", {})
    seconds = version.facts.get("seconds", {})
    known = {
        "version": str(version.number),
        "published": version.created,
        "by": version.reason,
        "on top of": _number(version.parent),
        "quads": f"{version.quads:,}",
        "restores": _number(version.facts.get("restores")),
        **{name: f"{number:,}" for name, number in counts.items() if name != "quads"},
        "seconds": ", ".join(f"{step} {number:.2f}" for step, number in seconds.items()),
        "folder": str(version.folder),
    }
    return {name: value for name, value in known.items() if value}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
