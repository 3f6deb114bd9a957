"""Rows of GDELT 2.0 Mentions, made up: how they are read, and what is stated of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from graph.errors import InvalidInput
from graph.loading import Release, load
from graph.sources import find_source
from graph.sources.gdelt.mentions import COLUMNS
from graph.sources.source import Naming, Reference
from tests.load.homes import fresh, rows
from tests.sources.test_gdelt import DATA as EVENTS
from tests.sources.test_gdelt import told

SOURCE = find_source("gdelt-mentions")
DATA = Path(__file__).parent / "data" / "20180101001500.mentions.CSV"
SLOT = "20180101001500"
NAMING = Naming(SOURCE.dataset, SLOT)
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
MENTIONED = (
    "PREFIX pol: <https://w3id.org/polemos/ontology#> SELECT ?percent ?outlet {"
    " ?coding a pol:MentionCoding ."
    " ?mention pol:ofCoding ?coding ; pol:percentConfidence ?percent ; pol:accordingTo ?record ."
    " ?record pol:reportedBy ?outlet } ORDER BY ?percent"
)


def changed(folder: Path, **cells: str) -> Path:
    """A file of the first row with cells changed."""
    first = DATA.read_text("utf-8").splitlines()[0]
    row = dict(zip(COLUMNS, first.split("\t"), strict=True)) | cells
    path = folder / "20180101003000.mentions.CSV"
    path.write_text("\t".join(row.values()) + "\n", "utf-8")
    return path


def test_a_row_with_or_without_the_last_empty_cell() -> None:
    read = SOURCE.read([DATA])

    assert (len(read.sound), len(read.broken)) == (3, 0)
    assert list(read.sound["coding"]) == ["719024875", "719024875", "1"]
    assert read.sound["moment"][0] == datetime(2018, 1, 1, 0, 15)
    assert (SOURCE.release_in(DATA.name), SOURCE.published(SLOT)) == (SLOT, date(2018, 1, 1))
    assert SOURCE.address(SLOT) == "gdeltv2/20180101001500.mentions.CSV.zip"


def test_what_is_stated_of_a_mention() -> None:
    sound = SOURCE.read([DATA]).sound
    name = sound["record_id"][0]

    assert name.startswith("719024875-")
    assert told(SOURCE.facts(sound, NAMING), f"mention:gdelt-{name}") == [
        "rdf:type pol:Mention",
        'rdfs:label "719024875, mentioned by example.org, 2018-01-01 00:15"@en',
        "pol:ofCoding mention-coding:gdelt-719024875",
        'pol:mentionedAt "2018-01-01T00:15:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
        'pol:documentAddress "http://www.example.org/story"'
        "^^<http://www.w3.org/2001/XMLSchema#anyURI>",
        f'pol:sentenceNumber "4"{INTEGER}',
        f'pol:recipientOffset "996"{INTEGER}',
        f'pol:actOffset "988"{INTEGER}',
        'pol:inRawText "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f'pol:percentConfidence "100"{INTEGER}',
        f'pol:documentLength "2579"{INTEGER}',
        'pol:tone "0.835655"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        'pol:translation "srclc:ara;eng:GT-ARA 1.0"',
        f"pol:accordingTo record:{name}",
    ]


def test_a_document_without_an_address_has_its_citation() -> None:
    sound = SOURCE.read([DATA]).sound

    lines = told(SOURCE.facts(sound, NAMING), f"mention:gdelt-{sound['record_id'][2]}")

    assert 'pol:documentCitation "Made-up Daily, Made-up town, 31 December 2017"' in lines
    assert not [line for line in lines if line.startswith("pol:documentAddress")]
    outlets = told(SOURCE.shared(sound, Reference()), "outlet:made-up-monitoring")
    assert 'rdfs:label "Made-up Monitoring"@en' in outlets


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"GLOBALEVENTID": "x"}, "GLOBALEVENTID is no whole number"),
        ({"MentionTimeDate": "2018"}, "MentionTimeDate is no time"),
        ({"MentionType": "9"}, "MentionType is none of 1 to 6"),
        ({"MentionSourceName": ""}, "MentionSourceName is missing"),
        ({"MentionIdentifier": " "}, "MentionIdentifier is missing"),
        ({"SentenceID": "0"}, "SentenceID is no number of 1 or more"),
        ({"ActionCharOffset": "-2"}, "ActionCharOffset is no number of -1 or more"),
        ({"Confidence": "101"}, "Confidence is none of 0 to 100"),
        ({"Extras": "a\tb"}, "the row has not 16 cells"),
    ],
)
def test_a_row_that_cannot_be_taken_at_its_word(
    cells: dict[str, str], reason: str, tmp_path: Path
) -> None:
    path = changed(tmp_path, **cells)
    with path.open("a", encoding="utf-8") as file:
        file.write(DATA.read_text("utf-8"))

    assert SOURCE.read([path]).broken["reason"].to_list()[0] == reason


def test_a_file_of_events_is_none_of_mentions() -> None:
    with pytest.raises(InvalidInput, match="the events go to the source gdelt"):
        SOURCE.read([EVENTS])


def test_mentions_hang_on_the_codings_of_the_events_file(tmp_path: Path) -> None:
    home = fresh(tmp_path)
    load(home, find_source("gdelt"), Release("20180101000000", (EVENTS,), date(2018, 1, 1)))

    first = load(home, SOURCE, Release(SLOT, (DATA,), date(2018, 1, 1)))
    second = load(home, SOURCE, Release(SLOT, (DATA,), date(2018, 1, 1)))

    assert (first.counts["added"], first.counts["warnings"], second.published) == (3, 0, False)
    outlet = "https://w3id.org/polemos/id/outlet/example-org"
    assert rows(home, MENTIONED) == [("20", outlet), ("100", outlet)]


@pytest.mark.real_data
def test_the_real_rows(real_data: Path, tmp_path: Path) -> None:
    """A table of the publisher's rows between commas, turned into the file they come in."""
    table = pl.read_csv(
        real_data / "gdelt_schema" / "mentions_sample_20170701234500.csv", infer_schema=False
    )
    path = tmp_path / "20170701234500.mentions.CSV"
    table.write_csv(path, include_header=False, separator="\t", quote_style="never")

    read = SOURCE.read([path])

    assert (len(read.sound), len(read.broken)) == (1635, 0)
    assert read.sound["Actor1CharOffset"].eq(-1).sum() == 225
