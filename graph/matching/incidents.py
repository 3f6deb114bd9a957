"""The events of one source as a frame: when, where and how precisely, who, of what kind."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graph.engine.store import Reading
from graph.errors import InvalidInput, NotFound
from graph.loading.held import table
from graph.sources import SOURCES, find_source
from graph.vocabulary import hint

FOLDER = Path(__file__).parent
ARTICLES = "articles"
RADIUS = {
    "Exact": 5.0,
    "Near": 25.0,
    "SecondLevelRegion": 40.0,
    "FirstLevelRegion": 100.0,
    "Fuzzy": 100.0,
}
"""How far from its point an event of each precision may be, in kilometres; of less precise ones no
match can be told."""
LONGEST = 62
"""Days of a span above which it says too little of the time."""
_WORDS = """
of the and for in forces force military government police army armed group militia unidentified
"""
WORDS_OF_ALL = _WORDS.split()
"""Words of names that say nothing of who it is."""
KINDS = (
    "ViolenceAgainstCivilians",
    "AggregateReport",
    "GroundBattle",
    "AerialAttack",
    "ExplosiveDeviceAttack",
    "Agreement",
    "Attack",
    "ConflictEvent",
)
"""Classes that the kinds of two events are told by, the narrow before the wide."""


def incidents(graph: Reading, source: str) -> pl.DataFrame:
    """The events of a source by its name, or of ``articles``.

    Has ``event``, ``start`` and ``end`` (days), ``latitude``, ``longitude``, ``radius``
    (kilometres), ``words`` (of the names of actors), ``kind`` and ``killed``. Raises NotFound for
    another name, InvalidInput where the graph holds no such event.
    """
    if source == ARTICLES:
        return framed(table(graph, FOLDER / "curated.rq"))
    if source not in SOURCES:
        raise NotFound(
            f"There is no source “{source}”; there are: {', '.join((*SOURCES, ARTICLES))}."
            f"{hint(source, (*SOURCES, ARTICLES))}"
        )
    dataset = find_source(source).dataset
    found = table(graph, FOLDER / "incidents.rq", {"dataset": dataset.node})
    if found.is_empty():
        raise InvalidInput(
            f"The graph holds no events of {dataset.label}. Load a release of it first; rows of"
            " GDELT are codings of mentions and no events."
        )
    return framed(found)


def framed(rows: pl.DataFrame) -> pl.DataFrame:
    """One row an event, from the rows of a query with one an actor."""
    local = pl.col("kind").str.extract(r"[#/]([^#/]+)$", 1)
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    return (
        rows.with_columns(
            pl.col("start").str.slice(0, 10).str.to_date(strict=False),
            pl.col("end").str.slice(0, 10).str.to_date(strict=False),
            pl.col("latitude").cast(pl.Float64),
            pl.col("longitude").cast(pl.Float64),
            pl.col("precision")
            .str.extract(r"([^/]+)$", 1)
            .replace_strict(RADIUS, default=None, return_dtype=pl.Float64)
            .alias("radius"),
            local.replace_strict(ranks, default=len(KINDS), return_dtype=pl.Int64).alias("rank"),
            pl.col("killed").cast(pl.Int64, strict=False),
            _words(pl.col("actor")).alias("words"),
        )
        .group_by("event")
        .agg(
            pl.col("start", "end", "latitude", "longitude", "radius", "killed").first(),
            pl.col("rank").min(),
            pl.col("words").explode().drop_nulls().unique().sort(),
        )
        .with_columns(
            pl.col("rank")
            .replace_strict(dict(enumerate((*KINDS, ""))), return_dtype=pl.String)
            .alias("kind")
        )
        .drop("rank")
        .filter(
            pl.col("radius").is_not_null()
            & ((pl.col("end") - pl.col("start")).dt.total_days() <= LONGEST)
        )
        .sort("event")
    )


def _words(name: pl.Expr) -> pl.Expr:
    words = name.fill_null("").str.to_lowercase().str.extract_all(r"\p{L}{2,}")
    return words.list.set_difference(WORDS_OF_ALL)
