import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.outline import outline

WHERE = "WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "cut"),
    [
        (f"SELECT * {WHERE}", f"SELECT * {WHERE} LIMIT 10"),
        (f"SELECT * {WHERE} # LIMIT 3", f"SELECT * {WHERE} LIMIT 10 # LIMIT 3"),
        (f"SELECT * {WHERE} limit 11", f"SELECT * {WHERE} limit 10"),
        (f"SELECT * {WHERE} LIMIT#\n11", f"SELECT * {WHERE} LIMIT#\n10"),
        (f"SELECT * {WHERE} LIMIT 11 OFFSET 3", f"SELECT * {WHERE} LIMIT 10 OFFSET 3"),
        (f"SELECT * {WHERE} OFFSET 3", f"SELECT * {WHERE} OFFSET 3 LIMIT 10"),
        (f"SELECT * {WHERE} OFFSET 3 LIMIT 99", f"SELECT * {WHERE} OFFSET 3 LIMIT 10"),
        (
            f"SELECT * {WHERE} VALUES ?s {{ 1 }} # end",
            f"SELECT * {WHERE} LIMIT 10 VALUES ?s {{ 1 }} # end",
        ),
        (
            f"SELECT * {WHERE} LIMIT 99 VALUES ?s {{ 1 }}",
            f"SELECT * {WHERE} LIMIT 10 VALUES ?s {{ 1 }}",
        ),
        (
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }",
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } } LIMIT 10",
        ),
        (
            "SELECT * { VALUES ?s { 1 } ?s ?p ?o }",
            "SELECT * { VALUES ?s { 1 } ?s ?p ?o } LIMIT 10",
        ),
        (
            f"SELECT (EXISTS {{ ?a ?b ?c }} AS ?e) {WHERE}",
            f"SELECT (EXISTS {{ ?a ?b ?c }} AS ?e) {WHERE} LIMIT 10",
        ),
        (
            f"SELECT ?s {WHERE} GROUP BY ?s HAVING (EXISTS {{ ?a ?b 'LIMIT 3' }}) ORDER BY ?s",
            f"SELECT ?s {WHERE} GROUP BY ?s HAVING (EXISTS {{ ?a ?b 'LIMIT 3' }}) ORDER BY ?s"
            " LIMIT 10",
        ),
        (
            f"PREFIX limit: <http://limit#> SELECT ?limit {WHERE} ORDER BY limit:f(?s)",
            f"PREFIX limit: <http://limit#> SELECT ?limit {WHERE} ORDER BY limit:f(?s) LIMIT 10",
        ),
        (f"CONSTRUCT {{ ?s ?p ?o }} {WHERE}", f"CONSTRUCT {{ ?s ?p ?o }} {WHERE} LIMIT 10"),
        (f"CONSTRUCT {WHERE}", f"CONSTRUCT {WHERE} LIMIT 10"),
        (f"DESCRIBE ?s {WHERE}", f"DESCRIBE ?s {WHERE} LIMIT 10"),
        (f"SELECT * {WHERE} LIMIT {10**30}", f"SELECT * {WHERE} LIMIT 10"),
    ],
)
def test_the_limit_goes_where_the_grammar_wants_it(query: str, cut: str) -> None:
    assert outline(query).cut(10).text == cut


@pytest.mark.parametrize(
    "query",
    [
        "",
        "ASK { ?s ?p ?o }",
        "DESCRIBE <http://example.org/a>",
        "DESCRIBE * VALUES ?s { 1 }",
        f"SELECT * {WHERE} LIMIT 10",
        f"SELECT * {WHERE} LIMIT 0 OFFSET 9",
        "SELECT * { ?s ?p \\ }",
        "INSERT DATA { }",
    ],
)
def test_what_has_no_rows_or_few_is_left_alone(query: str) -> None:
    cut = outline(query).cut(10)

    assert (cut.text, cut.beyond) == (query, None)


