"""The search inside SPARQL, asked of a real worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.rewriting import Rewritten
from graph.engine.searching import search_edits
from graph.engine.versions import Version, Versions
from graph.errors import InvalidQuery, Refused
from tests.engine.things import running, values

PREFIXES = """PREFIX search: <https://w3id.org/polemos/search#>
PREFIX pol: <https://w3id.org/polemos/ontology#>
"""
BLOCK = "SERVICE <https://w3id.org/polemos/search>"


def answer(searched: Version, query: str, **bindings: str) -> list[str]:
    async def ask(pool: Pool) -> list[str]:
        given = await pool.ask(Question(PREFIXES + query, bindings=bindings))
        return values(b"".join([chunk async for chunk in given.chunks]))

    return running(ask, Versions(searched.folder.parents[1]))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            f'SELECT ?o {{ {BLOCK} {{ ?o search:matches "kyiv" ; search:limit 2 }} }}',
            ["kyiv", "oblast"],
        ),
        (f'SELECT ?o {{ {BLOCK}{{?o search:matches"kyiv"}}?o a pol:Event}}', ["strike"]),
        (
            f"SELECT ?o {{ {BLOCK} {{ ?o search:matches 'київ'@uk ; "
            "search:class pol:Region . } }",
            ["kyiv"],
        ),
        (
            f'SELECT ?o {{ {BLOCK} {{ ?x search:matches "talks" . ?x search:label ?o }} }}',
            ["Talks"],
        ),
        (
            f'SELECT ?o {{ {BLOCK} {{ ?x search:matches "mayor" ; search:property ?o }} }}',
            ["quote"],
        ),
        (
            "SELECT ?o { { SELECT ?o { service silent <https://w3id.org/polemos/search> "
            '{ ?o search:matches "talks" } } } }',
            ["talks"],
        ),
        (
            "PREFIX p: <https://w3id.org/polemos/> SELECT ?o { SERVICE p:search "
            '{ ?o search:matches """talks""" } }',
            ["talks"],
        ),
        (f'SELECT ?o {{ {BLOCK} {{ ?o search:matches "zzz" }} }}', []),
        (
            f"SELECT ?o {{ ?o a pol:Event FILTER NOT EXISTS {{ {BLOCK} "
            '{ ?o search:matches "kyiv" } } }',
            ["talks"],
        ),
        (f"SELECT ?o {{ BIND('{BLOCK} {{' AS ?o) }}", [f"{BLOCK} {{"]),
    ],
)
def test_a_search_joins_with_the_rest(searched: Version, query: str, expected: list[str]) -> None:
    found = answer(searched, query)

    assert sorted(each.removeprefix("http://example.org/") for each in found) == sorted(expected)


def test_the_text_comes_as_it_is(searched: Version) -> None:
    query = f'SELECT ?o {{ {BLOCK} {{ ?e search:matches "mayor" ; search:text ?o }} }}'

    assert answer(searched, query) == ['the mayor of Kyiv said that "nothing" \\u0022 works']


def test_a_parameter_gives_the_words(searched: Version) -> None:
    query = f"SELECT ?o ?words {{ {BLOCK} {{ ?o search:matches ?words }} }}"

    assert answer(searched, query, words='"talks"') == ["http://example.org/talks"]


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("{ ?o search:matches ?words }", "no constant"),
        ("{ ?o search:maches 'kyiv' }", "no search:maches"),
        ("{ ?o search:limit 3 }", "for which words"),
        ("{ ?o search:matches 'a' ; search:limit 'x' }", "no constant"),
        ("{ ?o search:matches 'a' ; search:limit -1 }", "no constant"),
        ("{ ?o search:matches 'a' ; search:score 3 }", "with a variable"),
        ("{ ?o search:matches 'a' ; search:matches 'b' }", "twice"),
        ("{ ?o search:matches 'a' . ?p search:score ?s }", "about one variable"),
        ("{ <http://example.org/talks> search:matches 'a' }", "about one variable"),
        ("{ ?o a pol:Event }", "properties of its own"),
        ("{ { ?o search:matches 'a' } }", "about one variable"),
        ("{ ?o search:matches 'a'", "does not end"),
        ("?o", "is missing"),
        ("", "does not end"),
    ],
)
def test_a_block_of_another_form_is_refused_with_its_place(
    searched: Version, block: str, what: str
) -> None:
    with pytest.raises(InvalidQuery, match=what) as refused:
        list(search_edits(f"{PREFIXES}SELECT ?o {{\n {BLOCK} {block}", {}, searched.folder))

    assert refused.value.place is not None
    assert refused.value.place.line == 4


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { SERVICE <https://w3id.org/polemos/search/> { ?o search:matches 'kyiv' } }",
        "SELECT ?o { SERVICE ?x { ?o search:matches 'kyiv' } }",
        "SELECT ?o { SERVICESILENT<https://w3id.org/polemos/search>{ ?o search:matches 'kyiv' } }",
    ],
)
def test_what_is_not_quite_the_search_is_an_endpoint_and_refused(
    searched: Version, query: str
) -> None:
    with pytest.raises(Refused):
        answer(searched, query)


def test_an_error_is_told_at_its_place_in_the_query_as_it_was_sent(searched: Version) -> None:
    block = f'{BLOCK} {{ ?o search:matches "kyiv" ; search:score ?s }}'
    query = f"SELECT ?o {{ {block} ?o ?? }}"

    with pytest.raises(InvalidQuery) as refused:
        answer(searched, query)

    place = refused.value.place
    assert place is not None
    assert (place.line, place.column) == (3, len(query) + 1)


def test_places_behind_several_edits() -> None:
    text = "ab cd ef\ngh"
    rewritten = Rewritten(text, ((0, 2, "longer"), (3, 5, ""), (6, 8, "x")))

    assert rewritten.text == "longer  x\ngh"
    at = {
        column: str(rewritten.restored(SyntaxError(f"error at 1:{column}: x")))
        for column in (1, 7, 9)
    }
    assert at == {1: "error at 1:1: x", 7: "error at 1:3: x", 9: "error at 1:7: x"}
    assert str(rewritten.restored(SyntaxError("error at 2:2: x"))) == "error at 2:2: x"


def test_what_names_no_search_is_not_looked_at(tmp_path: Path) -> None:
    assert list(search_edits("SELECT * { ?s ?p ?o }", {}, tmp_path)) == []
