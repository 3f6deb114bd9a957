"""Rows of GDELT 2.0 Events: how they are read, and what is stated of them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from graph.errors import InvalidInput
from graph.sources import find_source
from graph.sources.gdelt.rows import COLUMNS, damaged
from graph.sources.source import Naming, Reference
from graph.vocabulary import ID, short

SOURCE = find_source("gdelt")
DATA = Path(__file__).parent / "data" / "20180101000000.export.CSV"
NAMING = Naming(SOURCE.dataset, "20180101000000")
LINES = DATA.read_text("utf-8").splitlines()


def changed(folder: Path, **cells: str) -> Path:
    """A file of the first row with cells changed: no row of GDELT any more."""
    row = dict(zip(COLUMNS, LINES[0].split("\t"), strict=True)) | cells
    path = folder / "20180101001500.export.CSV"
    path.write_text("\t".join(row.values()) + "\n", "utf-8")
    return path


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


def test_there_are_61_columns() -> None:
    assert len(COLUMNS) == 61
    assert COLUMNS[26] == "EventCode"
    assert COLUMNS[51] == "ActionGeo_Type"


def test_codes_keep_their_zeros_and_feature_identifiers_are_texts() -> None:
    rows = SOURCE.read([DATA]).sound

    assert rows["EventCode"].dtype == pl.String
    assert rows["EventCode"][0] == "043"
    assert rows["ActionGeo_FeatureID"].dtype == pl.String
    assert rows["ActionGeo_FeatureID"][0] == "MX"


def test_a_back_dated_row_keeps_the_day_that_the_machine_read() -> None:
    assert SOURCE.read([DATA]).sound["day"][0] == date(2017, 12, 2)


def test_what_is_stated_of_a_coding() -> None:
    rows = SOURCE.read([DATA]).sound.head(1)

    assert told(SOURCE.facts(rows, NAMING), "mention-coding:gdelt-719024875") == [
        "rdf:type pol:MentionCoding",
        'rdfs:label "043, nobody named – MISSOURI, Mexico, 2017-12-02"@en',
        "pol:eventCode cameo:043",
        "pol:quadClass gdelt-quad-class:1",
        'pol:rootEvent "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        "pol:time time-span:2017-12-02_2017-12-02_Day",
        "pol:place location:gdelt-a01eccd6de786ebe",
        'pol:recipientText "MISSOURI"',
        'pol:recipientCode "USA"',
        'pol:recipientCountryCode "USA"',
        'pol:documentAddress "http://www.TucsonNewsNow.com/story/37167033/'
        'dog-missing-for-a-year-turns-up-4-states-away"'
        "^^<http://www.w3.org/2001/XMLSchema#anyURI>",
        'pol:firstMentions "18"^^<http://www.w3.org/2001/XMLSchema#integer>',
        'pol:firstSources "3"^^<http://www.w3.org/2001/XMLSchema#integer>',
        'pol:firstArticles "18"^^<http://www.w3.org/2001/XMLSchema#integer>',
        'pol:tone "-2.564103"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "pol:accordingTo record:719024875",
    ]


def test_a_coding_is_no_event() -> None:
    rows = SOURCE.read([DATA]).sound

    assert b"ontology#Event>" not in SOURCE.facts(rows, NAMING)


def test_a_country_is_found_by_its_fips_code() -> None:
    rows = SOURCE.read([DATA]).sound.head(1)
    mexico = f"{ID}region/mexico"

    stated = told(
        SOURCE.shared(rows, Reference(fips={"MX": mexico})), "location:gdelt-a01eccd6de786ebe"
    )

    assert "pol:within region:mexico" in stated
    assert "pol:placePrecision place-precision:Country" in stated
    assert 'pol:featureId "MX"' in stated


def test_a_city_is_near_and_never_exact() -> None:
    rows = SOURCE.read([DATA]).sound.filter(pl.col("ActionGeo_Type") == 4).head(1)

    assert b"place-precision/Near>" in SOURCE.shared(rows, Reference())


def test_a_row_without_a_place_is_sound(tmp_path: Path) -> None:
    path = changed(tmp_path, ActionGeo_Type="0", ActionGeo_Lat="", ActionGeo_Long="")
    rows = SOURCE.read([path]).sound

    assert len(rows) == 1
    assert b"ontology#place>" not in SOURCE.facts(rows, NAMING)


def test_bytes_that_are_no_utf8_are_counted_and_the_row_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "bad.export.CSV"
    path.write_bytes(LINES[0].encode().replace(b"MISSOURI", b"MISSOURI\xff") + b"\n")

    rows = SOURCE.read([path])

    assert rows.sound["Actor2Name"].to_list() == ["MISSOURI\ufffd"]
    assert damaged(rows) == 1


def test_a_quotation_mark_is_a_character_like_any_other(tmp_path: Path) -> None:
    rows = SOURCE.read([changed(tmp_path, Actor2Name='"THE CITY')]).sound

    assert rows["Actor2Name"].to_list() == ['"THE CITY']
    assert 'pol:recipientText "\\"THE CITY"' in told(
        SOURCE.facts(rows, NAMING), "mention-coding:gdelt-719024875"
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"EventCode": "43"}, "EventCode is no code of CAMEO"),
        ({"EventCode": "13y"}, "EventCode is no code of CAMEO"),
        ({"EventCode": ""}, "EventCode is no code of CAMEO"),
        ({"SQLDATE": "20171340"}, "SQLDATE is no date"),
        ({"GLOBALEVENTID": "x"}, "GLOBALEVENTID is no whole number"),
        ({"QuadClass": "5"}, "QuadClass is none of 1 to 4"),
        ({"ActionGeo_Lat": "123"}, "ActionGeo_Lat is none of -90 to 90"),
    ],
)
def test_a_row_is_set_aside(cells: dict[str, str], reason: str, tmp_path: Path) -> None:
    assert SOURCE.read([changed(tmp_path, **cells)]).broken["reason"].to_list() == [reason]


def test_a_short_row_and_a_repeated_one_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "20180101001500.export.CSV"
    path.write_text("\n".join((LINES[0], LINES[1].rpartition("\t")[0], LINES[0])), "utf-8")

    assert SOURCE.read([path]).broken["reason"].to_list() == [
        "the row has not 61 cells",
        "a row above has the same GLOBALEVENTID",
    ]


def test_an_archive_is_read(tmp_path: Path) -> None:
    path = tmp_path / "20180101000000.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(DATA, "20180101000000.export.CSV")

    assert len(SOURCE.read([path]).sound) == len(LINES)


def test_a_file_of_version_1_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "20130401.export.CSV"
    path.write_text("\t".join(["1"] * 58) + "\n", "utf-8")

    with pytest.raises(InvalidInput, match="58 cells"):
        SOURCE.read([path])


def test_a_release_is_a_quarter_of_an_hour() -> None:
    assert SOURCE.release_in(DATA.name) == "20180101000000"
    assert SOURCE.published("20180101000000") == date(2018, 1, 1)
    assert SOURCE.address("20180101001500") == "gdeltv2/20180101001500.export.CSV.zip"
    with pytest.raises(InvalidInput, match="quarter of an hour"):
        SOURCE.address("26.1")


@pytest.mark.real_data
def test_the_real_file(real_data: Path) -> None:
    (path,) = (real_data / "gdelt_events_20180101").glob("*.CSV")

    read = SOURCE.read([path])

    assert (len(read.sound), len(read.broken)) == (2414, 0)
    assert read.sound["SOURCEURL"].n_unique() == 372
    quads = read.sound["QuadClass"].value_counts().sort("QuadClass")["count"].to_list()
    assert quads == [1401, 254, 281, 478]
    assert read.sound["ActionGeo_Lat"].null_count() == 58
    assert (read.sound["EventCode"].str.len_chars() == 4).sum() == 49
