"""What every query file keeps to, and what is said of one that does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.errors import InvalidInput, NotFound
from graph.files import QUERIES
from graph.queries import Query, find_query, read_queries, read_query
from tests.queries.article_graph import article_graph

SHIPPED = read_queries()
DOCUMENTATION = (QUERIES.parent / "docs" / "queries.md").read_text("utf-8")


@pytest.mark.parametrize("query", SHIPPED.values(), ids=SHIPPED)
def test_a_query_is_in_order(query: Query) -> None:
    assert query.text.startswith("#+ summary: ")
    assert 20 <= len(query.summary) <= 100
    assert query.keywords
    assert re.search(r"^ORDER BY [?$ A-Za-z()]+\Z", query.text.rstrip(), re.MULTILINE)
    assert max(map(len, query.text.splitlines())) <= 100
    assert all(parameter.description.endswith(".") for parameter in query.parameters)
    (language,) = (each for each in query.parameters if each.name == "language")
    assert (language.type.name, language.default) == ("language", "en")


@pytest.mark.parametrize("query", SHIPPED.values(), ids=SHIPPED)
def test_no_query_has_a_place_to_paste_a_value_into(query: Query) -> None:
    without_iris = re.sub(r"<[^<>\s]*>", "", query.text)
    assert not re.search(r"%[sd(]|%%|\$\w|\{\w*\}|\{\{", without_iris)


@pytest.mark.parametrize("query", SHIPPED.values(), ids=SHIPPED)
def test_a_query_parses_and_takes_every_parameter(query: Query) -> None:
    values = {parameter.name: parameter.type.example for parameter in query.parameters}
    text = re.sub("SERVICE <[^>]*>", "SERVICE SILENT <http://127.0.0.1:9/sparql>", query.text)

    found = article_graph().select(text, query.bindings(values))

    assert {parameter.name for parameter in query.parameters} <= set(found.variables)
    assert not [row for row in found.rows if len(row) != len(found.variables)]


@pytest.mark.parametrize("query", SHIPPED.values(), ids=SHIPPED)
def test_another_parser_reads_a_query_too(query: Query) -> None:
    algebra = prepareQuery(query.text).algebra

    assert algebra.name == "SelectQuery"


def test_only_queries_that_say_so_reach_another_endpoint() -> None:
    reached = {
        query.name: tuple(re.findall(r"SERVICE\s*<([^>]*)>", query.text))
        for query in SHIPPED.values()
        if "SERVICE" in query.text.upper()
    }

    assert reached == {query.name: query.reaches for query in SHIPPED.values() if query.reaches}


@pytest.mark.parametrize("query", SHIPPED.values(), ids=SHIPPED)
def test_the_documentation_names_the_query_its_question_and_its_parameters(query: Query) -> None:
    section = DOCUMENTATION.partition(f"\n### {query.name}\n")[2].partition("\n#")[0]

    assert query.summary in section
    for parameter in query.parameters:
        if parameter.name != "language":
            assert f"`{parameter.name}`" in section
            assert parameter.description.rstrip(".") in section


def test_the_documentation_names_no_query_that_is_not_there() -> None:
    assert re.findall(r"^### (.*)$", DOCUMENTATION, re.MULTILINE) == sorted(
        SHIPPED, key=lambda name: DOCUMENTATION.index(f"\n### {name}\n")
    )


def test_a_query_is_found_by_name() -> None:
    query = find_query("who-negotiated")

    assert query.summary == "Who negotiated, for whom, and in which office?"
    assert [parameter.name for parameter in query.parameters] == ["negotiation", "language"]


def test_the_closest_name_is_offered() -> None:
    with pytest.raises(NotFound) as raised:
        find_query("who-negotiates")

    assert str(raised.value) == ("There is no query “who-negotiates”. Did you mean who-negotiated?")


WHOLE = """\
#+ summary: Which things are there?
#+ keywords: [things]
#+ parameters:
#+   - name: kind
#+     type: iri
#+     description: The class of the things.
SELECT ?thing ?kind WHERE { ?thing a ?kind } ORDER BY ?thing
"""


@pytest.mark.parametrize(
    ("whole", "broken", "message"),
    [
        ("#+ summary: Which things are there?\n", "", "the header lacks a “summary”"),
        ("there?", "there", "the summary is a question. End it with a question mark."),
        ("[things]", "things", "the key “keywords” holds a list."),
        ("[things]", "[]", "the header has no keywords. Add “keywords: [word, word]”."),
        ("[things]", "[things", "the header is not YAML: "),
        ("keywords", "tags", "the header has no key “tags”. Use summary, keywords,"),
        ("type: iri", "type: uri", "there is no type “uri”. Use one of iri, string, integer,"),
        ("type: iri", "kind: iri", "the parameter has no key “kind”. Use name, type, default,"),
        ("name: kind", "name: the kind", "“the kind” is no name of a parameter."),
        ("description: The", "default: things\n#+     description: The", "not “things”."),
        ("SELECT ?thing ?kind", "SELECT ?thing", "SELECT leaves out ?kind, a parameter. Add it."),
        ("SELECT ?thing ?kind", "SELECT *", "SELECT leaves out ?kind, a parameter. Add it."),
        ("?kind WHERE", "(?kind AS ?k) WHERE", "SELECT leaves out ?kind, a parameter. Add it."),
        ("?kind WHERE", "?k { SELECT ?kind", "SELECT leaves out ?kind, a parameter. Add it."),
        ("SELECT ?thing ?kind WHERE", "ASK", "the query is no SELECT."),
    ],
)
def test_a_slip_in_a_file_is_named(tmp_path: Path, whole: str, broken: str, message: str) -> None:
    assert whole in WHOLE
    file = tmp_path / "things.rq"
    file.write_text(WHOLE.replace(whole, broken), encoding="utf-8")

    with pytest.raises(InvalidInput) as raised:
        read_query(file)

    assert str(raised.value).startswith("things.rq: ")
    assert message in str(raised.value)


def test_a_file_without_a_header_is_named(tmp_path: Path) -> None:
    file = tmp_path / "things.rq"
    file.write_text("SELECT ?thing WHERE { ?thing a ?kind }", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"^things\.rq: the header is no mapping"):
        read_query(file)


def test_a_file_is_named_in_lower_case_words(tmp_path: Path) -> None:
    file = tmp_path / "Things_1.rq"
    file.write_text(WHOLE, encoding="utf-8")

    with pytest.raises(InvalidInput, match="name the file in lower-case words"):
        read_query(file)


def test_yaml_makes_no_other_values_of_texts(tmp_path: Path) -> None:
    file = tmp_path / "things.rq"
    changed = WHOLE.replace("iri", "string").replace(
        "    description", "    default: no\n#+     description"
    )
    file.write_text(changed, encoding="utf-8")

    (kind,) = read_query(file).parameters

    assert kind.default == "no"
