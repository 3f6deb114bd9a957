"""The canned queries in the graph: as editors ask for them, and with the answers of the files."""

from __future__ import annotations

import httpx
import pytest

from graph.queries import read_queries
from graph.query_examples import GRAPH, standalone
from tests.api.serving import Served
from tests.queries.article_graph import article_graph, ask

QUERIES = read_queries()
STAYING = [name for name, query in QUERIES.items() if not query.reaches]

# What the SPARQL editor of the Swiss Institute of Bioinformatics asks an endpoint for.
ASKED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select ?query .
} ORDER BY ?sq
"""


@pytest.mark.parametrize("name", STAYING)
def test_a_query_with_its_defaults_written_in_has_the_same_answer(name: str) -> None:
    graph, query = article_graph(), QUERIES[name]

    found = graph.select(standalone(query))

    rows = [[None if term is None else str(term) for term in row] for row in found.rows]
    bound = graph.select(query.text, query.bindings({}))
    assert found.variables == bound.variables
    assert rows == [[None if term is None else str(term) for term in row] for row in bound.rows]


def test_an_editor_finds_them(site: Served) -> None:
    answer = httpx.get(
        f"{site.address}/sparql", params={"query": ASKED, "default-graph-uri": GRAPH.value}
    )

    found = answer.json()["results"]["bindings"]
    comments = [row["comment"]["value"] for row in found]
    assert sorted(comments) == sorted(each.summary for each in QUERIES.values())


def test_none_is_empty() -> None:
    assert any(ask(article_graph(), QUERIES[name], {}) for name in STAYING)
