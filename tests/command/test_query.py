from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox

from tests.command.running import polemos

KYIV_STRIKE = "https://w3id.org/polemos/id/event/2026-01-24-kyiv-strike"
KILLED = Path(__file__).parent / "killed.rq"


def test_the_canned_queries_are_listed_with_question_and_parameters() -> None:
    listed = polemos("query", "--list").text

    assert "Who negotiated, for whom, and in which office?" in listed
    assert "negotiation (iri), language (language)" in listed


def test_a_canned_query_answers_with_the_values_given(built_home: Path) -> None:
    ran = polemos(
        "query", "claims-of-event", "--home", built_home, "--format", "csv",
        "--param", "event=event:2026-01-24-kyiv-strike",
    )  # fmt: skip

    rows = list(csv.DictReader(ran.text.splitlines()))
    assert {row["event"] for row in rows} == {KYIV_STRIKE}
    assert "Kyiv Mayor Vitali Klitschko reported one fatality and four injuries" in {
        row["quote"] for row in rows
    }


def test_a_query_of_ones_own_is_read_from_a_file(built_home: Path) -> None:
    ran = polemos("query", "--file", KILLED, "--home", built_home, "--format", "json")

    assert json.loads(ran.text)["results"]["bindings"] == [
        {
            "event": {"type": "uri", "value": KYIV_STRIKE},
            "words": {"type": "literal", "value": "one fatality"},
        }
    ]


def test_a_table_shows_short_names(built_home: Path) -> None:
    ran = polemos("query", "--file", KILLED, "--home", built_home)

    assert ran.lines == [
        "event                        ┃ words",
        "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━",
        "event:2026-01-24-kyiv-strike │ one fatality",
    ]


def test_a_query_of_ones_own_is_read_from_standard_input(built_home: Path) -> None:
    ran = polemos("query", "--file", "-", "--home", built_home, given="ASK { ?s ?p ?o }")

    assert (ran.code, ran.lines) == (0, ["yes"])


def test_a_graph_is_printed_as_turtle_or_in_the_format_given(built_home: Path) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE {}"

    turtle = polemos("query", "--file", "-", "--home", built_home, given=query)
    jsonld = polemos(
        "query", "--file", "-", "--home", built_home, "--format", "jsonld", given=query
    )

    triples = [
        [(str(quad.subject), str(quad.predicate)) for quad in ox.parse(ran.output, format)]
        for ran, format in ((turtle, ox.RdfFormat.TURTLE), (jsonld, ox.RdfFormat.JSON_LD))
    ]
    assert triples == [[("<urn:a>", "<urn:b>")], [("<urn:a>", "<urn:b>")]]


def test_a_graph_does_not_fit_into_a_table_format(built_home: Path) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE {}"

    ran = polemos("query", "--file", "-", "--home", built_home, "--format", "csv", given=query)

    assert ran.code == 1
    assert ran.errors.startswith("The query's answer is a graph (CONSTRUCT, DESCRIBE)")


def test_an_older_version_can_be_asked(built_home: Path) -> None:
    first = polemos("query", "--file", KILLED, "--home", built_home, "--version", "1")
    none = polemos("query", "--file", KILLED, "--home", built_home, "--version", "7")

    assert first.code == 0
    assert (none.code, none.errors) == (1, "There is no version 7; published: 1.\n")


def test_a_query_that_does_not_parse_is_shown_its_place(built_home: Path) -> None:
    ran = polemos("query", "--file", "-", "--home", built_home, given="SELECT * {\n  ?s foo:bar 1")

    assert ran.code == 1
    assert ran.errors.startswith("The query does not parse at line 2, column ")


def test_a_nested_query_that_would_crash_the_parser_is_an_error(built_home: Path) -> None:
    ran = polemos("query", "--file", "-", "--home", built_home, given="SELECT * " + "{" * 3000)

    assert ran.code == 1
    assert ran.errors.startswith("The query is nested too deeply")


def test_a_query_past_its_time_is_ended(built_home: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    ran = polemos("query", "--file", "-", "--home", built_home, "--timeout", "0.2", given=query)

    assert ran.code == 1
    assert ran.errors.startswith("The query ran for 0.2 seconds, the most it may.")


def test_a_request_to_an_address_that_is_not_listed_is_refused(built_home: Path) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"

    ran = polemos("query", "--file", "-", "--home", built_home, given=query)

    assert ran.code == 1
    assert ran.errors.startswith("SERVICE <http://127.0.0.1:9/> is refused")


def test_an_unknown_query_or_parameter_is_told_with_the_closest(built_home: Path) -> None:
    query = polemos("query", "who-negotiate", "--home", built_home)
    parameter = polemos("query", "timeline", "--home", built_home, "-p", "langage=en")

    assert query.errors == "There is no query “who-negotiate”. Did you mean who-negotiated?\n"
    assert parameter.errors.endswith("Did you mean language?\n")
    assert (query.code, parameter.code) == (1, 1)
