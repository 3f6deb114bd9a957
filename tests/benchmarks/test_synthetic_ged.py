"""Synthetic rows: in the format of GED, distributed like it, the same each time, and labelled."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from benchmarks.synthetic_ged import PARTS, Dirt, batches, learned, write
from benchmarks.synthetic_words import LABEL
from graph.sources.ucdp.rows import COLUMNS, read_files

SIZE = 20_000
DISORDERED = (pl.col("low") > pl.col("best")) | (pl.col("best") > pl.col("high"))


@cache
def rows() -> pl.DataFrame:
    frame = pl.concat(batches(SIZE))
    numbers = (*PARTS, "best", "low", "high")
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in numbers)


def test_the_columns_are_those_of_ged() -> None:
    assert tuple(rows().columns) == COLUMNS
    assert len(COLUMNS) == 49
    assert len(rows()) == SIZE


@pytest.mark.parametrize(
    "column", ["source_article", "conflict_name", "where_coordinates", "relid"]
)
def test_every_row_says_that_it_is_synthetic(column: str) -> None:
    said = rows()[column].str.to_lowercase().str.contains("synthetic")

    assert said.all()
    assert rows()["source_article"].str.contains(LABEL, literal=True).all()


def test_the_file_says_that_it_is_synthetic(tmp_path: Path) -> None:
    path = write(100, tmp_path, seed=7)

    assert path.name == "synthetic_ged_100_rows_seed_7.csv"
    assert len(pl.read_csv(path)) == 100


def test_the_same_seed_gives_the_same_rows() -> None:
    first, again, other = (pl.concat(batches(500, seed)) for seed in (3, 3, 4))

    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.parametrize("column", ["where_prec", "date_prec", "event_clarity"])
def test_codes_are_as_frequent_as_in_real_rows(column: str) -> None:
    counted = learned()[column]
    total = sum(counted.values())

    shares = dict(rows()[column].cast(pl.String).value_counts(normalize=True).iter_rows())

    assert set(shares) <= set(counted)
    assert shares == pytest.approx({code: counted[code] / total for code in shares}, abs=0.015)


def test_countries_and_types_are_as_frequent_as_in_the_sample() -> None:
    sizes = {
        (each["country"], kind): each[f"type_{kind}"]
        for each in learned()["countries"]
        for kind in (1, 2, 3)
    }
    total = sum(sizes.values())

    found = rows().group_by("country", "type_of_violence").len().rows()

    shares = {(country, kind): count / SIZE for country, kind, count in found}
    assert shares == pytest.approx({each: sizes[each] / total for each in shares}, abs=0.01)


def test_deaths_are_distributed_like_real_ones() -> None:
    known, frame = learned(), rows()
    half = known["steps"].index(0.5)

    for kind in (1, 2, 3):
        best = frame.filter(pl.col("type_of_violence") == kind)["best"]
        assert best.median() == pytest.approx(known["best"][str(kind)][half], abs=1)
    assert frame.select((pl.sum_horizontal(PARTS) == pl.col("best")).all()).item()
    one_sided = frame.filter(pl.col("type_of_violence") == 3)
    assert one_sided.select(pl.col("deaths_a").max(), pl.col("deaths_b").max()).row(0) == (0, 0)


@pytest.mark.parametrize("share", [None, 0.0, 0.05])
def test_bounds_are_out_of_order_as_often_as_asked(share: float | None) -> None:
    frame = pl.concat(batches(SIZE, dirt=Dirt(out_of_order=share)))
    numbers = frame.with_columns(pl.col(name).cast(pl.Int64) for name in ("low", "best", "high"))

    found = len(numbers.filter(DISORDERED)) / SIZE

    assert found == pytest.approx(learned()["out_of_order"] if share is None else share, abs=0.004)


def test_lists_of_sources_are_missing_before_2013_alone() -> None:
    missing = rows().filter(pl.col("source_office").is_null())

    assert len(missing) / SIZE == pytest.approx(0.233, abs=0.01)
    assert missing["year"].max() == 2012
    assert rows().filter(pl.col("year") < 2013)["number_of_sources"].unique().to_list() == [-1]


def test_places_and_days_lie_in_their_bounds() -> None:
    frame = rows()

    assert frame["latitude"].is_between(-90, 90).all()
    assert frame["longitude"].is_between(-180, 180).all()
    assert (frame["date_start"] <= frame["date_end"]).all()
    assert (frame["date_end"].str.slice(0, 4).cast(pl.Int64) == frame["year"]).all()
    assert frame["id"].n_unique() == SIZE


def test_sound_rows_are_read_without_a_broken_one(tmp_path: Path) -> None:
    read = read_files([write(3_000, tmp_path)])

    assert (len(read.sound), len(read.broken)) == (3_000, 0)


def test_dirt_is_found_by_the_reader(tmp_path: Path) -> None:
    dirt = Dirt(unreadable=0.02, repeated_id=0.02, float_states=0.5, clock_dates=0.5)

    read = read_files([write(3_000, tmp_path, dirt=dirt)])

    assert len(read) == 3_000
    assert len(read.broken) / 3_000 == pytest.approx(0.04, abs=0.012)
