"""Values written into a query mean the same as values that the store itself substitutes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.bound import bound
from graph.engine.versions import Versions
from graph.errors import InvalidInput, InvalidQuery
from graph.queries import Query, read_queries

TRIG = """
PREFIX : <http://example.org/>
:a :p 1 ; :q "one" . :b :p 2 ; :q "two"@en . :c :p 1 ; :q :a .
:g { :a :said "one" }
"""
A, ONE = "<http://example.org/a>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'


def store() -> ox.Store:
    opened = ox.Store()
    opened.load(TRIG, ox.RdfFormat.TRIG)
    return opened


QUERIES = [
    "SELECT ?x ?o { ?x :p ?o }",
    "SELECT * { ?x :p ?o }",
    "SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o } GROUP BY ?x",
    "SELECT ?x ?o { { ?x :p ?o } UNION { ?x :q ?o } } ORDER BY ?x ?o",
    "SELECT ?x ?s { ?s :p ?n OPTIONAL { ?s :q ?x } }",
    "SELECT ?x ?s { ?s :p ?n FILTER NOT EXISTS { ?s :q ?x } }",
    "SELECT ?x ?s { ?s :p ?n FILTER(BOUND(?x) && ?s != ?x) }",
    "SELECT ?x ?s { ?s ?p ?o { SELECT ?x ?s { ?s :q ?x } } }",
    "SELECT ?x ?s ?n { ?s :p ?n { SELECT ?s { ?s :q ?x } } }",
    "SELECT ?x ?s { { SELECT ?x (MAX(?s) AS ?m) { ?s :q ?x } GROUP BY ?x } ?s :q ?x }",
    "SELECT ?x ?s { VALUES (?x ?s) { (:a :b) (:b :c) } }",
    "SELECT ?x ?s { ?s :q ?x . VALUES ?x { :a :b } }",
    "SELECT ?x ?s { GRAPH ?g { $x :said ?s } }",
    "SELECT ?x ?s { ?s :p 1 MINUS { ?s :q ?x } }",
    "SELECT ?x { BIND(?x AS ?y) FILTER(?y = ?x) }",
    "SELECT ?x (STR(?x) AS ?text) {}",
    "SELECT ?x ?s { ?s :q ?x # a comment with ?x and }\n }",
    'SELECT ?x ?s { ?s :q ?x FILTER(STR(?s) != "?x }") }',
    "ASK { ?x :p 1 }",
    "CONSTRUCT { ?x :is ?o } WHERE { ?x :p ?o }",
    "CONSTRUCT WHERE { ?x :p ?o }",
    "DESCRIBE ?x",
    "DESCRIBE ?x { ?x :p ?o }",
]


def answers(opened: ox.Store, query: str) -> Counter[str] | bool:
    results = opened.query(query)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return Counter(map(str, results))
    names = [variable.value for variable in results.variables]
    return Counter(
        str({name: str(row[name]) for name in names if row[name] is not None}) for row in results
    )


@pytest.mark.parametrize("query", QUERIES)
def test_a_bound_query_says_what_a_narrowed_one_says(query: str) -> None:
    """What substitution is by definition, written by hand: the term in the variable's place."""
    opened = store()
    prefixed = f"PREFIX : <http://example.org/> {query}"

    found = answers(opened, bound(prefixed, {"x": A}))

    if query.startswith(("ASK", "CONSTRUCT", "DESCRIBE")):
        assert found == answers(opened, prefixed.replace("?x", ":a"))
        return
    assert isinstance(found, Counter)
    assert all("'x': '<http://example.org/a>'" in row for row in found)
    everything = answers(opened, prefixed)
    assert isinstance(everything, Counter)
    if "MINUS" not in query and "NOT EXISTS" not in query and everything:
        inside = Counter({row: n for row, n in everything.items() if f"'x': '{A}'" in row})
        assert not inside - found


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (QUERIES[0], 1),
        (QUERIES[1], 1),
        (QUERIES[2], 1),
        (QUERIES[3], 2),
        (QUERIES[4], 3),
        (QUERIES[5], 2),
        (QUERIES[6], 2),
        (QUERIES[7], 2),
        (QUERIES[8], 3),
        (QUERIES[9], 1),
        (QUERIES[10], 1),
        (QUERIES[11], 1),
        (QUERIES[12], 1),
        (QUERIES[13], 1),
        (QUERIES[14], 1),
        (QUERIES[15], 1),
        (QUERIES[16], 1),
        (QUERIES[17], 1),
    ],
)
def test_the_rows_of_a_bound_query(query: str, rows: int) -> None:
    found = answers(store(), bound(f"PREFIX : <http://example.org/> {query}", {"x": A}))

    assert isinstance(found, Counter)
    assert found.total() == rows


