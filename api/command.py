"""The command ``polemos``: a table of its commands, and one way out for whatever goes wrong.

It exits with 0 where all went well, with 1 where something failed and with 2 where the command line
itself is wrong. What failed is told on standard error, in a sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from api.commands.output import complain
from graph.errors import PolemosError, ValidationFailed
from graph.vocabulary import hint

COMMANDS: Mapping[str, str] = {
    name: f"api.commands.{name}"
    for name in (
        "build",
        "load",
        "match",
        "serve",
        "running",
        "query",
        "search",
        "export",
        "publish",
        "validate",
        "reason",
        "versions",
        "backup",
        "restore",
        "fsck",
        "token",
        "article",
        "link",
    )
}
"""The commands in the order of the help; each is a module with an ``app`` of its own."""


class Commands(TyperGroup):
    """The commands, each imported when it is asked for: a reasoner takes its time to load."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or a usage error with the closest name."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"There is no command “{cmd_name}”.{hint(cmd_name, COMMANDS)}")
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def polemos() -> None:
    """A knowledge graph of armed conflict and diplomacy: build it, ask it, check it, serve it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command on the arguments given, or on the process's own, and exit."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        code = app(arguments, prog_name="polemos", standalone_mode=False)
    except typer.TyperException as error:
        complain(error.format_message())
        return 2
    except ValidationFailed as error:
        complain(str(error), *error.findings)
        return 1
    except PolemosError as error:
        complain(str(error))
        return 1
    except OSError as error:
        named = f": {error.filename}" if error.filename else ""
        complain(f"The system says: {error.strerror or error}{named}.")
        return 1
    return code if isinstance(code, int) else 0
