"""``polemos publish``: a version into a SPARQL server elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.engine_options import EngineAuth, read_auth
from api.commands.options import DEFAULT_HOME, Home, VersionNumber, published
from api.commands.outbound_options import read_address
from api.commands.output import tell
from graph.publishing import WAYS, Target
from graph.vocabulary import hint

DEFAULT_WAY = "graph-store"

app = typer.Typer(add_completion=False)


@app.command()
def publish(
    address: Annotated[str, typer.Argument(help="The server's address for the way chosen.")],
    way: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="|".join(WAYS),
            help="The graph store protocol, N-Quads to an address for whole datasets, or updates.",
        ),
    ] = DEFAULT_WAY,
    default_graph: Annotated[
        str,
        typer.Option(
            help="A name for the default graph, where the server has none without (Virtuoso).",
            show_default="none",
        ),
    ] = "",
    engine_auth: EngineAuth = None,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
) -> None:
    """Load a version into a SPARQL server elsewhere, graph by graph, in place of what was there."""
    if way not in WAYS:
        raise typer.TyperException(f"There is no way “{way}”.{hint(way, WAYS)}")
    chosen = published(home, version)
    counted: list[int] = []
    target = Target(
        read_address(address),
        default_graph or None,
        read_auth(engine_auth),
        counted.append,
    )
    WAYS[way](chosen.read(), target)
    tell(f"Published version {chosen.number}: {sum(counted):,} statements to {address}.")
