"""``polemos token``: make, list and revoke the tokens that allow writing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home
from api.commands.output import say, show_table, tell
from api.writing.tokens import Tokens

Name = Annotated[str, typer.Argument(help="Whose token it is; the log of writes says so.")]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Make, list and revoke tokens for writing."
)


@app.command()
def make(
    name: Name,
    home: Home = DEFAULT_HOME,
    expires: Annotated[
        datetime | None,
        typer.Option(help="Until when it is valid, local time.", show_default="without end"),
    ] = None,
) -> None:
    """Make a token and show it, this once: only its hash is kept."""
    token = Tokens(home).make(name, expires)
    tell(f"The token of {name}. It is not shown again; send it as Authorization: Bearer <token>.")
    say(token)


@app.command("list")
def list_tokens(home: Home = DEFAULT_HOME) -> None:
    """List the tokens: names and times, never the tokens themselves."""
    rows = [(each.name, each.made, each.expires or "never") for each in Tokens(home).all()]
    show_table(("name", "made", "expires"), rows)


@app.command()
def revoke(name: Name, home: Home = DEFAULT_HOME) -> None:
    """Let a token count no longer, from the next request on."""
    Tokens(home).revoke(name)
    say(f"The token of {name} is revoked.")
