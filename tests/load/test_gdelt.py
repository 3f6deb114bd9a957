"""GDELT files become versions: codings that no question about events finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.loading import Release, load
from graph.sources import find_source
from tests.load.homes import fresh, rows
from tests.sources.test_gdelt import DATA

SOURCE = find_source("gdelt")
SLOT = "20180101000000"
PREFIX = "PREFIX pol: <https://w3id.org/polemos/ontology#> "
CODINGS = PREFIX + "SELECT (COUNT(*) AS ?n) { ?coding a pol:MentionCoding }"
EVENTS = PREFIX + (
    "SELECT (COUNT(*) AS ?n) { ?event a pol:Event ; pol:accordingTo/pol:ofRelease ?release }"
)
DOCUMENTS = PREFIX + "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?coding pol:documentAddress ?d }"
PLACELESS = PREFIX + (
    "SELECT (COUNT(*) AS ?n) { ?c a pol:MentionCoding FILTER NOT EXISTS { ?c pol:place ?p } }"
)
QUADS = PREFIX + (
    "SELECT ?quad (COUNT(*) AS ?n) { ?c pol:quadClass ?quad } GROUP BY ?quad ORDER BY ?quad"
)


def test_a_file_becomes_a_version_and_the_same_file_changes_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    release = Release(SLOT, (DATA,), date(2018, 1, 1))

    first = load(home, SOURCE, release)
    second = load(home, SOURCE, release)

    assert (first.counts["added"], first.counts["broken"]) == (8, 0)
    assert (second.published, second.counts["present"]) == (False, 8)
    assert rows(home, CODINGS) == [("8",)]
    assert rows(home, EVENTS) == [("0",)]


@pytest.mark.real_data
def test_the_real_file(real_data: Path, tmp_path: Path) -> None:
    (path,) = (real_data / "gdelt_events_20180101").glob("*.CSV")
    home = fresh(tmp_path)

    loaded = load(home, SOURCE, Release(SLOT, (path,), date(2018, 1, 1)))

    assert (loaded.counts["added"], loaded.counts["broken"]) == (2414, 0)
    assert rows(home, CODINGS) == [("2414",)]
    assert rows(home, DOCUMENTS) == [("372",)]
    assert rows(home, PLACELESS) == [("58",)]
    assert [count for _, count in rows(home, QUADS)] == ["1401", "254", "281", "478"]