CANNED = {name: query for name, query in read_queries().items() if not query.reaches}


@pytest.mark.parametrize("query", CANNED.values(), ids=CANNED)
def test_each_canned_query_has_the_same_answer(query: Query, built_home: Path) -> None:
    """With its default values, over the shipped graph: substituted by the store, and written in."""
    version = Versions(built_home).current()
    assert version is not None
    values = query.bindings({})
    texts = {name: str(each) for name, each in values.items()}

    substituted = version.read().select(query.text, values)
    written = version.read().select(bound(query.text, texts))

    def rows(solutions: object) -> list[dict[str, str]]:
        return [
            {name: str(each) for name, each in zip(solutions.variables, row, strict=True)}  # type: ignore[attr-defined]
            for row in solutions.rows  # type: ignore[attr-defined]
        ]

    assert rows(written) == rows(substituted)


HOSTILE = [
    '" } ; DROP ALL #',
    "' } UNION { ?s ?p ?o } #",
    '\\" } #',
    "\\u0022 } #",
    "\\\\u0022",
    "\\U00000022",
    '"""',
    "\n}\n",
    "\r\n\t\x00\x08\x0c",
    "?x $x ?o",
    "}}}}",
    "a\\",
    "\u2028\u2029\ufeff",
]


def echoed(value: ox.Literal) -> list[str]:
    results = ox.Store().query(bound("SELECT ?x ?y { BIND(?x AS ?y) }", {"x": str(value)}))
    assert isinstance(results, ox.QuerySolutions)
    return [str(term) for row in results for term in row]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_a_value_whatever_is_in_it(text: str) -> None:
    plain, tagged = ox.Literal(text), ox.Literal(text, language="en")

    assert echoed(plain) == [str(plain)] * 2
    assert echoed(tagged) == [str(tagged)] * 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    assert echoed(ox.Literal(text)) == [str(ox.Literal(text))] * 2


@given(st.text("\\uU0022\"'nx}", max_size=12))
def test_no_reader_finds_more_than_the_text_in_it(text: str) -> None:
    """A reader that undoes codepoint escapes before it parses (SPARQL 1.1, 19.2, to the letter)."""
    import re

    query = bound("SELECT ?x {}", {"x": str(ox.Literal(text))})
    undone = re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), query)

    results = ox.Store().query(undone)
    assert isinstance(results, ox.QuerySolutions)
    assert [row["x"].value for row in results] == [text]


@pytest.mark.parametrize(
    "value",
    [
        "<http://example.org/a> . ?s ?p ?o",
        "1 } UNION { ?s ?p ?o",
        '"a" "b"',
        "_:b",
        "?y",
        "",
        "<http://example.org/a b>",
        "<http://example.org/\\u003E>",
        "<<( <a:a> <a:a> <a:a> )>>",
    ],
)
def test_what_is_no_single_term_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        bound("SELECT ?x {}", {"x": value})


@pytest.mark.parametrize("query", ["SELECT ?x {", "SELECT ?x { ` }", "INSERT DATA { }", ""])
def test_what_does_not_parse_is_refused(query: str) -> None:
    with pytest.raises(InvalidQuery):
        bound(query, {"x": ONE})


def test_without_values_a_query_stays_as_it_is() -> None:
    assert bound("SELECT ?x {", {}) == "SELECT ?x {"
