"""A query with its values written in has the answer that it has with them bound."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.store import Reading
from graph.filled_in import fill_in
from graph.queries import Query, read_queries
from graph.vocabulary import XSD
from tests.queries.article_graph import article_graph, small_graph

DATA = Path(__file__).parent / "data"
QUERIES = {name: query for name, query in read_queries().items() if not query.reaches}
VALUES = (
    ("attacks-near-negotiations", {"hours": "48"}),
    ("attestation", {"partOf": "event:2026-01-24-assault", "language": "uk"}),
    ("events-near-place", {"latitude": "50.45", "longitude": "30.5", "kilometres": "100"}),
    ("figures", {"place": "region:kyiv", "language": "uk"}),
    ("figures", {"asOf": "2026-01-01"}),
    ("harm-totals", {"partOf": "event:2026-01-24-assault"}),
    ("passages-with-words", {"words": "drones"}),
    ("timeline", {"from": "2026-01-24T00:00:00Z"}),
)


def rows(graph: Reading, text: str, values: dict[str, ox.NamedNode | ox.Literal]) -> list[str]:
    found = graph.select(text, values)
    return sorted(
        str([(name, str(term)) for name, term in zip(found.variables, row, strict=True)])
        for row in found.rows
    )


def graph_for(query: Query) -> Reading:
    stand_in = DATA / f"{query.name}.trig"
    return small_graph(stand_in.read_text("utf-8")) if stand_in.exists() else article_graph()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_defaults_written_in_change_nothing(query: Query) -> None:
    values = query.bindings({})
    graph = graph_for(query)

    assert rows(graph, fill_in(query.text, values), {}) == rows(graph, query.text, values)


@pytest.mark.parametrize(("name", "given"), VALUES, ids=str)
def test_values_written_in_change_nothing(name: str, given: dict[str, str]) -> None:
    query = QUERIES[name]
    known = {parameter.name for parameter in query.parameters}
    values = query.bindings({key: text for key, text in given.items() if key in known})
    graph = graph_for(query)

    assert rows(graph, fill_in(query.text, values), {}) == rows(graph, query.text, values)


def test_the_column_stays_and_a_subselect_that_leaves_the_name_out_is_left_alone() -> None:
    text = """# ?x in a comment
SELECT ?x (COUNT(?x) AS ?n) WHERE {
  ?s ?p ?x . FILTER(?x != "?x")
  { SELECT ?s WHERE { ?s ?q ?x } LIMIT 1 }
  { SELECT ?s ?x WHERE { ?s ?q ?x } }
} GROUP BY ?x ORDER BY ?x"""

    assert (
        fill_in(text, {"x": ox.Literal("v")})
        == """# ?x in a comment
SELECT ("v" AS ?x) (COUNT("v") AS ?n) WHERE {
  ?s ?p "v" . FILTER("v" != "?x")
  { SELECT ?s WHERE { ?s ?q ?x } LIMIT 1 }
  { SELECT ?s ("v" AS ?xGiven) WHERE { ?s ?q "v" } }
} GROUP BY ("v") ORDER BY ("v")"""
    )


def test_numbers_stand_as_one_writes_them() -> None:
    values = {
        "a": ox.Literal(48),
        "b": ox.Literal("0.5", datatype=XSD.decimal),
        "c": ox.Literal("+.5", datatype=XSD.decimal),
    }

    filled = fill_in("SELECT ?s { FILTER(?a > ?b || ?a < ?c) }", values)

    assert filled == f'SELECT ?s {{ FILTER(48 > 0.5 || 48 < "+.5"^^<{XSD.decimal.value}>) }}'


def test_a_value_that_would_close_its_place_stays_one_value() -> None:
    filled = fill_in("SELECT ?x { ?s ?p ?x }", {"x": ox.Literal('" } DROP ALL #\n')})

    assert '"\\" } DROP ALL #\\n"' in filled
