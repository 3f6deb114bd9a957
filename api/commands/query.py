"""``polemos query``: ask the graph, by a canned query or one of your own."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import (
    DEFAULT_HOME,
    Home,
    Timeout,
    VersionNumber,
    published,
)
from api.commands.outbound_options import AllowPrivateService, AllowService, to_outbound
from api.commands.output import show_table, tell
from graph.engine.pool import Pool
from graph.engine.question import Limits, Question
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS, RESULTS_FORMATS
from graph.queries import find_query, read_queries
from graph.turtle import read_text
from graph.vocabulary import hint, short

TABLE = "table"
FORMATS = (TABLE, *RESULTS_FORMATS, *RDF_FORMATS)
STANDARD_INPUT = Path("-")
DEFAULT_SECONDS = Limits().seconds

app = typer.Typer(add_completion=False)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A canned query; --list has them.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for a parameter."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", help="A file of SPARQL; - reads standard input."),
    ] = None,
    list_queries: Annotated[
        bool, typer.Option("--list", help="List the canned queries and their parameters.")
    ] = False,
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = TABLE,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
    timeout: Timeout = DEFAULT_SECONDS,
    allow_service: AllowService = None,
    allow_private_service: AllowPrivateService = None,
) -> None:
    """Ask the graph and print the answer."""
    if list_queries:
        list_all()
        return
    question = replace(_question(name, file, param or [], format, version), seconds=timeout)
    published(home, version)
    pool = Pool(
        Versions(home),
        workers=1,
        limits=Limits(seconds=max(timeout, DEFAULT_SECONDS)),
        outbound=to_outbound(allow_service, allow_private_service),
    )
    asyncio.run(_print_answer(pool, question, format))


def list_all() -> None:
    """Print the canned queries, each with its question and its parameters."""
    rows = [
        (
            each.name,
            each.summary,
            ", ".join(f"{parameter.name} ({parameter.type.name})" for parameter in each.parameters),
        )
        for each in read_queries().values()
    ]
    show_table(("name", "question", "parameters"), rows)


def _question(
    name: str | None, file: Path | None, params: Sequence[str], format: str, version: int | None
) -> Question:
    text, bindings = text_and_bindings(name, file, params)
    if format not in FORMATS:
        raise typer.TyperException(
            f"There is no format “{format}”.{hint(format, FORMATS)} Use one of"
            f" {', '.join(FORMATS)}."
        )
    results, graph = RESULTS_FORMATS.get(format), RDF_FORMATS.get(format)
    return Question(
        text,
        results_format=_media_type(results, RESULTS_FORMATS["json"], format),
        graph_format=_media_type(graph, RDF_FORMATS["turtle"], format),
        bindings=bindings,
        version=version,
    )


def _media_type(chosen: Any, for_table: Any, format: str) -> str | None:
    """The media type asked for; for a table, the one that is read here or printed instead."""
    picked = for_table if format == TABLE else chosen
    return picked.media_type if picked is not None else None


def text_and_bindings(
    name: str | None, file: Path | None, params: Sequence[str]
) -> tuple[str, Mapping[str, str]]:
    """A query's text and its variables' values, as N-Triples, from what a command is given."""
    if (name is None) == (file is None):
        raise typer.TyperException(
            "Give the name of a canned query or --file with one of your own; --list has the names."
        )
    if name is not None:
        canned = find_query(name)
        terms = canned.bindings(dict(map(_parameter, params)))
        return canned.text, {variable: str(term) for variable, term in terms.items()}
    if params:
        raise typer.TyperException("Values are for canned queries. Write yours into the file.")
    assert file is not None
    return sys.stdin.read() if file == STANDARD_INPUT else read_text(file), {}


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.TyperException(f"“{text}” is no parameter. Write it like name=value.")
    return name, value


async def _print_answer(pool: Pool, question: Question, format: str) -> None:
    try:
        await pool.open()  # so that the worker's start takes nothing of the query's time
        answer = await pool.ask(question)
        if format == TABLE and answer.media_type == RESULTS_FORMATS["json"].media_type:
            _print_table(json.loads(await _whole(answer.chunks)))
        else:
            async for chunk in answer.chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        if answer.truncated:
            tell(f"The answer is cut after {pool.limits.rows:,} rows.")
    finally:
        await pool.close()


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


def _print_table(results: Mapping[str, Any]) -> None:
    """Print SPARQL 1.1 results as JSON has them: a table, or yes or no."""
    if "boolean" in results:
        print("yes" if results["boolean"] else "no")
        return
    names = results["head"]["vars"]
    rows = results["results"]["bindings"]
    show_table(names, [[_shown(row.get(name)) for name in names] for row in rows])


def _shown(term: Mapping[str, Any] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "triple":
        parts = (term["value"][part] for part in ("subject", "predicate", "object"))
        return f"<<{' '.join(map(_shown, parts))}>>"
    return short(term["value"]) if term["type"] == "uri" else str(term["value"])
