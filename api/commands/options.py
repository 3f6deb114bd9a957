"""Options that several commands have: a flag, else the environment, else the default."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.engine.versions import Version, Versions
from graph.errors import InvalidInput, NotFound
from graph.turtle import CODECS
from graph.vocabulary import hint

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


def read_settings(context: typer.Context, path: Path | None) -> Path | None:
    """Take a command's defaults from a TOML file: a key for each long option.

    Raises InvalidInput where the file does not parse, or has a key that is no option.
    """
    if path is None:
        return None
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is no TOML: {error}.") from error
    keys = {long_name(each): each.name for each in context.command.params if each.name != "help"}
    for key in given:
        if key not in keys:
            raise InvalidInput(f"{path}: there is no setting {key!r}.{hint(key, keys)}")
    context.default_map = {str(keys[key]): value for key, value in given.items()}
    return path


def long_name(option: Any) -> str:
    """An option's name in a settings file: the long flag without its dashes."""
    return str(max(option.opts, key=len)).lstrip("-")


SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        envvar="POLEMOS_SETTINGS",
        exists=True,
        dir_okay=False,
        callback=read_settings,
        is_eager=True,
        help="A TOML file with settings: the long options without their dashes. The environment"
        " goes before it, and a flag before both.",
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
