"""``polemos match``: which events of two sources may be one incident."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home
from api.commands.output import counted, say
from graph.matching import THRESHOLD, Matched, match
from graph.matching.incidents import ARTICLES
from graph.sources import SOURCES

app = typer.Typer(add_completion=False)
NAMES = f"One of {', '.join((*SOURCES, ARTICLES))}."


@app.command("match")
def match_command(
    left: Annotated[str, typer.Argument(help=NAMES)],
    right: Annotated[str, typer.Argument(help="Another.")],
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="The least score of a proposal.")
    ] = THRESHOLD,
    home: Home = DEFAULT_HOME,
) -> None:
    """Propose which events of two sources may be one incident, as a new version.

    Each proposal is a pol:IncidentMatch with its score and features; no events are made one.
    """
    say(_summary(match(home, left, right, threshold), left, right))


def _summary(matched: Matched, left: str, right: str) -> str:
    sizes = f"{matched.events[0]:,} events of {left} and {matched.events[1]:,} of {right}"
    if not matched.published:
        return (
            f"Version {matched.version} is current; nothing has changed: of {sizes},"
            f" {counted(matched.matches, 'pair')} may be one incident."
        )
    return (
        f"Version {matched.version} published: of {sizes}, {counted(matched.matches, 'pair')}"
        " may be one incident. Ask “polemos query incidents-compared” where they differ."
    )
