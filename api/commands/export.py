"""``polemos export``: the graph as a file for other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home, VersionNumber, published
from api.commands.output import show_table, tell
from graph.export import EXPORTS, RDF_EXPORTS
from graph.vocabulary import PREFIXES, hint

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
    chosen = _format(format)
    reading = published(home, version).read()
    with destination(output) as stream:
        reading.dump(stream, RDF_EXPORTS[chosen].format, prefixes=PREFIXES)
    if output is not None:
        tell(f"Written to {output}.")


def list_all() -> None:
    """Print the formats with what each is for."""
    rows = [(e.name, e.takes, ", ".join(e.read_by), e.loses) for e in EXPORTS.values()]
    show_table(("format", "holds", "read by", "loses"), rows)


def _format(name: str | None) -> str:
    if name is None:
        raise typer.TyperException("Name a format; --list has them.")
    if name not in EXPORTS:
        raise typer.TyperException(
            f"There is no format “{name}”.{hint(name, EXPORTS)} Use one of {', '.join(EXPORTS)}."
        )
    return name


@contextmanager
def destination(output: Path | None) -> Iterator[IO[bytes]]:
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
