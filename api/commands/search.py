"""``polemos search``: entities by words of their labels, quotes and texts."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home, VersionNumber, published
from api.commands.output import show_table
from graph.search.index import Search, find
from graph.vocabulary import short

app = typer.Typer(add_completion=False)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words; the last may be incomplete.")],
    lang: Annotated[str, typer.Option(help="A language tag, such as uk.")] = "",
    class_: Annotated[str, typer.Option("--class", help="The IRI of a class.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, at most.")] = 20,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
) -> None:
    """Find entities by the words of their labels, quotes and texts, the best first."""
    asked = Search(" ".join(words), lang, class_, limit)
    found = find(published(home, version).folder, asked)
    rows = [(each.label, short(each.iri), each.property, each.passage.text) for each in found]
    show_table(("label", "entity", "found in", "text"), rows)
