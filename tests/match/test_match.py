"""Which events may be one incident: near pairs, pairs that cannot be told apart, real vintages."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from graph.engine.versions import Versions
from graph.errors import InvalidInput, NotFound
from graph.loading import Release, load
from graph.loading.visibility import restricted_home
from graph.matching import match
from graph.matching.incidents import incidents
from graph.matching.scoring import matches, scored_pairs
from graph.sources import find_source
from tests.load.homes import current, fresh, load_cut, rows
from tests.sources.acled_rows import SOURCE as ACLED
from tests.sources.acled_rows import write

LABELLED = Path(__file__).parent / "labelled.csv"
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "event": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "radius": pl.Float64,
    "words": pl.List(pl.String),
    "kind": pl.String,
    "killed": pl.Int64,
}
DAY = date(2031, 2, 3)
PREFIX = "PREFIX pol: <https://w3id.org/polemos/ontology#> "
LINKS = PREFIX + "SELECT ?a ?b { ?a pol:possiblySameIncidentAs ?b }"
NODES = PREFIX + (
    "SELECT ?score ?method (COUNT(?event) AS ?n) { ?m a pol:IncidentMatch ; pol:score ?score ;"
    " pol:method ?method ; pol:matchedEvent ?event } GROUP BY ?m ?score ?method"
)


def frame(*events: dict[str, object]) -> pl.DataFrame:
    """Invented incidents: one on a day in a place, with what is changed in it."""
    first: dict[str, object] = {
        "event": "a",
        "start": DAY,
        "end": DAY,
        "latitude": 49.5,
        "longitude": 36.5,
        "radius": 5.0,
        "words": ["north"],
        "kind": "Attack",
        "killed": 2,
    }
    return pl.DataFrame([first | each for each in events], SCHEMA)


def pairs(left: pl.DataFrame, right: pl.DataFrame) -> list[tuple[str, str]]:
    return [(one, other) for one, other in matches(left, right).select("left", "right").rows()]


def test_the_same_day_place_and_actors_are_a_match() -> None:
    assert pairs(frame({}), frame({"event": "b"})) == [("a", "b")]


@pytest.mark.parametrize(
    "change",
    [
        {"start": date(2031, 2, 6), "end": date(2031, 2, 6)},
        {"latitude": 50.4},
        {"words": ["east"], "kind": "Agreement"},
    ],
)
def test_another_day_place_or_party_is_none(change: dict[str, object]) -> None:
    assert pairs(frame({}), frame({"event": "b", **change})) == []


def test_a_neighbouring_cell_and_week_is_looked_at() -> None:
    left = frame({"latitude": 49.4999, "start": date(2031, 2, 5), "end": date(2031, 2, 5)})
    right = frame({"event": "b", "latitude": 49.5001, "start": date(2031, 2, 6)})

    assert len(scored_pairs(left, right.with_columns(pl.col("start").alias("end")))) == 1


def test_of_several_alike_the_counts_decide_and_where_they_do_not_nothing_is_proposed() -> None:
    left = frame({"event": "a1", "killed": 2}, {"event": "a2", "killed": 9})

    decided = frame({"event": "b1", "killed": 9}, {"event": "b2", "killed": 2})
    undecided = frame({"event": "b1", "killed": 2}, {"event": "b2", "killed": 2})

    assert sorted(pairs(left, decided)) == [("a1", "b2"), ("a2", "b1")]
    assert pairs(left, undecided) == []


def test_proposals_are_a_version_and_made_again_change_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "23.1")
    row = {
        "event_date": "2014-01-22",
        "latitude": "50.45",
        "longitude": "30.5233",
        "actor1": "Government of Ukraine (invented)",
        "actor2": "Maidan (invented)",
        "location": "Kyiv",
        "fatalities": "4",
    }
    path = write(tmp_path / "invented.csv", row)
    load(home, ACLED, Release("1", (path,), date(2031, 3, 1)))
    both = restricted_home(home)

    first, second = match(both, "ucdp", "acled", 0.7), match(both, "ucdp", "acled", 0.7)

    assert (first.published, first.matches, second.published) == (True, 1, False)
    event = "https://w3id.org/polemos/id/event/"
    assert rows(both, LINKS) == [(f"{event}ucdp-147997", f"{event}acled-XXA1")]
    ((_, method, count),) = rows(both, NODES)
    assert (method, count) == ("polemos match 1", "2")
    assert rows(home, LINKS) == []


def test_what_cannot_be_matched_is_said(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    with pytest.raises(InvalidInput, match="Name two sources"):
        match(home, "ucdp", "ucdp")
    with pytest.raises(InvalidInput, match="holds no events"):
        match(home, "ucdp", "articles")
    with pytest.raises(NotFound, match="Did you mean ucdp"):
        match(home, "ucpd", "articles")
    assert len(Versions(home).numbers()) == 1


def hidden(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    """The incidents under names that tell nothing of their identifiers, nor of their order."""
    names = [sha256(f"{side} {event}".encode()).hexdigest() for event in frame["event"]]
    return frame.with_columns(
        pl.Series("event", names), pl.col("event").str.extract(r"ucdp-(\d+)$", 1).alias("id")
    )


@pytest.mark.real_data
def test_the_two_real_vintages_with_their_identifiers_hidden(
    real_data: Path, tmp_path: Path
) -> None:
    sides = {}
    for release, day in (("22.1", date(2023, 2, 3)), ("23.1", date(2023, 6, 23))):
        (path,) = (real_data / "ucdp_ged_ukraine").glob(f"*_ged{release}_utf8.csv")
        (tmp_path / release).mkdir()
        home = fresh(tmp_path / release)
        load(home, find_source("ucdp"), Release(release, (path,), day))
        sides[release] = hidden(incidents(current(home).read(), "ucdp"), release)

    old, new = (dict(each.select("event", "id").iter_rows()) for each in sides.values())
    found = matches(sides["22.1"].drop("id"), sides["23.1"].drop("id"))
    proposed = {(old[a], new[b]) for a, b in found.select("left", "right").iter_rows()}

    shared = set(old.values()) & set(new.values())
    right = {(a, b) for a, b in proposed if a == b}
    assert (len(shared), len(proposed), len(right)) == (2968, 2254, 2254)
    with LABELLED.open(encoding="utf-8", newline="") as file:
        labels = {(row["id_22_1"], row["id_23_1"]): row["label"] for row in csv.DictReader(file)}
    told = [labels[pair] for pair in proposed & labels.keys()]
    assert (told.count("same"), told.count("different")) == (39, 0)
    assert list(labels.values()).count("same") == 50
