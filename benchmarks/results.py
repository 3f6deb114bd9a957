"""Figures are appended to benchmarks/results.md, a table a benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def append(benchmark: str, columns: Sequence[str], row: Sequence[str]) -> None:
    """Append a row to the table of a benchmark, which is begun where there is none."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    heading = f"\n## {benchmark}\n"
    if heading not in text:
        text += f"{heading}\n{line(columns)}{line(['---'] * len(columns))}"
    before, _, section = text.partition(heading)
    body, separator, after = section.partition("\n## ")
    body = f"{body.rstrip()}\n{line(row)}"
    RESULTS.write_text(f"{before}{heading}{body}{separator}{after}", encoding="utf-8")
    print(line(row), end="")


def line(cells: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |\n"
