"""The three real vintages of UCDP GED on Ukraine: what is loaded equals an independent reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from graph.files import PACKAGE
from graph.loading import Loaded, Release, load
from graph.loading.held import reference
from tests.load.homes import current, fresh, rows
from tests.sources.cells import SOURCE

FOLDER = PACKAGE.parent.parent / "shared" / "data" / "ucdp_ged_ukraine"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.exists(), reason=f"the real files are not in {FOLDER}"),
]
LAST = date(2022, 2, 25)
"""The last day in the file of 23.1."""
MAY = "22.1-with-candidates"
VINTAGES = {
    "22.1": ("*_ged22.1_utf8.csv", "utf-8", date(2023, 2, 3), 13),
    "23.1": ("*_ged23.1_utf8.csv", "utf-8", date(2023, 6, 23), 13),
    MAY: ("*_cp1252_with-candidates.csv", "cp1252", date(2023, 5, 3), 31),
}
"""File, encoding, day of the commit, rows whose bounds are out of order."""
POL = "PREFIX pol: <https://w3id.org/polemos/ontology#> "
TOTALS = POL + (
    "SELECT ?type (COUNT(?event) AS ?rows) (SUM(?best) AS ?deaths) {"
    " ?event pol:accordingTo ?record ; pol:killed ?total ; pol:partOf ?dyad ."
    " ?total pol:pointValue ?best ; pol:lowerBound ?low . ?dyad pol:violenceType ?type }"
    " GROUP BY ?type ORDER BY ?type"
)
CIVILIANS = POL + (
    "PREFIX victim: <https://w3id.org/polemos/id/victim/> SELECT (SUM(?n) AS ?sum) {"
    " ?q pol:victimCategory victim:Civilian ; pol:pointValue ?n ; pol:accordingTo ?record }"
)
STANDING = POL + (
    "SELECT (COUNT(DISTINCT ?event) AS ?events) {"
    " ?event pol:killed ?total . ?total pol:accordingTo/pol:ofRelease ?release ;"
    " pol:lowerBound ?low }"
)
OUT_OF_ORDER = (
    "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT (COUNT(DISTINCT ?focus) AS ?rows) {"
    " GRAPH <https://w3id.org/polemos/id/graph/quality> { ?finding sh:focusNode ?focus ;"
    " sh:resultSeverity sh:Warning FILTER(CONTAINS(STR(?focus), '/quantity/ucdp-ged/')) } }"
)


def file(release: str) -> Path:
    (path,) = FOLDER.glob(VINTAGES[release][0])
    return path


def cells(release: str) -> pl.DataFrame:
    """The file as polars reads it, by nothing of ours."""
    text = file(release).read_bytes().decode(VINTAGES[release][1])
    whole = ["best", "high", "low", "deaths_civilians", "id", "type_of_violence"]
    return pl.read_csv(text.encode(), infer_schema=False).with_columns(pl.col(whole).cast(pl.Int64))


def load_real(home: Path, release: str) -> Loaded:
    return load(home, SOURCE, Release(release, (file(release),), VINTAGES[release][2]))


@pytest.mark.parametrize("release", VINTAGES)
def test_rows_and_sums_equal_an_independent_reading(release: str, tmp_path: Path) -> None:
    home = fresh(tmp_path)
    read = cells(release)

    loaded = load_real(home, release)

    assert (loaded.counts["added"], loaded.counts["broken"]) == (len(read), 0)
    by_type = read.group_by("type_of_violence").agg(pl.len(), pl.col("best").sum())
    assert rows(home, TOTALS) == [
        (f"https://w3id.org/polemos/id/ucdp-violence/{kind}", str(count), str(best))
        for kind, count, best in by_type.sort("type_of_violence").iter_rows()
    ]
    assert rows(home, CIVILIANS) == [(str(read["deaths_civilians"].sum()),)]


@pytest.mark.parametrize("release", VINTAGES)
def test_bounds_out_of_order_are_warnings(release: str, tmp_path: Path) -> None:
    home = fresh(tmp_path)
    read = cells(release)
    ordered = (pl.col("low") <= pl.col("best")) & (pl.col("best") <= pl.col("high"))

    load_real(home, release)

    expected = VINTAGES[release][3]
    assert read.filter(~ordered).height == expected
    assert rows(home, OUT_OF_ORDER) == [(str(expected),)]


def test_every_country_and_state_is_a_reference_entity(tmp_path: Path) -> None:
    known = reference(current(fresh(tmp_path)).read())
    read = [SOURCE.read([file(release)]).sound for release in VINTAGES]

    countries = {each for rows_ in read for each in rows_["country_id"]}
    lists = [each for rows_ in read for side in "ab" for each in rows_[f"gwno{side}"].drop_nulls()]
    states = {int(number) for each in lists for number in each.split(";")}

    assert countries <= known.countries.keys()
    assert states <= known.states.keys()
    # UCDP's Yemen (North Yemen), whose number Yemen has since 1990, and Kosovo.
    assert {678, 347} <= known.countries.keys()


def test_a_vintage_over_an_older_one(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    ids = {release: set(cells(release)["id"]) for release in VINTAGES}
    load_real(home, "22.1")

    counts = load_real(home, "23.1").counts

    shared = len(ids["22.1"] & ids["23.1"])
    assert shared == 2998
    assert counts["revised"] + counts["repeated"] == shared
    assert (counts["added"], counts["revised"], counts["repeated"], counts["gone"]) == (
        79,
        60,
        2938,
        2,
    )
    assert counts["gone"] == len(ids["22.1"] - ids["23.1"])
    assert not load_real(home, "23.1").published


def test_the_candidates_of_may_and_the_release_of_june(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    ids = {release: set(cells(release)["id"]) for release in VINTAGES}
    load_real(home, MAY)

    counts = load_real(home, "23.1").counts

    assert len(ids[MAY] & ids["23.1"]) == 2987
    assert counts["revised"] + counts["repeated"] == 2987
    # The file of June ends in February 2022: it withdraws nothing of what lies after that.
    later = SOURCE.read([file(MAY)]).sound.filter(pl.col("date_end") > LAST)
    assert later.height == 894
    assert counts["gone"] == len(ids[MAY] - ids["23.1"]) - later.height
    standing = int(rows(home, STANDING)[0][0])
    assert standing == len(ids["23.1"]) + later.height


def test_the_dates_that_a_spreadsheet_turned_are_the_publisher_s_dates() -> None:
    turned = SOURCE.read([file(MAY)]).sound.select("record_id", "date_start")
    given = SOURCE.read([file("22.1")]).sound.select("record_id", "date_start")

    both = turned.join(given, on="record_id", suffix="_given")

    assert both.height == 2989
    assert both.filter(pl.col("date_start") != pl.col("date_start_given")).height == 2
