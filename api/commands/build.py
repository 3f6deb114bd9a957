"""``polemos build``: from files to a new version."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Articles, Home
from api.commands.output import counted, say, showing_progress
from graph.build import Built
from graph.build import build as build_graph
from graph.files import ARTICLES, Sources

app = typer.Typer(add_completion=False)


@app.command()
def build(
    home: Home = DEFAULT_HOME,
    articles: Articles = ARTICLES,
    force: Annotated[
        bool, typer.Option("--force", help="Publish a version even where nothing has changed.")
    ] = False,
    discard: Annotated[
        bool, typer.Option("--discard", help="Drop changes made since the last build.")
    ] = False,
) -> None:
    """Build the graph from ontology, reference entities and articles; publish it as a version.

    Where a fact breaks a rule, nothing is published and the rule is named.
    """
    sources = Sources(articles=articles)
    with showing_progress() as progress:
        built = build_graph(home, sources, progress, force=force, discard=discard)
    say(_summary(built))


def _summary(built: Built) -> str:
    counts = ", ".join(
        counted(number, name.removesuffix("s")) for name, number in built.counts.items()
    )
    seconds = sum(built.seconds.values())
    state = "published" if built.published else "is current; nothing has changed since"
    return f"Version {built.version} {state}: {counts}; {seconds:.1f} s."
