"""What is stated of a row: the event, its record, its quantities, and what rows share."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from graph.sources.source import Naming, Reference
from graph.sources.statements import decimal, text
from graph.vocabulary import ID, short
from tests.sources.cells import DATA, SOURCE, read

UKRAINE = f"{ID}region/ukraine"
REFERENCE = Reference(
    countries={369: UKRAINE},
    states={369: f"{ID}actor/ukraine", 200: f"{ID}actor/united-kingdom"},
    regions={(UKRAINE, "donetsk oblast"): f"{ID}region/donetsk-oblast"},
)
NAMING = Naming(SOURCE.dataset, "23.1")


def parsed(data: bytes) -> list[ox.Quad]:
    """The quads; each line is spelled as pyoxigraph spells it."""
    quads = list(ox.parse(data, ox.RdfFormat.N_QUADS))
    assert ox.serialize(quads, format=ox.RdfFormat.N_QUADS) == data
    return quads


def told(quads: list[ox.Quad], *subjects: str) -> list[str]:
    """Statements as lines, with short names."""

    def shown(term: object) -> str:
        return short(term.value) if isinstance(term, ox.NamedNode) else str(term)

    return [
        f"{shown(quad.subject)} {shown(quad.predicate)} {shown(quad.object)}"
        for quad in quads
        if shown(quad.subject) in subjects or not subjects
    ]


def integer(value: int) -> str:
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_an_event_and_its_quantities() -> None:
    rows = SOURCE.read([DATA / "ged-23-1.csv"]).sound.head(1)

    assert told(parsed(SOURCE.facts(rows, NAMING))) == [
        "event:ucdp-147997 rdf:type pol:Attack",
        "event:ucdp-147997 rdf:type pol:ConflictEvent",
        "event:ucdp-147997 rdf:type pol:Event",
        'event:ucdp-147997 rdfs:label "Government of Ukraine - Maidan, Kiev city, 2014-01-22"@en',
        "event:ucdp-147997 pol:time time-span:2014-01-22_2014-01-22_Day",
        "event:ucdp-147997 pol:place location:ucdp-8dd310105eb8dc48",
        'event:ucdp-147997 pol:placeText "Kiev/Kyiv city (Maidan Nezalezhnosti protest camp)"',
        "event:ucdp-147997 pol:partOf ucdp:14085",
        "event:ucdp-147997 pol:accordingTo record:147997",
        "event:ucdp-147997 pol:killed quantity:killed",
        "event:ucdp-147997 pol:harm quantity:killed",
        "event:ucdp-147997 pol:quantity quantity:killed",
        "quantity:killed rdf:type pol:ReportedQuantity",
        f"quantity:killed pol:pointValue {integer(5)}",
        f"quantity:killed pol:lowerBound {integer(5)}",
        f"quantity:killed pol:upperBound {integer(5)}",
        "quantity:killed pol:modifier modifier:EstimateRange",
        "quantity:killed pol:unit unit:Person",
        "quantity:killed pol:victimCategory victim:SideB",
        "quantity:killed pol:accordingTo record:147997",
    ]


def test_a_partition_of_a_range_is_a_quantity_of_its_own(tmp_path: Path) -> None:
    cells = {"deaths_a": "0", "deaths_b": "5", "deaths_civilians": "0", "deaths_unknown": "0"}
    rows = read(tmp_path, {"id": "7", **cells, "best": "5", "low": "4", "high": "5"}).sound

    lines = told(parsed(SOURCE.facts(rows, NAMING)))

    assert not [line for line in lines if line.startswith("quantity:killed pol:victimCategory")]
    assert [line for line in lines if "quantity:side-b" in line] == [
        "event:ucdp-7 pol:killed quantity:side-b",
        "event:ucdp-7 pol:harm quantity:side-b",
        "event:ucdp-7 pol:quantity quantity:side-b",
        "quantity:side-b rdf:type pol:ReportedQuantity",
        f"quantity:side-b pol:pointValue {integer(5)}",
        "quantity:side-b pol:modifier modifier:BestEstimate",
        "quantity:side-b pol:unit unit:Person",
        "quantity:side-b pol:victimCategory victim:SideB",
        "quantity:side-b pol:includedIn quantity:killed",
        "quantity:side-b pol:accordingTo record:7",
    ]


def test_a_record(tmp_path: Path) -> None:
    cells = {
        "id": "7",
        "code_status": "Check deaths",
        "active_year": "False",
        "number_of_sources": "2",
        "source_article": '"BBC,2014-01-27,""Dead man"", say police"',
        "source_original": "police",
    }
    rows = read(tmp_path, cells).sound

    lines = told(parsed(SOURCE.records(rows, NAMING)))

    digest = rows["record_hash"][0]
    assert lines == [
        "record:7 rdf:type pol:DatasetRecord",
        "record:7 rdf:type pol:Source",
        "record:7 pol:ofRelease release:23.1",
        'record:7 pol:recordId "7"',
        f'record:7 pol:recordHash "{digest}"',
        'record:7 pol:codeStatus "Check deaths"',
        'record:7 pol:activeYear "false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f"record:7 pol:numberOfSources {integer(2)}",
        'record:7 pol:speakerText "police"',
        'record:7 pol:sourceText "\\"BBC,2014-01-27,\\"\\"Dead man\\"\\", say police\\""',
        "record:7 pol:reportedBy outlet:bbc",
    ]


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"type_of_violence": "1"}, ["Attack", "ConflictEvent", "Event"]),
        ({"type_of_violence": "2"}, ["Attack", "ConflictEvent", "Event"]),
        (
            {"type_of_violence": "3"},
            ["ViolenceAgainstCivilians", "Attack", "ConflictEvent", "Event"],
        ),
        ({"event_clarity": "2"}, ["AggregateReport", "ConflictEvent", "Event"]),
        (
            {"event_clarity": "2", "type_of_violence": "3"},
            ["AggregateReport", "ConflictEvent", "Event"],
        ),
    ],
)
def test_the_class_of_an_event(cells: dict[str, str], kinds: list[str], tmp_path: Path) -> None:
    rows = read(tmp_path, {"id": "7", **cells}).sound

    lines = told(parsed(SOURCE.facts(rows, NAMING)), "event:ucdp-7")

    assert lines[: len(kinds)] == [f"event:ucdp-7 rdf:type pol:{kind}" for kind in kinds]
    assert sum(" rdf:type " in line for line in lines) == len(kinds)


def test_a_partition_of_nobody_is_not_written_and_the_others_add_up(tmp_path: Path) -> None:
    cells = {
        "deaths_a": "1",
        "deaths_b": "2",
        "deaths_civilians": "0",
        "deaths_unknown": "4",
        "best": "7",
    }
    rows = read(tmp_path, {**cells, "low": "3", "high": "9"}).sound

    lines = told(parsed(SOURCE.facts(rows, NAMING)))

    assert [line for line in lines if " pol:pointValue " in line] == [
        f"quantity:killed pol:pointValue {integer(7)}",
        f"quantity:side-a pol:pointValue {integer(1)}",
        f"quantity:side-b pol:pointValue {integer(2)}",
        f"quantity:unknown pol:pointValue {integer(4)}",
    ]


def test_facts_of_an_older_release_go_to_a_graph_of_their_own() -> None:
    rows = SOURCE.read([DATA / "ged-23-1.csv"]).sound
    graph = SOURCE.dataset.graph("23.1")

    quads = parsed(SOURCE.facts(rows, Naming(SOURCE.dataset, "23.1", graph)))

    assert {quad.graph_name for quad in quads} == {graph}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"where_prec": "1"}, "Exact"),
        ({"where_prec": "2"}, "Near"),
        ({"where_prec": "3"}, "SecondLevelRegion"),
        ({"where_prec": "4"}, "FirstLevelRegion"),
        ({"where_prec": "5"}, "Fuzzy"),
        ({"where_prec": "6"}, "Country"),
        ({"where_prec": "7"}, "International"),
    ],
)
def test_the_precision_of_a_place(cells: dict[str, str], expected: str, tmp_path: Path) -> None:
    lines = told(parsed(SOURCE.shared(read(tmp_path, cells).sound, REFERENCE)))

    (line,) = (line for line in lines if " pol:placePrecision " in line)
    assert line.endswith(f" place-precision:{expected}")
    inside = [line for line in lines if " pol:within region:ukraine" in line]
    assert len(inside) == (0 if expected == "International" else 1)


@pytest.mark.parametrize(
    ("adm_1", "regions"),
    [
        ("Donetsk oblast", ["region:ukraine", "region:donetsk-oblast"]),
        ("Donetsk Oblast", ["region:ukraine", "region:donetsk-oblast"]),
        ("Rostov oblast", ["region:ukraine"]),
        ("", ["region:ukraine"]),
    ],
)
def test_a_region_is_known_in_any_case_and_only_in_its_country(
    adm_1: str, regions: list[str], tmp_path: Path
) -> None:
    lines = told(parsed(SOURCE.shared(read(tmp_path, {"adm_1": adm_1}).sound, REFERENCE)))

    assert [line.split()[2] for line in lines if " pol:within " in line] == regions
    texts = [line for line in lines if " pol:regionText " in line]
    assert [line.partition(" pol:regionText ")[2] for line in texts] == (
        [f'"{adm_1}"'] if adm_1 else []
    )


@pytest.mark.parametrize(
    ("prec", "end", "expected"),
    [
        ("1", "2014-01-22", "Day"),
        ("2", "2014-01-25", "DayRange"),
        ("3", "2014-01-28", "Week"),
        ("4", "2014-01-31", "Month"),
        ("5", "2014-12-31", "Year"),
    ],
)
def test_the_precision_of_a_date(prec: str, end: str, expected: str, tmp_path: Path) -> None:
    rows = read(tmp_path, {"date_prec": prec, "date_end": end}).sound
    span = f"time-span:2014-01-22_{end}_{expected}"
    moment = "^^<http://www.w3.org/2001/XMLSchema#dateTime>"

    assert told(parsed(SOURCE.shared(rows, REFERENCE)), span) == [
        f"{span} rdf:type pol:TimeSpan",
        f'{span} pol:earliestStart "2014-01-22T00:00:00Z"{moment}',
        f'{span} pol:latestEnd "{end}T23:59:59Z"{moment}',
        f"{span} pol:datePrecision precision:{expected}",
    ]


def test_a_country_that_is_not_among_the_reference_entities_is_named_by_its_number(
    tmp_path: Path,
) -> None:
    cells = {"country": "Yemen (North Yemen)", "country_id": "678"}
    lines = told(parsed(SOURCE.shared(read(tmp_path, cells).sound, REFERENCE)), "ucdp:678")

    assert lines == [
        "ucdp:678 rdf:type pol:Region",
        "ucdp:678 rdf:type pol:Place",
        'ucdp:678 rdfs:label "Yemen (North Yemen)"@en',
        f"ucdp:678 pol:gleditschWard {integer(678)}",
        'ucdp:678 pol:reason "No Wikidata link: nobody has checked one."@en',
    ]


def test_parties_of_a_dyad_and_whose_government_one_is(tmp_path: Path) -> None:
    rows = read(tmp_path, {"gwnoa": "369;200;900"}).sound
    lines = told(parsed(SOURCE.shared(rows, REFERENCE)))

    assert [line for line in lines if line.startswith("ucdp:61 ")] == [
        "ucdp:61 rdf:type pol:Government",
        "ucdp:61 rdf:type pol:Actor",
        "ucdp:61 rdf:type pol:Organisation",
        'ucdp:61 rdfs:label "Government of Ukraine"@en',
        'ucdp:61 pol:reason "No Wikidata link: nobody has checked one."@en',
        f"ucdp:61 pol:gleditschWard {integer(369)}",
        "ucdp:61 pol:affiliation actor:ukraine",
        f"ucdp:61 pol:gleditschWard {integer(200)}",
        "ucdp:61 pol:affiliation actor:united-kingdom",
        f"ucdp:61 pol:gleditschWard {integer(900)}",
    ]
    assert [line for line in lines if line.startswith("participation:ucdp-dyad-14085-a ")] == [
        "participation:ucdp-dyad-14085-a rdf:type pol:Participation",
        "participation:ucdp-dyad-14085-a pol:participant ucdp:61",
        "participation:ucdp-dyad-14085-a pol:role role:Belligerent",
    ]
    assert "ucdp:14085 pol:partOf ucdp:13219" in lines
    assert "ucdp:13219 rdf:type pol:ArmedConflict" in lines
    assert "ucdp:5817 rdf:type pol:ArmedGroup" in lines


def test_civilians_are_the_target_of_one_sided_violence() -> None:
    rows = SOURCE.read([DATA / "candidate-cp1252.csv"]).sound
    one_sided = rows.filter(pl.col("type_of_violence") == 3)
    lines = told(parsed(SOURCE.shared(one_sided, REFERENCE)))

    assert "ucdp:453 rdf:type pol:OneSidedViolence" in lines
    assert "ucdp:1 rdf:type pol:GroupOfPeople" in lines
    assert "participation:ucdp-dyad-920-a pol:role role:Attacker" in lines
    assert "participation:ucdp-dyad-920-b pol:role role:Target" in lines


def test_another_name_of_a_party_is_an_other_name(tmp_path: Path) -> None:
    older = {"side_b": "Euromaidan", "date_start": "2013-12-01", "date_end": "2013-12-01"}
    lines = told(parsed(SOURCE.shared(read(tmp_path, older, {}).sound, REFERENCE)), "ucdp:5817")

    assert [line for line in lines if '"' in line and "pol:reason" not in line] == [
        'ucdp:5817 rdfs:label "Maidan"@en',
        'ucdp:5817 skos:altLabel "Euromaidan"@en',
    ]


def test_texts_with_characters_that_stand_escaped() -> None:
    frame = pl.DataFrame({"words": ['a "b"\\c\nd\te\rf', "Йо", None]})

    assert frame.select(text(pl.col("words"), "en")).to_series().to_list() == [
        '"a \\"b\\"\\\\c\\nd\\te\\rf"@en',
        '"Йо"@en',
        None,
    ]


@pytest.mark.parametrize(
    ("number", "spelled"),
    [(50.45, "50.45"), (30.0, "30"), (-0.00001, "-0.00001"), (100.0, "100"), (0.0, "0")],
)
def test_decimals_have_no_exponent(number: float, spelled: str) -> None:
    frame = pl.DataFrame({"degrees": [number]})

    assert frame.select(decimal(pl.col("degrees"))).item() == spelled
