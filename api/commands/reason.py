"""``polemos reason``: whether everything can be true together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import with_format
from api.commands.output import counted, say
from graph.reasoning import Reasoning, shipped_files
from graph.reasoning import reason as run_reasoner
from graph.vocabulary import short

app = typer.Typer(add_completion=False)


@app.command()
def reason(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of RDF to reason over together with the ontology and the facts.",
            show_default="none",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Run the reasoner HermiT over ontology and facts; exit with 1 where they contradict."""
    found = run_reasoner((*shipped_files(), *with_format(files or ())))
    for line in _lines(found):
        say(line)
    if not found.sound:
        raise typer.Exit(1)


def _lines(found: Reasoning) -> list[str]:
    read = f"{counted(found.individuals, 'individual')} and {counted(found.axioms, 'axiom')}"
    if found.sound:
        verdict = f"Consistent: {read} can be true together, and every class can have a member."
    elif found.consistent:
        verdict = f"{counted(len(found.unsatisfiable), 'class')} can have no member:"
    else:
        verdict = f"Inconsistent: {read} cannot be true together."
    left_out = [f"Left out: {each.triples:,} triples with {each.what}." for each in found.left_out]
    classes = [f"  - {short(iri)}" for iri in found.unsatisfiable]
    return [verdict, *classes, *(f"  - {each}" for each in found.conflicts), *left_out]
