"""Rows with cells changed on purpose: made from a real row, and no rows of UCDP any more."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.sources import find_source
from graph.sources.source import Rows
from graph.sources.ucdp.rows import COLUMNS

DATA = Path(__file__).parent / "data"
SOURCE = find_source("ucdp")


def real_row() -> dict[str, str]:
    """The row 147997 of GED 23.1: five reports on Maidan."""
    with (DATA / "ged-23-1.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def write(path: Path, *changes: dict[str, str], header: bool = True) -> Path:
    """A file with a row for each set of changed cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if header:
            writer.writeheader()
        for number, cells in enumerate(changes, start=1):
            writer.writerow({**real_row(), "id": str(number), **cells})
    return path


def read(folder: Path, *changes: dict[str, str]) -> Rows:
    """What is read of such rows."""
    return SOURCE.read([write(folder / "rows.csv", *changes)])


def reasons(folder: Path, **cells: str) -> list[str]:
    """Why a row with changed cells is set aside, if it is."""
    return list(read(folder, cells).broken["reason"])
