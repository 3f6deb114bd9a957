"""Each trap of UCDP's files, in rows cut from real ones or with one cell changed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from graph.errors import InvalidInput, NotFound
from graph.sources import SOURCES, files, find_source
from graph.sources.source import ROW_HASH, ROW_ID, Source
from graph.sources.ucdp import articles, releases
from tests.sources.cells import DATA, SOURCE, read, reasons, write


def test_every_source_of_the_table_is_one() -> None:
    assert "ucdp" in SOURCES
    assert all(isinstance(find_source(name), Source) for name in SOURCES)
    with pytest.raises(NotFound, match="Did you mean ucdp"):
        find_source("upcd")


def test_rows_of_a_yearly_release() -> None:
    rows = SOURCE.read([DATA / "ged-23-1.csv"])

    assert (len(rows.sound), len(rows.broken)) == (8, 0)
    first = rows.sound.row(0, named=True)
    assert first[ROW_ID] == "147997"
    assert (first["date_start"], first["date_end"]) == (date(2014, 1, 22), date(2014, 1, 22))
    assert (first["best"], first["high"], first["low"]) == (5, 5, 5)
    assert (first["deaths_a"], first["deaths_b"]) == (0, 5)
    assert (first["latitude"], first["longitude"]) == (50.45, 30.52333)
    assert (first["gwnoa"], first["gwnob"]) == ("369", None)
    assert first["source_original"] == "Maidan protesters, General Prosecutor of Ukraine"
    assert first["offices"] == ["Agence France Presse"]


def test_the_same_row_has_the_same_hash_however_its_cells_are_written() -> None:
    older = SOURCE.read([DATA / "ged-22-1.csv"]).sound
    newer = SOURCE.read([DATA / "ged-23-1.csv"]).sound

    hashes = dict(older.select(ROW_ID, ROW_HASH).iter_rows())
    same = [
        row
        for row, digest in newer.select(ROW_ID, ROW_HASH).iter_rows()
        if row in hashes and hashes[row] == digest
    ]
    assert same == ["147997", "149221", "149249", "155425"]
    assert len(hashes["147997"]) == 32


def test_a_file_without_a_header() -> None:
    rows = SOURCE.read([DATA / "no-header.csv"])

    assert list(rows.sound[ROW_ID]) == ["147997", "149249"]


def test_windows_1252_and_two_layouts_of_dates_in_one_file() -> None:
    rows = SOURCE.read([DATA / "candidate-cp1252.csv"]).sound

    days = dict(rows.select(ROW_ID, "date_start").iter_rows())
    # 2/24/2022 tells the order of 09/10/2022, which alone could be the 9th of October.
    assert days["447841"] == date(2022, 2, 24)
    assert days["446994"] == date(2022, 9, 10)
    assert "’" in rows.row(0, named=True)["source_article"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2014-01-22", "2014-01-23", (date(2014, 1, 22), date(2014, 1, 23))),
        (
            "2014-01-22 00:00:00.000",
            "2014-01-23 00:00:00.000",
            (date(2014, 1, 22), date(2014, 1, 23)),
        ),
        ("2014-01-22T00:00:00", "2014-01-23T00:00:00", (date(2014, 1, 22), date(2014, 1, 23))),
        ("1/22/2014 12:00:00 AM", "02/06/2014 00:00", (date(2014, 1, 22), date(2014, 2, 6))),
        ("22/01/2014", "06/02/2014 00:00", (date(2014, 1, 22), date(2014, 2, 6))),
        ("05/05/2014", "06/06/2014", (date(2014, 5, 5), date(2014, 6, 6))),
    ],
)
def test_layouts_of_dates(
    start: str, end: str, expected: tuple[date, date], tmp_path: Path
) -> None:
    rows = read(tmp_path, {"date_start": start, "date_end": end})

    assert rows.sound.select("date_start", "date_end").row(0) == expected


def test_a_date_that_could_be_two_days_is_not_guessed(tmp_path: Path) -> None:
    assert reasons(tmp_path, date_start="02/06/2014", date_end="02/07/2014") == [
        "date_start is no date, or could be two"
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("369", "369"),
        ("369.0", "369"),
        ("2;200;900", "2;200;900"),
        ("2.0; 200.0", "2;200"),
        ("", None),
    ],
)
def test_states_are_numbers_lists_or_floats(
    given: str, expected: str | None, tmp_path: Path
) -> None:
    assert list(read(tmp_path, {"gwnoa": given}).sound["gwnoa"]) == [expected]


def test_identifiers_that_a_data_frame_made_floats_of(tmp_path: Path) -> None:
    rows = read(tmp_path, {"id": "147997.0", "dyad_new_id": "14085.0", "best": "5.0"}).sound

    assert rows.select(ROW_ID, "dyad_new_id", "best").row(0) == ("147997", 14085, 5)


@pytest.mark.parametrize(("given", "expected"), [("-1", None), ("", None), ("0", 0), ("3", 3)])
def test_minus_one_source_means_not_recorded(
    given: str, expected: int | None, tmp_path: Path
) -> None:
    assert list(read(tmp_path, {"number_of_sources": given}).sound["number_of_sources"]) == [
        expected
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("True", True), ("TRUE", True), ("true", True), ("1", True), ("False", False), ("0", False)],
)
def test_spellings_of_true(given: str, expected: bool, tmp_path: Path) -> None:
    assert list(read(tmp_path, {"active_year": given}).sound["active_year"]) == [expected]


def test_late_rows_of_other_months_are_rows_like_all_others(tmp_path: Path) -> None:
    rows = read(tmp_path, {}, {"date_start": "2013-12-30", "date_end": "2013-12-31"}, {})

    assert len(rows.sound) == 3


def test_bounds_out_of_order_stay_as_they_are(tmp_path: Path) -> None:
    rows = read(tmp_path, {"best": "396", "high": "0", "low": "0"}).sound

    assert rows.select("best", "high", "low").row(0) == (396, 0, 0)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": "x"}, "id is no whole number"),
        ({"type_of_violence": "4"}, "type_of_violence is none of 1 to 3"),
        ({"where_prec": "0"}, "where_prec is none of 1 to 7"),
        ({"date_prec": ""}, "date_prec is none of 1 to 5"),
        ({"event_clarity": "3"}, "event_clarity is none of 1 to 2"),
        ({"dyad_new_id": "abc"}, "dyad_new_id is no whole number"),
        ({"date_start": "2014-02-30"}, "date_start is no date, or could be two"),
        ({"date_end": "2013-01-01"}, "date_end is before date_start"),
        ({"latitude": "91"}, "latitude is none of -90 to 90"),
        ({"longitude": ""}, "longitude is none of -180 to 180"),
        ({"longitude": "NaN"}, "longitude is none of -180 to 180"),
        ({"best": "-1"}, "best is no number of 0 or more"),
        ({"low": ""}, "low is no number of 0 or more"),
        ({"where_coordinates": " "}, "where_coordinates is missing"),
    ],
)
def test_a_row_that_cannot_be_taken_at_its_word_is_set_aside(
    cells: dict[str, str], reason: str, tmp_path: Path
) -> None:
    assert reasons(tmp_path, **cells) == [reason]


def test_an_identifier_that_occurs_twice_is_taken_the_first_time(tmp_path: Path) -> None:
    rows = read(tmp_path, {"id": "7", "best": "1"}, {"id": "7", "best": "2"})

    assert list(rows.sound["best"]) == [1]
    assert rows.broken.select("row", ROW_ID, "reason").rows() == [
        (2, "7", "a row above has the same id")
    ]


def test_a_row_of_another_length_is_set_aside_and_the_others_stay(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", {}, {})
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",more", lines[2]]) + "\n1,2,3\n", "utf-8")

    rows = SOURCE.read([path])

    assert list(rows.sound[ROW_ID]) == ["2"]
    assert list(rows.broken["reason"]) == [
        "the row has more cells than there are columns",
        "type_of_violence is none of 1 to 3",
    ]
    assert rows.broken["cells"][0].startswith("1\tUKR-2014-1-14085-0\t2014")


def test_columns_in_another_order_and_more_of_them(tmp_path: Path) -> None:
    plain = write(tmp_path / "rows.csv", {})
    (row,) = csv.DictReader(io.StringIO(plain.read_text("utf-8")))
    turned = tmp_path / "turned.csv"
    with turned.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*reversed(row), "row"])
        writer.writeheader()
        writer.writerow({**row, "row": "x"})

    assert SOURCE.read([turned]).sound.rows() == SOURCE.read([plain]).sound.rows()


def test_a_header_that_lacks_a_column_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", {})
    path.write_text(path.read_text("utf-8").replace(",gwnoa,", ",states,", 1), "utf-8")

    with pytest.raises(InvalidInput, match=r"The header of rows\.csv lacks gwnoa"):
        SOURCE.read([path])


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(InvalidInput, match=r"other\.csv"):
        SOURCE.read([path])


def test_the_first_csv_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "ged231-csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/x.csv", "")
        archive.writestr("readme.txt", "cite us")
        archive.write(DATA / "candidate-cp1252.csv", "inner/GEDEvent_v23_1.CSV")

    assert len(SOURCE.read([path]).sound) == 5


def test_an_archive_without_a_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "")

    with pytest.raises(InvalidInput, match="no file that ends in"):
        SOURCE.read([path])


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", b"0" * 10_000_000)
    assert path.stat().st_size < 20_000

    with (
        pytest.raises(InvalidInput, match=r"unpacks to more than 5,000,000 bytes"),
        files.unpacked(path, 5_000_000),
    ):
        pass


def test_a_page_of_the_api_says_what_the_csv_says() -> None:
    page = SOURCE.read([DATA / "page.json"])
    table = SOURCE.read([DATA / "ged-22-1.csv"])

    assert page.sound.rows() == table.sound.head(2).rows()


@pytest.mark.parametrize("text", ["{", "[]", '{"Result": 1}', '{"Result": [{"id": 1}]}'])
def test_json_that_is_no_page_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text(text, "utf-8")

    with pytest.raises(InvalidInput, match=r"page\.json"):
        SOURCE.read([path])


def test_headlines_hold_commas_and_quotation_marks() -> None:
    cell = '"Reuters News,2014-01-27,Dead man "hanging", police say";"BBC, 2014-01-28,";"R 3/1/90"'

    found = articles.reports(cell)

    assert [(each.office, each.date, each.headline) for each in found] == [
        ("Reuters News", "2014-01-27", 'Dead man "hanging", police say'),
        ("BBC", "2014-01-28", ""),
    ]


@pytest.mark.parametrize(
    ("article", "office", "expected"),
    [
        ('"Reuters News,2014-01-27,A; b";"BBC,2014-01-28,c"', "", ["Reuters News", "BBC"]),
        ('"Reuters News,2014-01-27,A";"Reuters News,2014-01-28,b"', "", ["Reuters News"]),
        ('"R 27/1/90 Two killed, police say"', "", None),
        ('"R 27/1/90"', "Reuters News;BBC;;...", ["Reuters News", "BBC"]),
        ("", "Reuters News", ["Reuters News"]),
    ],
)
def test_offices_are_named_in_the_articles_or_else_in_the_list(
    article: str, office: str, expected: list[str] | None, tmp_path: Path
) -> None:
    rows = read(tmp_path, {"source_article": article, "source_office": office}).sound

    assert (rows["offices"].to_list()[0] or []) == (expected or [])


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("ged261-csv.zip", "26.1"),
        ("ged201.csv", "20.1"),
        ("GEDEvent_v25_1.csv", "25.1"),
        ("GEDEvent_v26_0_8.csv", "26.0.8"),
        ("GEDEvent_v24_0_12.csv", "24.0.12"),
        ("GEDEvent_v26_01_26_06.csv", "26.01.26.06"),
        ("UCDP-Ukraine_2023-06-23_f0821cc_ged23.1_utf8.csv", "23.1"),
        ("UCDP-Ukraine_2023-05-03_b858735_cp1252_with-candidates.csv", None),
        ("merged2015.csv", None),
    ],
)
def test_the_release_in_a_name(name: str, release: str | None) -> None:
    assert releases.in_name(name) == release


@pytest.mark.parametrize(
    ("release", "address"),
    [
        ("26.1", "downloads/ged/ged261-csv.zip"),
        ("26.0.8", "downloads/candidateged/GEDEvent_v26_0_8.csv"),
        ("26.01.26.06", "downloads/candidateged/GEDEvent_v26_01_26_06.csv"),
    ],
)
def test_the_address_of_a_release(release: str, address: str) -> None:
    assert releases.address(release) == address


def test_only_yearly_releases_withdraw_rows() -> None:
    assert releases.is_yearly("26.1")
    assert not releases.is_yearly("26.0.8")
    with pytest.raises(InvalidInput, match="no release"):
        releases.address("latest")
