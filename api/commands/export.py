"""``polemos export``: the graph as a file for other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from api.commands.export_options import (
    About,
    Canned,
    Depth,
    Labels,
    Mode,
    QueryFile,
    Time,
    Values,
)
from api.commands.options import DEFAULT_HOME, Home, VersionNumber, published
from api.commands.output import show_table, tell
from api.commands.query import text_and_bindings
from graph.errors import NotFound
from graph.export import EXPORTS, Export, TreeExport, find_export
from graph.exporting import ABOUT, DEFAULT_MODE, View, write
from graph.networks.asked import Asked
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.reported import HAPPENED

BINARY = (
    "application/zip",
    "application/zstd",
    "application/geopackage+sqlite3",
    "application/vnd.apache.parquet",
    "application/x-jelly-rdf",
)

app = typer.Typer(add_completion=False)


@app.command()
def export(
    format: Annotated[
        str | None, typer.Argument(help=f"One of {', '.join(EXPORTS)}.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write.", show_default="standard output"),
    ] = None,
    mode: Mode = DEFAULT_MODE,
    language: Labels = "en",
    about: About = None,
    depth: Depth = 1,
    time: Time = HAPPENED,
    query: QueryFile = None,
    canned: Canned = None,
    param: Values = None,
    list_formats: Annotated[
        bool, typer.Option("--list", help="List the formats, what each holds and what it loses.")
    ] = False,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
) -> None:
    """Write the graph, or a network taken from it, in a format that other tools read."""
    if list_formats:
        list_all()
        return
    chosen = _export(format, output)
    reading = published(home, version).read()
    place = Neighbourhood(ABOUT.term(about).value, depth) if about is not None else None
    asked = _asked(query, canned, param or [])
    if asked is not None and isinstance(chosen, TreeExport):
        raise typer.TyperException(f"The format {chosen.name} takes no query.")
    with destination(output) as stream:
        write(chosen, reading, View(mode, language, place, time, asked), stream)
    if output is not None:
        tell(f"Written to {output}.")


def list_all() -> None:
    """Print the formats with what each is for."""
    rows = [(e.name, e.takes, ", ".join(e.read_by), e.loses) for e in EXPORTS.values()]
    show_table(("format", "holds", "read by", "loses"), rows)


def _asked(query: Path | None, canned: str | None, params: Sequence[str]) -> Asked | None:
    if query is None and canned is None:
        if params:
            raise typer.TyperException("A value is for a canned query: name it by --canned.")
        return None
    text, bindings = text_and_bindings(canned, query, params)
    return Asked(text, bindings, canned or "query")


def _export(name: str | None, output: Path | None) -> Export:
    if name is None:
        raise typer.TyperException("Name a format; --list has them.")
    try:
        export = find_export(name)
    except NotFound as error:
        raise typer.TyperException(str(error)) from error
    if output is None and export.media_type in BINARY and sys.stdout.isatty():
        raise typer.TyperException(f"The format {name} is not for reading. Name a file: --output.")
    return export


@contextmanager
def destination(output: Path | None) -> Iterator[BinaryIO]:
    """A stream to write to; a file takes its name only when it is complete."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif output.exists() and not output.is_file():
        with output.open("wb") as device:
            yield device
    else:
        partial = output.with_name(f".{output.name}.part")
        try:
            with partial.open("wb") as stream:
                yield stream
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
