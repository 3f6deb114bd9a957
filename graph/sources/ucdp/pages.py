"""Pages of UCDP's API: ``{"TotalCount": …, "NextPageUrl": "…", "Result": [{…}, …]}``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from graph.errors import InvalidInput
from graph.sources.files import OVERLONG


def read_pages(path: Path, columns: Sequence[str]) -> pl.DataFrame:
    """The cells of saved pages as text: one page, a list of pages, or one page a line.

    Raises InvalidInput where the file is no JSON or holds no rows of this kind.
    """
    results = [row for page in _pages(path) for row in _results(page, path)]
    if not results:
        raise InvalidInput(f"{path.name} holds no rows. Save the pages of gedevents again.")
    missing = [column for column in columns if column not in results[0]]
    if missing:
        raise InvalidInput(f"The rows of {path.name} lack {', '.join(missing)}. Save them again.")
    cells = {name: [_cell(row.get(name)) for row in results] for name in columns}
    schema = dict.fromkeys(columns, pl.String)
    return pl.DataFrame(cells, schema).with_columns(pl.lit(False).alias(OVERLONG))


def _pages(path: Path) -> Iterator[object]:
    text = path.read_text(encoding="utf-8-sig")
    lines = text.splitlines() if path.suffix.lower() == ".jsonl" else [text]
    try:
        for line in filter(str.strip, lines):
            page = json.loads(line)
            yield from page if isinstance(page, list) else [page]
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidInput(f"{path.name} is no JSON: {error}. Save the pages again.") from error


def _results(page: object, path: Path) -> Sequence[Mapping[str, object]]:
    rows = page.get("Result") if isinstance(page, Mapping) else None
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidInput(f"{path.name} is no page of gedevents: it has no list “Result”.")
    return rows


def _cell(value: object) -> str | None:
    return None if value is None else str(value)
