"""A plain query is seen in one match as its outline sees it, token by token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.outline import Cut, outline
from graph.engine.plain import plain

QUERY = 'PREFIX ex: <http://ex.org/#> SELECT ?s WHERE { ?s ex:p "a # b", 1.5 . } # the end'


def test_the_limit_goes_behind_the_last_token() -> None:
    seen = plain(QUERY)

    assert seen is not None
    cut = seen.cut(10)
    assert cut.text == QUERY.replace(" # the end", " LIMIT 10 # the end")
    assert cut.beyond == QUERY.replace(" # the end", " LIMIT 1 OFFSET 10 # the end")


def test_a_question_of_yes_or_no_has_no_rows() -> None:
    seen = plain("ASK {}")

    assert seen is not None
    assert seen.cut(10) == Cut("ASK {}", None)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } LIMIT 5",
        "SELECT * { ?s ?p ?o } values ?s { UNDEF }",
        "SELECT (NOW() AS ?t) {}",
        "SELECT * { SERVICE <http://ex.org/> { ?s ?p ?o } }",
        "SELECT * { ?s \\u003Chttp://ex.org/\\u003E ?o }",
        "SELECT * { ?s <http://ex.org/knows-snow> ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE <http://ex.org/>",
        "SELECT * { ?s ?p 'not closed }",
        "SELECTED * { ?s ?p ?o }",
        "\u017fELECT * { ?s ?p ?o }",
        "{ SELECT * { ?s ?p ?o } }",
        "",
    ],
)
def test_what_needs_a_closer_look_is_not_plain(query: str) -> None:
    assert plain(query) is None


PIECES = [
    *(
        "SELECT",
        "select",
        "ASK",
        "WHERE",
        "PREFIX",
        "BASE",
        "LIMIT",
        "VALUES",
        "a",
        "ex:",
        "ex:p.q",
    ),
    *(" ", "\n", "# comment\n", "#", "{", "}", "(", ")", ".", ";", "*", "?s", "$o", "<", ">", "5"),
    *(
        "<http://ex.org/#a>",
        "<a'b>",
        '"text"',
        "'",
        '"""',
        "'''x'''",
        "@en",
        "_:b",
        "1.5e3",
        "é",
        "ſ",
    ),
]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text(max_size=20))
def test_a_plain_query_is_what_its_outline_says(rest: str) -> None:
    query = f"SELECT {rest}"
    seen = plain(query)

    if seen is not None:
        outlined = outline(query)
        assert (outlined.form, outlined.readable, outlined.volatile) == ("SELECT", True, False)
        assert outlined.cut(10) == seen.cut(10)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_prologue_changes_nothing(query: str) -> None:
    seen = plain(query)

    if seen is not None:
        assert outline(query).cut(10) == seen.cut(10)
