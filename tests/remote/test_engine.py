"""The engine elsewhere is asked like the one here, and answers like it."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import pytest

from api.settings import Settings
from graph.engine.question import Dataset, Limits, Question
from graph.engine.remote import RemoteEngine, RemoteSettings
from graph.engine.versions import Version
from graph.errors import (
    InvalidInput,
    InvalidQuery,
    LimitReached,
    NotAcceptable,
    NotFound,
    PolemosError,
    Refused,
    RemoteFailed,
    ShareUsedUp,
)
from graph.formats import RDF_FORMATS, RESULTS_FORMATS
from graph.queries import Query, read_queries
from tests.api.serving import serving
from tests.outbound.endpoints import ONE_ROW, RESULTS, Reply, listening
from tests.remote.asking import ask, read, rows, with_engine
from tests.remote.conftest import Elsewhere

POL = "PREFIX pol: <https://w3id.org/polemos/ontology#> "
KYIV = "<https://w3id.org/polemos/id/region/kyiv>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
STAYING = {name: query for name, query in read_queries().items() if not query.reaches}


@pytest.mark.parametrize("query", STAYING.values(), ids=STAYING)
def test_canned_queries_have_the_answers_they_have_here(
    query: Query, in_oxigraph: Elsewhere, built: Version
) -> None:
    values = query.bindings({})
    bindings = {name: str(term) for name, term in values.items()}

    _, body = ask(in_oxigraph.endpoint, Question(query.text, bindings=bindings))

    here = built.read().select(query.text, values)
    expected = [
        {
            name: getattr(term, "value", "")
            for name, term in zip(here.variables, row, strict=True)
            if term is not None
        }
        for row in here.rows
    ]
    assert sorted(map(str, rows(body))) == sorted(map(str, expected))


def test_the_default_graph_and_the_claims(elsewhere: Elsewhere) -> None:
    query = POL + "SELECT (COUNT(*) AS ?n) { ?e a pol:Event }"
    _, events = ask(elsewhere.endpoint, Question(query), dataset=elsewhere.dataset)
    killed = POL + "SELECT ?n { ?e pol:killed ?q . ?q pol:pointValue ?n }"
    _, deaths = ask(elsewhere.endpoint, Question(killed), dataset=elsewhere.dataset)

    assert int(rows(events)[0]["n"]) > 10
    assert rows(deaths) == [{"n": "1"}]


def test_a_value_is_bound(elsewhere: Elsewhere) -> None:
    query = f"SELECT ?place ?label {{ ?place {LABEL} ?label FILTER(LANG(?label) = 'uk') }}"

    _, body = ask(
        elsewhere.endpoint, Question(query, bindings={"place": KYIV}), dataset=elsewhere.dataset
    )

    assert rows(body) == [{"place": KYIV.strip("<>"), "label": "Київ"}]


@pytest.mark.parametrize("text", ['" } ; DROP ALL #', "\\u0022 } #", "a\\", "?x", "'''", "\n}"])
def test_a_hostile_value_is_a_value(elsewhere: Elsewhere, text: str) -> None:
    import pyoxigraph as ox

    query = "SELECT ?x (STRLEN(STR(?x)) AS ?n) { ?s a ?c } LIMIT 1"
    question = Question(query, bindings={"x": str(ox.Literal(text))})

    _, body = ask(elsewhere.endpoint, question, dataset=elsewhere.dataset)

    assert rows(body) == [{"x": text, "n": str(len(text))}]


@pytest.mark.parametrize("format", RESULTS_FORMATS.values(), ids=RESULTS_FORMATS)
@pytest.mark.parametrize(("pattern", "truth"), [("?s ?p ?o", True), ("?s <urn:no> ?o", False)])
def test_ask_is_true_or_false_in_each_format(
    elsewhere: Elsewhere, format: object, pattern: str, truth: bool
) -> None:
    media_type = format.media_type  # type: ignore[attr-defined]

    answer, body = ask(
        elsewhere.endpoint, Question(f"ASK {{ {pattern} }}", results_format=media_type)
    )

    assert answer.media_type == media_type
    assert (b"true" in body, b"false" in body) == (truth, not truth)
    assert answer.whole == body


def test_tables_and_graphs_in_their_formats(in_oxigraph: Elsewhere) -> None:
    table = Question(f"SELECT ?l {{ {KYIV} {LABEL} ?l }} ORDER BY ?l", results_format="text/csv")
    _, body = ask(in_oxigraph.endpoint, table)
    assert list(csv.reader(io.StringIO(body.decode()))) == [["l"], ["Kyiv"], ["Київ"]]

    for format in RDF_FORMATS.values():
        question = Question(f"DESCRIBE {KYIV}", graph_format=format.media_type)
        answer, body = ask(in_oxigraph.endpoint, question)
        assert answer.media_type == format.media_type
        assert "Київ" in body.decode()


@pytest.mark.parametrize(
    ("query", "limit", "truncated", "got"),
    [
        ("SELECT * { ?s ?p ?o }", 10, True, 10),
        ("SELECT * { ?s ?p ?o } LIMIT 3", 10, False, 3),
        ("SELECT * { ?s ?p ?o } LIMIT 30", 10, True, 10),
        (f"SELECT ?l {{ {KYIV} {LABEL} ?l }}", 2, False, 2),
        (f"SELECT ?l {{ {KYIV} {LABEL} ?l }}", 1, True, 1),
    ],
)
def test_rows_are_limited_and_it_is_told(
    elsewhere: Elsewhere, query: str, limit: int, truncated: bool, got: int
) -> None:
    answer, body = ask(
        elsewhere.endpoint, Question(query), limits=Limits(rows=limit), dataset=elsewhere.dataset
    )

    assert (answer.truncated, len(rows(body))) == (truncated, got)


def test_a_graph_is_limited_too(in_oxigraph: Elsewhere) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    question = Question(query, graph_format="application/n-triples")

    answer, body = ask(in_oxigraph.endpoint, question, limits=Limits(rows=10))

    assert (answer.truncated, len(body.splitlines())) == (True, 10)


def test_a_query_that_does_not_parse_is_the_client_s_fault(elsewhere: Elsewhere) -> None:
    for query in ("SELECT ?x { ?s ?p }", "SELECT { ?s ?p ?o }", "ASK { ?s ?p ?o } LIMIT x"):
        with pytest.raises(InvalidQuery, match="The engine elsewhere says"):
            ask(elsewhere.endpoint, Question(query))


UPDATES = [
    "INSERT DATA { <urn:a> <urn:a> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } } }",
    "DROP ALL",
    "DROP ALL ; SELECT * { ?s ?p ?o }",
    "PREFIX : <urn:x> CLEAR ALL",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "SELECT * { ?s ?p ?o } DROP ALL",
    "ASK { } INSERT DATA { <urn:a> <urn:a> 1 }",
    "DESCRIBE <urn:a> LOAD <http://127.0.0.1:1/>",
    'DEFINE get:soft "soft" SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }',
    "SPARQL SELECT * { ?s ?p ?o }",
    "SELECTDISTINCT * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ` DROP ALL",
    "SELECT * { ?s ?p 'not closed }",
    "no query",
    "# nothing",
    "",
]


@pytest.mark.parametrize("text", UPDATES)
def test_what_is_no_query_is_not_sent(text: str) -> None:
    with listening() as endpoint:
        with pytest.raises((InvalidQuery, Refused)):
            ask(endpoint.address, Question(text))
        assert endpoint.connections == 0


def test_words_of_updates_within_a_query_are_names_and_texts(in_oxigraph: Elsewhere) -> None:
    query = (
        "PREFIX insert: <urn:insert#> BASE <urn:base> SELECT ?drop "
        "{ BIND('INSERT DATA ; DROP ALL' AS ?drop) OPTIONAL { ?s insert:delete <load> ; a ?c } } "
        "# DROP ALL"
    )

    _, body = ask(in_oxigraph.endpoint, Question(query))

    assert rows(body) == [{"drop": "INSERT DATA ; DROP ALL"}]


def test_a_large_answer_streams(in_oxigraph: Elsewhere) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"

    async def first_and_stop(engine: RemoteEngine) -> int:
        answer = await engine.ask(Question(query))
        first = await anext(answer.chunks)
        await answer.chunks.aclose()  # type: ignore[attr-defined]
        assert len(engine.running) == 0
        return len(first)

    size = with_engine(in_oxigraph.endpoint, first_and_stop, limits=Limits(rows=10**9))

    assert 0 < size < 10_000_000


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (Question("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), Refused),
        (Question("SELECT * { SERVICE <https://w3id.org/polemos/search> { ?s ?p ?o } }"), Refused),
        (Question("SELECT * {}", version=1), NotFound),
        (Question("SELECT * {}", results_format=None), NotAcceptable),
        (Question("DESCRIBE <urn:x>", graph_format=None), NotAcceptable),
        (Question("SELECT ?x {}", bindings={"x": "} DROP"}), InvalidInput),
        (Question("SELECT * {}", seconds=0), InvalidInput),
    ],
)
def test_what_is_refused_is_not_sent(question: Question, error: type[PolemosError]) -> None:
    with listening() as endpoint:
        with pytest.raises(error):
            ask(endpoint.address, question)
        assert endpoint.connections == 0


@pytest.mark.parametrize(
    ("reply", "error", "what"),
    [
        (Reply(b"<h1>Oh</h1>\n no", 500), RemoteFailed, r"says: Oh no \(status 500\)"),
        (Reply(b"", 401), RemoteFailed, "status 401"),
        (Reply(b"", 302, {"Location": "http://127.0.0.1:1/"}), RemoteFailed, "status 302"),
        (Reply(b"slow down", 503), LimitReached, "slow down"),
        (Reply(b"slow down", 429), LimitReached, "slow down"),
        (Reply(b"wrong", 400), InvalidQuery, "wrong"),
        (Reply(b"no such format", 406), NotAcceptable, "no such format"),
        (Reply(b"<html>", 200, {"Content-Type": "text/html"}), NotAcceptable, "text/html"),
        (Reply(b"", 200, {}), NotAcceptable, "does not name"),
    ],
)
def test_what_the_server_s_status_means(reply: Reply, error: type[PolemosError], what: str) -> None:
    with listening(reply) as endpoint, pytest.raises(error, match=what) as raised:
        ask(endpoint.address, Question("SELECT * {}"))
    assert type(raised.value) is error


def test_nobody_answers() -> None:
    with listening() as endpoint:
        pass
    with pytest.raises(RemoteFailed, match="cannot be reached"):
        ask(endpoint.address, Question("SELECT * {}"))


def test_time_is_limited() -> None:
    with (
        listening(Reply(slowly=0.2)) as endpoint,
        pytest.raises(LimitReached, match=r"ran for 0\.3 seconds"),
    ):
        ask(endpoint.address, Question("SELECT * {}", seconds=0.3))


def test_so_many_at_once_and_the_others_wait_or_are_refused() -> None:
    async def work(engine: RemoteEngine) -> list[str]:
        questions = [asyncio.create_task(engine.ask(Question("SELECT * {}"))) for _ in range(3)]
        while engine.state().waiting < 1:
            await asyncio.sleep(0.01)
        assert (engine.state().busy, engine.state().waiting) == (1, 1)
        results = await asyncio.gather(*questions, return_exceptions=True)
        assert (engine.state().busy, len(engine.running)) == (0, 0)
        return [type(each).__name__ for each in results]

    with listening(Reply(slowly=0.05)) as endpoint:
        limits = Limits(seconds=1)
        kinds = with_engine(endpoint.address, work, limits=limits, at_once=1, queue=1)

    assert kinds.count("LimitReached") == 3


def test_a_running_query_can_be_cancelled() -> None:
    async def work(engine: RemoteEngine) -> None:
        asked = asyncio.create_task(engine.ask(Question("SELECT * {}", id="mine")))
        while not len(engine.running):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        engine.running.cancel("mine")
        with pytest.raises(LimitReached, match="cancelled"):
            await asked
        assert (engine.state().busy, len(engine.running)) == (0, 0)

    with listening(Reply(slowly=0.2)) as endpoint:
        with_engine(endpoint.address, work)


def test_who_asks_is_told_and_the_dataset_is_sent() -> None:
    with listening(
        Reply(ONE_ROW, headers={"Content-Type": f"{RESULTS}; charset=utf-8"})
    ) as endpoint:
        question = Question("SELECT * {}", Dataset(("urn:d",), ("urn:n", "urn:m")))
        ask(endpoint.address, question, dataset=Dataset(("urn:other",)))
        ask(endpoint.address, Question("SELECT * {}"), dataset=Dataset(("urn:other",)))

    (_, headers, first), (_, _, second) = endpoint.requests
    assert headers["user-agent"].startswith("Polemos/")
    assert headers["accept"] == RESULTS
    assert first.endswith(
        b"default-graph-uri=urn%3Ad&named-graph-uri=urn%3An&named-graph-uri=urn%3Am"
    )
    assert second.endswith(b"default-graph-uri=urn%3Aother")


def test_the_server_s_pages_over_an_engine_elsewhere(in_oxigraph: Elsewhere) -> None:
    import httpx

    engine = RemoteEngine(RemoteSettings(in_oxigraph.endpoint))
    with serving(engine, Settings()) as served:
        asked = httpx.get(served.endpoint, params={"query": "ASK {}", "format": "json"})
        statuses = {
            path: httpx.get(
                served.address + path, headers={"Accept": accept}, follow_redirects=True
            ).status_code
            for path, accept in {
                "/": "text/html",
                "/health": "*/*",
                "/ready": "*/*",
                "/metrics": "*/*",
                "/.well-known/void": "text/turtle",
                "/id/region/kyiv": "text/html",
                "/search?q=kyiv": "*/*",
            }.items()
        }

    assert asked.json()["boolean"] is True
    assert "etag" not in asked.headers
    assert statuses == {
        "/": 200,
        "/health": 200,
        "/ready": 200,
        "/metrics": 200,
        "/.well-known/void": 200,
        "/id/region/kyiv": 200,
        "/search?q=kyiv": 404,
    }


def test_a_client_has_its_share(tmp_path: Path) -> None:
    from graph.engine.running import ASKER

    async def work() -> None:
        engine = RemoteEngine(RemoteSettings(endpoint.address), share=1)
        ASKER.set("192.0.2.7")
        first = asyncio.create_task(engine.ask(Question("SELECT * {}")))
        while not len(engine.running):
            await asyncio.sleep(0.01)
        with pytest.raises(ShareUsedUp):
            await engine.ask(Question("SELECT * {}"))
        await read(await first)
        await engine.close()

    with listening(Reply(slowly=0.01)) as endpoint:
        asyncio.run(work())
