"""Each query's answer on the first article, as it was read against the article's text by hand.

A file in ``data`` stands in for the article where a query asks for what the article cannot have.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.queries import find_query, read_queries
from tests.queries.article_graph import FIRST, article_graph, ask, small_graph

HERE = Path(__file__).parent
EXPECTED = {file.stem: file for file in (HERE / "expected").glob("*.csv")}
TEXT = Path(__file__).parents[2] / "graph" / "articles" / FIRST / "text.txt"


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_answer_is_the_one_expected(name: str) -> None:
    query = find_query(name)
    stand_in = HERE / "data" / f"{name}.trig"
    graph = small_graph(stand_in.read_text("utf-8")) if stand_in.exists() else article_graph()

    answer = ask(graph, query, {})

    with EXPECTED[name].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [{column: row.get(column, "") for column in rows[0]} for row in answer] == rows


def test_every_query_that_stays_here_has_an_expected_answer() -> None:
    staying = {query.name for query in read_queries().values() if not query.reaches}

    assert set(EXPECTED) == staying
    assert len(staying) >= 16


@pytest.mark.parametrize(
    "name",
    ["claims-of-event", "passages-with-words", "passages-without-fact", "statements-by-speaker"],
)
def test_the_quotes_stand_in_the_text_where_the_answer_says(name: str) -> None:
    text = TEXT.read_text("utf-8")

    answer = ask(article_graph(), find_query(name), {})

    assert answer
    for row in answer:
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_the_query_that_reaches_wikidata_asks_about_the_right_regions() -> None:
    # Port 9 of this machine answers nobody: what is left is our own part of the answer.
    query = find_query("wikidata-coordinates")
    (address,) = query.reaches
    text = query.text.replace(f"SERVICE <{address}>", "SERVICE SILENT <http://127.0.0.1:9/sparql>")
    assert address == "https://query.wikidata.org/sparql"

    found = article_graph().select(text, query.bindings({}))

    columns = [found.variables.index(name) for name in ("regionLabel", "item", "ourPoint")]
    assert [[str(row[column]) for column in columns] for row in found.rows] == [
        [
            '"Kharkiv Oblast"@en',
            "<http://www.wikidata.org/entity/Q170666>",
            '"POINT(36.5 49.6)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
        ],
        [
            '"Kyiv"@en',
            "<http://www.wikidata.org/entity/Q1899>",
            '"POINT(30.52333 50.45)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
        ],
        [
            '"Ukraine"@en',
            "<http://www.wikidata.org/entity/Q212>",
            '"POINT(32.140865 49.724739)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
        ],
        [
            '"United Arab Emirates"@en',
            "<http://www.wikidata.org/entity/Q878>",
            '"POINT(54.547256 23.466285)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
        ],
    ]
