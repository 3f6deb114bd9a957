"""``polemos article``: what a curator needs while writing the facts of an article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Articles
from api.commands.output import complain, counted, say
from graph.build import check_article
from graph.coverage import SentenceCoverage
from graph.files import ARTICLES, Sources
from graph.vocabulary import short

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Check an article before it is built."
)


@app.callback()
def article() -> None:
    """Check an article before it is built."""


@app.command()
def check(
    folder: Annotated[
        Path,
        typer.Argument(
            help="The folder of the article, with text.txt and facts.trig.",
            exists=True,
            file_okay=False,
            resolve_path=True,
        ),
    ],
    articles: Articles = ARTICLES,
) -> None:
    """Show each sentence of an article with the claims that rest on it, or why there are none.

    Exits with 1 where a sentence has neither a claim nor a reason, or where a fact breaks a rule.
    """
    checked = check_article(folder, Sources(articles=articles))
    for sentence in checked.coverage:
        say(_shown(sentence))
    for finding in checked.findings:
        say(f"{finding.severity.value}: {finding}")
    if checked.unexplained:
        complain(
            f"{counted(len(checked.unexplained), 'sentence')} with neither claim nor reason. Quote"
            " a part of each in a claim, or in a pol:PassageWithoutFact with the reason.",
            *(sentence.text for sentence in checked.unexplained),
        )
        raise typer.Exit(1)
    claims = counted(len(checked.article.claims), "claim")
    say(f"{claims} on {counted(len(checked.coverage), 'sentence')}; every sentence is explained.")


def _shown(sentence: SentenceCoverage) -> str:
    claims = [f"    {short(claim)}" for claim in sentence.claims]
    reasons = [f"    no fact: {reason}" for reason in sentence.reasons]
    return "\n".join([sentence.text, *(claims + reasons or ["    NOT EXPLAINED"])])