@pytest.mark.parametrize(
    ("query", "beyond"),
    [
        (f"SELECT DISTINCT ?s {WHERE}", f"SELECT DISTINCT ?s {WHERE} LIMIT 1 OFFSET 10"),
        (f"SELECT ?s {WHERE} OFFSET 3", f"SELECT ?s {WHERE} OFFSET 13 LIMIT 1"),
        (f"SELECT ?s {WHERE} LIMIT 99 OFFSET 3", f"SELECT ?s {WHERE} LIMIT 1 OFFSET 13"),
        (
            f"BASE <http://a/#> CONSTRUCT {{ ?s ?p {{}} }} FROM <g> {WHERE}",
            "BASE <http://a/#> SELECT (1 AS ?polemosBeyond) ?x FROM <g> WHERE { ?s ?p ?o }"
            " LIMIT 1 OFFSET 10",
        ),
        (
            f"CONSTRUCT {WHERE}",
            f"SELECT (1 AS ?polemosBeyond) ?x {WHERE} LIMIT 1 OFFSET 10",
        ),
        (
            f"DESCRIBE ?s <a> ex:b FROM NAMED ex:g {WHERE}",
            f"SELECT (1 AS ?polemosBeyond) ?x FROM NAMED ex:g {WHERE} LIMIT 1 OFFSET 10",
        ),
    ],
)
def test_the_question_behind_the_limit(query: str, beyond: str) -> None:
    assert outline(query).cut(10, ["x"]).beyond == beyond


@pytest.mark.parametrize(
    ("query", "volatile"),
    [
        ("SELECT (NOW() AS ?t) {}", True),
        ("SELECT (strUUID() AS ?t) {}", True),
        ("SELECT * { BIND(1+rand() AS ?x) }", True),
        ("SELECT * { SERVICE <http://a> {} }", True),
        ("SELECT * { ?s ?p 1SERVICEex:a{} }", True),
        ("SELECT * { ?s ?p \\ }", True),
        ("SELECT * { ?now ex:rand 'NOW()' } # UUID()", False),
        ("SELECT * { ?s <http://now> ?o }", False),
    ],
)
def test_what_may_differ_each_time(query: str, volatile: bool) -> None:
    assert outline(query).volatile is volatile


@given(st.text(), st.integers(1, 100))
def test_any_text_has_an_outline(text: str, rows: int) -> None:
    outline(f"SELECT{text}").cut(rows)
    outline(text).cut(rows)


heads = st.sampled_from(
    ["SELECT *", "SELECT ?s", "SELECT DISTINCT ?s", "SELECT (COUNT(*) AS ?n)", "SELECT REDUCED ?p"]
)
patterns = st.sampled_from(
    [
        "{ ?s ?p ?o }",
        "WHERE{?s ?p ?o{SELECT ?s{?s ?p ?o}LIMIT 3}}",
        "{ ?s ?p ?o FILTER(?o<5&&?o>1) }",
        "{ ?s ?p ?o # } LIMIT 2\n }",
        "{ VALUES ?s { <a:0> <a:1> } ?s ?p ?o }",
        "{ ?s ?p '} LIMIT 1' }",
    ]
)
orders = st.sampled_from(["", "ORDER BY ?s", "ORDER BY(?s<5)", "ORDER BY (EXISTS{?s ?p ?o}) ?s"])
limits = st.sampled_from(["", "LIMIT 2", "limit 9 OFFSET 1", "OFFSET 2", "OFFSET 1 LIMIT 9"])
tails = st.sampled_from(["", "VALUES ?s { <a:1> }", "# LIMIT 1", "values(?s ?o){(<a:2> 2)}# x"])
gaps = st.sampled_from([" ", "\n", " # LIMIT 1\n"])


@given(heads, patterns, orders, limits, tails, gaps, st.integers(1, 8))
def test_a_cut_query_has_the_first_rows_and_says_whether_more_follow(
    head: str, pattern: str, order: str, limit: str, tail: str, gap: str, rows: int
) -> None:
    """The store is the judge, over every combination."""
    text = gap.join((head, pattern, order, limit, tail))
    cut = outline(text).cut(rows)

    whole, first = solutions(text), solutions(cut.text)

    assert first == whole[:rows]
    if cut.beyond is not None:
        assert bool(solutions(cut.beyond)) is (len(whole) > rows)
    else:
        assert len(whole) <= rows


STORE = ox.Store()
STORE.extend(
    ox.Quad(ox.NamedNode(f"a:{number}"), ox.NamedNode("a:p"), ox.Literal(number))
    for number in range(7)
)


def solutions(query: str) -> list[tuple[object, ...]]:
    results = STORE.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return [tuple(solution) for solution in results]
