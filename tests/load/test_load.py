"""From files to versions: loading, loading again, newer over older, older over newer, refusing."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from graph.build import build, last_build
from graph.engine.versions import Versions
from graph.errors import InvalidInput, NotFound, Refused, ValidationFailed
from graph.loading import STAGES, Release, load
from tests.load.homes import DAYS, current, fresh, load_cut, rows
from tests.sources.cells import SOURCE, write

PREFIX = (
    "PREFIX pol: <https://w3id.org/polemos/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> "
)
BEST = PREFIX + (
    "SELECT ?id ?best ?release { ?q pol:accordingTo ?r ; pol:pointValue ?best ;"
    " pol:lowerBound ?low . ?r pol:recordId ?id ; pol:ofRelease/pol:release ?release } ORDER BY ?id"
)
OLD = PREFIX + (
    "SELECT ?id ?best ?g { GRAPH ?g { ?q pol:accordingTo ?r ; pol:pointValue ?best ; pol:lowerBound"
    " ?low } ?r pol:recordId ?id } ORDER BY ?id"
)
REVISIONS = PREFIX + "SELECT ?new ?old { ?new prov:wasRevisionOf ?old } ORDER BY ?new"
SUPERSEDED = PREFIX + "SELECT ?r ?day { ?r pol:supersededOn ?day } ORDER BY ?r"
RECORD = "https://w3id.org/polemos/id/record/ucdp-ged/"
GRAPH_22 = "https://w3id.org/polemos/id/graph/ucdp-ged/22.1"


def test_a_release_becomes_a_version(tmp_path: Path) -> None:
    home = fresh(tmp_path)

    loaded = load_cut(home, "23.1")

    assert (loaded.version, loaded.published) == (2, True)
    counts = loaded.counts
    assert [counts[name] for name in ("rows", "added", "revised", "gone", "broken")] == [
        8,
        8,
        0,
        0,
        0,
    ]
    assert [id for id, _, _ in rows(home, BEST)] == [
        "147997",
        "149221",
        "149249",
        "154671",
        "155425",
        "204785",
        "211789",
        "395636",
    ]
    assert current(home).facts["load"]["release"] == "23.1"
    assert current(home).reason == "load ucdp-ged 23.1"


def test_bounds_out_of_order_are_warnings_in_the_graph_of_quality(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "23.1")

    found = rows(
        home,
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT DISTINCT ?focus ?severity WHERE {"
        " GRAPH <https://w3id.org/polemos/id/graph/quality> { ?finding sh:focusNode ?focus ;"
        " sh:resultSeverity ?severity FILTER(CONTAINS(STR(?focus), '/quantity/ucdp-ged/')) } }",
    )

    assert found == [
        (
            "https://w3id.org/polemos/id/quantity/ucdp-ged/23.1/155425/killed",
            "http://www.w3.org/ns/shacl#Warning",
        )
    ]


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    first = load_cut(home, "23.1")

    again = load_cut(home, "23.1")

    assert (again.version, again.published) == (first.version, False)
    assert again.counts == {"rows": 8, "present": 8, "broken": 0}
    assert [version.number for version in Versions(home).all()] == [1, 2]


def test_a_newer_release_revises_repeats_and_withdraws(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")

    loaded = load_cut(home, "23.1")

    counts = loaded.counts
    # 236755 lies after the last day of these rows of 23.1, so that nothing is said of it.
    assert [counts[name] for name in ("added", "revised", "repeated", "gone")] == [3, 1, 4, 1]
    assert loaded.revised_by == {"best": 1, "deaths_a": 1, "high": 1, "low": 1}
    assert [row for row in rows(home, BEST) if row[0] == "211789"] == [("211789", "3", "23.1")]
    assert [row for row in rows(home, OLD) if row[0] == "211789"] == [("211789", "5", GRAPH_22)]
    assert [id for id, _, _ in rows(home, OLD)] == ["153030", "211789"]
    assert rows(home, REVISIONS) == [(f"{RECORD}23.1/211789", f"{RECORD}22.1/211789")]
    assert rows(home, SUPERSEDED) == [
        (f"{RECORD}22.1/153030", "2023-06-23"),
        (f"{RECORD}22.1/211789", "2023-06-23"),
    ]


def test_an_older_release_over_a_newer_comes_to_the_same(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "23.1")

    counts = load_cut(home, "22.1").counts

    # Nothing says of the two rows that only the older release has when they were withdrawn.
    assert [counts[name] for name in ("added", "revised", "repeated", "gone")] == [2, 1, 4, 0]
    assert [row for row in rows(home, BEST) if row[0] == "211789"] == [("211789", "3", "23.1")]
    assert rows(home, OLD) == [("211789", "5", GRAPH_22)]
    assert rows(home, REVISIONS) == [(f"{RECORD}23.1/211789", f"{RECORD}22.1/211789")]
    assert rows(home, SUPERSEDED) == [(f"{RECORD}22.1/211789", "2023-06-23")]


def test_a_release_between_two_others_is_put_between_them(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    load_cut(home, "23.1")
    between = write(tmp_path / "between.csv", {"id": "211789", "best": "9", "high": "9"})

    load(home, SOURCE, Release("22.0.12", (between,), date(2023, 4, 1)))

    assert rows(home, REVISIONS) == [
        (f"{RECORD}22.0.12/211789", f"{RECORD}22.1/211789"),
        (f"{RECORD}23.1/211789", f"{RECORD}22.0.12/211789"),
    ]
    days = {row[0]: row[1] for row in rows(home, SUPERSEDED)}
    assert days[f"{RECORD}22.1/211789"] == "2023-04-01"
    assert days[f"{RECORD}22.0.12/211789"] == "2023-06-23"
    assert [row for row in rows(home, BEST) if row[0] == "211789"] == [("211789", "3", "23.1")]


def test_a_candidate_release_withdraws_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    candidate = write(tmp_path / "candidate.csv", {"id": "211789", "best": "9"})

    counts = load(home, SOURCE, Release("22.0.5", (candidate,), date(2023, 3, 1))).counts

    assert (counts["revised"], counts["gone"]) == (1, 0)


def test_a_yearly_release_of_another_country_withdraws_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    other = write(tmp_path / "other.csv", {"id": "1", "country_id": "365", "country": "Russia"})

    counts = load(home, SOURCE, Release("23.1", (other,), DAYS["23.1"])).counts

    assert (counts["added"], counts["gone"]) == (1, 0)


def test_another_file_under_the_same_release_is_refused(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "23.1")
    replaced = write(tmp_path / "replaced.csv", {"id": "211789", "best": "9"})

    with pytest.raises(Refused, match=r"with other content in 1 rows, such as 211789"):
        load(home, SOURCE, Release("23.1", (replaced,), DAYS["23.1"]))

    assert current(home).number == 2


def test_a_new_name_of_a_party_replaces_the_old_one_which_stays_an_other_name(
    tmp_path: Path,
) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    renamed = write(tmp_path / "renamed.csv", {"id": "1", "side_b": "Euromaidan"})

    load(home, SOURCE, Release("22.0.5", (renamed,), date(2023, 3, 1)))

    names = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        " PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?label ?other {"
        " <https://w3id.org/polemos/id/ucdp/actor/5817> rdfs:label ?label ; skos:altLabel ?other }"
    )
    assert rows(home, names) == [("Euromaidan", "Maidan")]


def test_broken_rows_are_left_out_reported_and_kept_as_findings(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    path = write(tmp_path / "rows.csv", *[{}] * 3, {"id": "88", "latitude": "91"})

    loaded = load(home, SOURCE, Release("26.0.1", (path,), date(2026, 2, 1)), most_broken=0.25)

    assert (loaded.counts["broken"], loaded.counts["added"]) == (1, 3)
    assert loaded.report == home / "reports" / "ucdp-ged-26.0.1-broken.csv"
    with loaded.report.open(encoding="utf-8", newline="") as file:
        (reported,) = csv.DictReader(file)
    assert (reported["row"], reported["record_id"]) == ("4", "88")
    assert reported["reason"] == "latitude is none of -90 to 90"
    kept = rows(
        home,
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?severity ?message {"
        " GRAPH <https://w3id.org/polemos/id/graph/quality> {"
        f" ?finding sh:focusNode <{RECORD}26.0.1/88> ;"
        " sh:resultSeverity ?severity ; sh:resultMessage ?message } }",
    )
    assert kept == [
        (
            "http://www.w3.org/ns/shacl#Violation",
            "Row 4 of rows.csv was not loaded: latitude is none of -90 to 90."
            " Mend the row, or ask the publisher.",
        )
    ]


def test_too_many_broken_rows_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    path = write(tmp_path / "rows.csv", {}, {"latitude": "91"}, {"best": "x"})

    with pytest.raises(ValidationFailed, match="2 of 3 rows are broken") as refused:
        load(home, SOURCE, Release("26.0.1", (path,), date(2026, 2, 1)))

    assert sorted(refused.value.findings) == [
        "1 × best is no number of 0 or more",
        "1 × latitude is none of -90 to 90",
    ]
    assert (home / "reports" / "ucdp-ged-26.0.1-broken.csv").exists()
    assert current(home).number == 1


def test_a_file_that_is_none_changes_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    path = tmp_path / "x.csv"
    path.write_text("hello\n", "utf-8")

    with pytest.raises(InvalidInput):
        load(home, SOURCE, Release("26.0.1", (path,), date(2026, 2, 1)))

    assert current(home).number == 1


def test_there_must_be_a_graph_to_load_into(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Run “polemos build” first"):
        load_cut(tmp_path / "empty", "23.1")


def test_a_build_would_drop_a_load_and_says_so(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load_cut(home, "23.1")

    base, since = last_build(Versions(home))
    assert base is not None
    assert (base.number, [version.reason for version in since]) == (1, ["load ucdp-ged 23.1"])
    assert not build(home).published
    with pytest.raises(Refused, match=r"version 2, load ucdp-ged 23\.1"):
        build(home, force=True)


KILLS = [(stage, done) for stage in STAGES for done in (0, 1)]


@pytest.mark.parametrize(("stage", "done"), KILLS, ids=[f"{s}-{d}" for s, d in KILLS])
def test_a_load_killed_at_any_stage_leaves_the_published_version(
    stage: str, done: int, tmp_path: Path
) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    before = rows(home, BEST)
    command = [sys.executable, "-m", "tests.load.killed", str(home), "23.1", stage, str(done)]

    killed = subprocess.run(command, timeout=300, check=False, capture_output=True)

    assert killed.returncode == -signal.SIGKILL
    published = current(home).number
    # What dies after the rename has published.
    assert published == (3 if (stage, done) == ("publish", 1) else 2)
    if published == 2:
        assert rows(home, BEST) == before
    load_cut(home, "23.1")
    assert current(home).number == 3
    assert not any((home / "drafts").iterdir())


def test_a_row_that_comes_back_revises_what_was_withdrawn_and_that_stays_withdrawn(
    tmp_path: Path,
) -> None:
    home = fresh(tmp_path)
    load_cut(home, "22.1")
    load_cut(home, "23.1")
    back = write(tmp_path / "back.csv", {"id": "153030"})

    load(home, SOURCE, Release("23.0.9", (back,), date(2023, 10, 1)))

    assert (f"{RECORD}22.1/153030", "2023-06-23") in rows(home, SUPERSEDED)
    assert (f"{RECORD}23.0.9/153030", f"{RECORD}22.1/153030") in rows(home, REVISIONS)
