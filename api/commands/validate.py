"""``polemos validate``: hold facts against the shapes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import with_format
from api.commands.output import counted, say, show_table
from graph.build import read
from graph.closure import closed
from graph.files import Sources
from graph.finding import Finding, Severity
from graph.material import findings, stated
from graph.progress import Steps
from graph.turtle import RdfFile, read_rdf
from graph.vocabulary import short

app = typer.Typer(add_completion=False)


@app.command()
def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of RDF to check; they may speak of everything that the graph knows.",
            show_default="the facts that the graph is built from",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Hold facts against the SHACL shapes and show the findings; exit with 1 on a violation."""
    found = validation([read_rdf(path) for path in with_format(files or ())])
    if found:
        show_table(("severity", "where", "what", "finding"), map(_row, found))
    violations = sum(each.severity is Severity.VIOLATION for each in found)
    say(f"{counted(len(found), 'finding')}, of them {counted(violations, 'violation')}.")
    if violations:
        raise typer.Exit(1)


def validation(files: list[RdfFile], sources: Sources | None = None) -> tuple[Finding, ...]:
    """The findings on the files, on top of the graph; on the whole graph where there are none.

    Raises as :func:`graph.build.build` does.
    """
    material = read(sources or Sources(), Steps())
    material = replace(material, reference=(*material.reference, *files))
    written = stated(material)
    found = findings(material, written, closed(written, material.ontology.core.quads))
    names = {file.name for file in files}
    return tuple(each for each in found if not files or each.origin.file in names)


def _row(finding: Finding) -> tuple[str, str, str, str]:
    origin = finding.origin
    where = f"{origin.file}:{origin.line}" if origin.line else origin.file
    return finding.severity.value, where, short(finding.focus), finding.message
