"""The cells of ACLED's exports as text: CSV of any age, or the JSON of its API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from graph.errors import InvalidInput
from graph.sources.files import unpacked

_COLUMNS = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country
admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities
tags timestamp
"""
COLUMNS = tuple(_COLUMNS.split())
"""The 31 columns of the usual export; four of population follow them in some and are not read."""
NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude")
FORMER = {
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
    "geo_precis": "geo_precision",
    "time_preci": "time_precision",
}
"""Names that columns had in older exports. data_id, event_id_no_cnty and iso3 are dropped."""


def read_cells(path: Path) -> pl.DataFrame:
    """The cells under the present names; a column that the export lacks is null.

    Raises InvalidInput where the file is no export of ACLED.
    """
    if path.suffix.lower() in {".json", ".jsonl"}:
        table = _json(path)
    else:
        with unpacked(path) as plain:
            table = _csv(plain, path)
    named = {name: FORMER.get(name.strip().lower(), name.strip().lower()) for name in table.columns}
    if len(set(named.values())) < len(named):
        raise InvalidInput(f"{path.name} has a column twice. Export it again.")
    table = table.rename(named)
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise InvalidInput(
            f"{path.name} is no export of ACLED: it lacks {', '.join(missing)}. Export all columns."
        )
    absent = [pl.lit(None, pl.String).alias(name) for name in COLUMNS if name not in table.columns]
    return table.with_columns(absent).select(COLUMNS)


def _csv(plain: Path, path: Path) -> pl.DataFrame:
    with plain.open(encoding="utf-8-sig") as file:
        first = file.readline()
    separator = max(",;\t", key=first.count)
    try:
        return pl.read_csv(plain, infer_schema=False, separator=separator)
    except pl.exceptions.NoDataError as error:
        raise InvalidInput(f"{path.name} is empty. Export it again.") from error
    except pl.exceptions.PolarsError as error:
        raise InvalidInput(f"{path.name} is no CSV: {error}. Export it again.") from error


def _json(path: Path) -> pl.DataFrame:
    results = [row for page in _pages(path) for row in _data(page, path)]
    if not results:
        raise InvalidInput(
            f"{path.name} holds no rows. An account without access to the data gets empty answers:"
            " look at yours."
        )
    names = dict.fromkeys(name for row in results for name in row)
    return pl.DataFrame(
        {name: [_cell(row.get(name)) for row in results] for name in names},
        dict.fromkeys(names, pl.String),
    )


def _pages(path: Path) -> Iterator[object]:
    text = path.read_text(encoding="utf-8-sig")
    try:
        if path.suffix.lower() == ".jsonl":
            yield from (json.loads(line) for line in text.splitlines() if line.strip())
        else:
            yield json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidInput(f"{path.name} is no JSON: {error}. Save the answer again.") from error


def _data(page: object, path: Path) -> list[Mapping[str, object]]:
    """The rows of an answer of the API, of a list of rows, or of one row."""
    rows = page.get("data", [page]) if isinstance(page, dict) else page
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(f"{path.name} is no answer of ACLED: it has no list “data”.")
    return rows


def _cell(value: object) -> str | None:
    return None if value is None else str(value)
