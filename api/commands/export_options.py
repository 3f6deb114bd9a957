"""What ``polemos export`` may be told: which part of the graph, and as what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from graph.networks import MODES
from graph.networks.neighbourhood import DEPTHS
from graph.networks.reported import TIMES

Mode: TypeAlias = Annotated[
    str,
    typer.Option(
        "--network",
        metavar="|".join(MODES),
        help="Which network a format of nodes and edges takes from the graph.",
    ),
]
Labels: TypeAlias = Annotated[
    str, typer.Option("--language", help="The language of a network's labels; else English.")
]
About: TypeAlias = Annotated[
    str | None, typer.Option(help="Only what is near to this entity: region:kyiv or an IRI.")
]
Depth: TypeAlias = Annotated[
    int, typer.Option(min=DEPTHS[0], max=DEPTHS[-1], help="So many edges away from it.")
]
Time: TypeAlias = Annotated[
    str, typer.Option(metavar="|".join(TIMES), help="Whose time a network has.")
]
QueryFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--query",
        help="A file of SPARQL whose answer is exported: a SELECT for a network, a CONSTRUCT or"
        " DESCRIBE for a format of RDF; - reads standard input.",
    ),
]
Canned: TypeAlias = Annotated[
    str | None, typer.Option(help="A canned query whose answer is exported.")
]
Values: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for its parameter."),
]
