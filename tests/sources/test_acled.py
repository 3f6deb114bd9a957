"""Exports of ACLED of any age, in invented rows: how they are read, and what is stated of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import InvalidInput
from graph.sources.acled.cells import COLUMNS
from graph.sources.source import Naming, Reference
from graph.vocabulary import ID, short
from tests.sources.acled_rows import INVENTED, SOURCE, read, write

NAMING = Naming(SOURCE.dataset, "1")
UKRAINE = f"{ID}region/ukraine"
REFERENCE = Reference(
    iso={804: UKRAINE}, regions={(UKRAINE, "kharkiv oblast"): f"{ID}region/kharkiv-oblast"}
)


def told(data: bytes, subject: str) -> list[str]:
    """What is stated of a subject; each line is spelled as pyoxigraph spells it."""
    quads = list(ox.parse(data, ox.RdfFormat.N_QUADS))
    assert ox.serialize(quads, format=ox.RdfFormat.N_QUADS) == data
    return [
        f"{short(quad.predicate.value)} "
        f"{short(quad.object.value) if isinstance(quad.object, ox.NamedNode) else quad.object}"
        for quad in quads
        if short(getattr(quad.subject, "value", "")) == subject
    ]


def test_what_is_stated_of_an_event(tmp_path: Path) -> None:
    rows = read(tmp_path, {}).sound

    assert told(SOURCE.facts(rows, NAMING), "event:acled-XXA1") == [
        "rdf:type pol:GroundBattle",
        "rdf:type pol:Attack",
        "rdf:type pol:ConflictEvent",
        "rdf:type pol:Event",
        'rdfs:label "Invented Army of Nowhere – Invented Front, Inventedville, 2031-02-03"@en',
        "pol:eventCode acled:ArmedClash",
        "pol:time time-span:2031-02-03_2031-02-03_Day",
        "pol:place location:acled-00704cf3ac6dd072",
        "pol:accordingTo record:XXA1",
        "pol:eventCode acled-disorder:PoliticalViolence",
        "pol:killed quantity:killed",
        "pol:harm quantity:killed",
        "pol:quantity quantity:killed",
        "pol:participation participation:acled-XXA1-1",
        "pol:participation participation:acled-XXA1-2",
        "pol:participation participation:acled-XXA1-1-1",
        "pol:participation participation:acled-XXA1-1-2",
    ]


def test_the_record_keeps_sources_notes_and_the_last_edit(tmp_path: Path) -> None:
    rows = read(tmp_path, {}).sound

    stated = told(SOURCE.records(rows, NAMING), "record:XXA1")

    assert 'pol:sourceText "Invented Gazette; Invented Radio"' in stated
    assert "pol:reportedBy outlet:invented-gazette" in stated
    assert "pol:reportedBy outlet:invented-radio" in stated
    edited = '"2031-02-03T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    assert f"pol:lastEdited {edited}" in stated


def test_places_are_within_the_country_and_region_of_the_reference(tmp_path: Path) -> None:
    rows = read(tmp_path, {}).sound

    stated = told(SOURCE.shared(rows, REFERENCE), "location:acled-00704cf3ac6dd072")

    assert "pol:within region:ukraine" in stated
    assert "pol:within region:kharkiv-oblast" in stated
    assert "pol:placePrecision place-precision:Near" in stated


def test_an_event_at_sea_lies_in_no_country(tmp_path: Path) -> None:
    rows = read(tmp_path, {"iso": "0", "country": "Red Sea", "admin1": ""}).sound

    assert b"ontology#within>" not in SOURCE.shared(rows, REFERENCE)


@pytest.mark.parametrize("written", ["2031-02-03", "03 February 2031", "3 February 2031"])
def test_dates_of_any_age(written: str, tmp_path: Path) -> None:
    assert read(tmp_path, {"event_date": written}).sound["day"].to_list() == [date(2031, 2, 3)]


@pytest.mark.parametrize("written", ["2", "2.0", "Rebel group", "rebel  group", "Rebel Group"])
def test_actor_types_are_numbers_or_names(written: str, tmp_path: Path) -> None:
    assert read(tmp_path, {"inter2": written}).sound["inter2"].to_list() == [2]


def test_an_actor_type_of_0_is_nobody(tmp_path: Path) -> None:
    rows = read(tmp_path, {"actor2": "", "inter2": "0"}).sound

    assert rows["inter2"].to_list() == [None]
    assert b"acled-XXA1-2>" not in SOURCE.facts(rows, NAMING)


def test_a_week_and_a_month_are_as_wide_as_they_can_be(tmp_path: Path) -> None:
    rows = read(tmp_path, {"time_precision": "2"}, {"time_precision": "3"}).sound
    data = SOURCE.facts(rows, NAMING).decode()

    assert "time-span/2031-01-28_2031-02-09_Week>" in data
    assert "time-span/2031-02-01_2031-02-28_Month>" in data


def test_no_fatalities_are_none_or_unknown_and_nothing_is_stated(tmp_path: Path) -> None:
    rows = read(tmp_path, {"fatalities": "0"}).sound

    assert b"ontology#killed>" not in SOURCE.facts(rows, NAMING)


def test_pairs_of_disorder_types(tmp_path: Path) -> None:
    rows = read(tmp_path, {"disorder_type": "Political violence; Demonstrations"}).sound

    assert rows["disorders"].to_list() == ["PoliticalViolence;Demonstrations"]


def test_civilians_are_the_victims_and_others_have_no_direction(tmp_path: Path) -> None:
    changes = {"sub_event_type": "Attack", "inter2": "Civilians", "actor2": "Civilians (Nowhere)"}
    data = SOURCE.facts(read(tmp_path, changes).sound, NAMING)

    assert "pol:role role:Party" in told(data, "participation:acled-XXA1-1")
    assert "pol:role role:Victim" in told(data, "participation:acled-XXA1-2")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"event_date": "02/03/2031"}, "event_date is no date"),
        ({"sub_event_type": "Tea party"}, "sub_event_type is no type of ACLED"),
        ({"latitude": "149"}, "latitude is none of -90 to 90"),
        ({"geo_precision": "4"}, "geo_precision is none of 1 to 3"),
        ({"fatalities": "-1"}, "fatalities is below 0"),
        ({"event_id_cnty": "XX A"}, "event_id_cnty is no identifier of letters and digits"),
        ({"actor1": ""}, "actor1 is missing"),
    ],
)
def test_a_row_is_set_aside(cells: dict[str, str], reason: str, tmp_path: Path) -> None:
    assert read(tmp_path, cells).broken["reason"].to_list() == [reason]


def test_35_columns_and_columns_of_old_exports(tmp_path: Path) -> None:
    more = (*COLUMNS, "population_1km", "population_2km", "population_5km", "population_best")
    old = ("data_id", "iso3", "event_id_no_cnty", *COLUMNS)
    old = tuple("ally_actor_1" if name == "assoc_actor_1" else name for name in old)
    new = SOURCE.read([write(tmp_path / "new.csv", {}, columns=more)]).sound
    former = SOURCE.read(
        [write(tmp_path / "old.csv", {"ally_actor_1": INVENTED["assoc_actor_1"]}, columns=old)]
    ).sound

    assert new.equals(former)


def test_the_answer_of_the_api_says_the_same_as_the_export(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    answer = {"status": 200, "success": True, "count": 1, "data": [INVENTED | {"fatalities": 4}]}
    path.write_text(json.dumps(answer), "utf-8")

    assert SOURCE.read([path]).sound.equals(read(tmp_path, {}).sound)


def test_an_empty_answer_is_no_success(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"status": 200, "success": true, "count": 0, "data": []}', "utf-8")

    with pytest.raises(InvalidInput, match="without access"):
        SOURCE.read([path])


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(InvalidInput, match="no export of ACLED"):
        SOURCE.read([path])


def test_nothing_is_downloaded() -> None:
    with pytest.raises(InvalidInput, match="account of your own"):
        SOURCE.address("1")
