"""``polemos running``: the queries that a server runs now, for its operator, and an end to one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import httpx
import typer

from api.commands.outbound_options import read_address
from api.commands.output import say, show_table, tell
from graph.errors import InvalidInput, RemoteFailed

At = Annotated[
    str,
    typer.Option(
        "--at", envvar="POLEMOS_PUBLIC_ADDRESS", metavar="URL", help="Where the server is."
    ),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--operator-token-file",
        envvar="POLEMOS_OPERATOR_TOKEN_FILE",
        exists=True,
        dir_okay=False,
        help="The file with the operator's token, as the server has it.",
        show_default="none",
    ),
]
HERE = "http://127.0.0.1:8000/"
_SECONDS = 30
_SHOWN = 80

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="List the queries that a server runs now, and cancel one.",
)


@app.command("list")
def list_running(at: At = HERE, operator_token_file: TokenFile = None) -> None:
    """List them in the order they came, those that wait for a worker too."""
    if operator_token_file is None:
        raise InvalidInput(
            "The list is for the server's operator. Name the file with the token that the server"
            " was started with: --operator-token-file."
        )
    token = operator_token_file.read_text("utf-8").strip()
    answer = _send("GET", at, "running", {"Authorization": f"Bearer {token}"})
    rows = [_row(query) for query in answer.json()["running"]]
    if rows:
        show_table(("id", "since", "client", "version", "query"), rows)
    else:
        tell("No query is running.")


@app.command()
def cancel(
    id: Annotated[str, typer.Argument(help="The query's id: whoever knows it can cancel it.")],
    at: At = HERE,
) -> None:
    """Cancel a query by its id; whoever sent it is told so."""
    _send("DELETE", at, f"running/{quote(id, safe='')}", {})
    say(f"The query {id} is cancelled.")


def _row(query: dict[str, Any]) -> tuple[str, ...]:
    text = " ".join(query["query"].split())
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    client = query["client"] or "the server itself"
    return query["id"], query["since"], client, str(query["version"]), shown


def _send(method: str, at: str, path: str, headers: dict[str, str]) -> httpx.Response:
    """Ask the server. Raises RemoteFailed where it does not answer as it should."""
    address = f"{read_address(at).rstrip('/')}/{path}"
    try:
        answer = httpx.request(
            method,
            address,
            headers={"Accept": "application/json", **headers},
            timeout=_SECONDS,
            trust_env=False,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RemoteFailed(
            f"{at} does not answer: {error or type(error).__name__}. Is the server running, and is"
            " this its address (--at)?"
        ) from error
    if answer.is_success:
        return answer
    raise RemoteFailed(f"{address} answered {answer.status_code}: {_detail(answer)}")


def _detail(answer: httpx.Response) -> str:
    """What a problem document says, where the answer is one."""
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return "no word of a Polemos server. Is this its address (--at)?"
