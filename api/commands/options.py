"""Options that several commands have: a flag, else the environment, else the default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from graph.engine.versions import Version, Versions
from graph.errors import NotFound
from graph.turtle import CODECS

DEFAULT_HOME = Path("var") / "polemos"

Home = Annotated[
    Path,
    typer.Option(envvar="POLEMOS_HOME", help="The folder that holds the versions of the graph."),
]
Articles = Annotated[
    Path,
    typer.Option(
        envvar="POLEMOS_ARTICLES",
        help="The folder that holds a folder for each article.",
        show_default="the ones that come with Polemos",
    ),
]
VersionNumber = Annotated[
    int | None,
    typer.Option("--version", min=1, help="The number of a version.", show_default="the newest"),
]
Timeout = Annotated[
    float,
    typer.Option(envvar="POLEMOS_TIMEOUT", min=0.001, help="Seconds that one query may take."),
]
AllowService = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-service",
        envvar="POLEMOS_ALLOW_SERVICE",
        help="An endpoint that SERVICE may call; can be given several times.",
        show_default="Wikidata's",
    ),
]


def published(home: Path, number: int | None = None) -> Version:
    """The version of this number, or the newest; raises NotFound where there is none."""
    versions = Versions(home)
    version = versions.current() if number is None else versions.get(number)
    if version is None:
        raise NotFound(
            f"No version is published in {home}. Run “polemos build” first, or name the folder"
            " of one that is: --home."
        )
    return version


def with_format(files: Sequence[Path]) -> Sequence[Path]:
    """The files given; a usage error where the ending of one names no format of RDF."""
    for file in files:
        if file.suffix.removeprefix(".") not in CODECS:
            endings = ", ".join(f".{suffix}" for suffix in CODECS)
            raise typer.TyperException(f"{file.name} has none of the endings {endings}. Rename it.")
    return files
