"""What the commands print: answers on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table
from rich.text import Text

from graph.progress import Progress

_UNLIMITED = 100_000
"""Columns where no terminal sets a width: a file's lines are not wrapped."""


def say(text: str) -> None:
    """Print a line of an answer."""
    print(text)


def tell(text: str) -> None:
    """Print a line about the work, which is no part of an answer."""
    print(text, file=sys.stderr)


def complain(message: str, *details: str) -> None:
    """Print what went wrong, and its details as a list."""
    tell(message)
    for detail in details:
        tell(f"  - {detail}")


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or as its cells where there is no terminal."""
    table = Table(*columns, show_edge=False, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_UNLIMITED)
    console.print(table)


@contextmanager
def showing_progress() -> Iterator[Progress]:
    """Show the steps of a piece of work: bars on a terminal, elsewhere a line for each step."""
    if not sys.stderr.isatty():
        yield _tell_finished
        return
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with ProgressBar(*columns, TimeElapsedColumn(), console=console) as bars:
        tasks = {}

        def advance(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield advance


def _tell_finished(step: str, done: int, total: int) -> None:
    if done == total:
        tell(f"{step}: {total}" if total != 1 else step)


def counted(number: int, noun: str) -> str:
    """A number with its noun: “1 claim”, “1,234 claims”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
