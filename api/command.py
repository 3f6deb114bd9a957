"""The command ``polemos``."""

from __future__ import annotations

import typer

app = typer.Typer()


def main() -> None:
    """Run the command."""
    app()
