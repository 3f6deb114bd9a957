"""Queries that ask for too much, and clients that go: nobody else notices."""

import asyncio
import csv
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graph.engine.delivery import Delivery
from graph.engine.outbound import Outbound
from graph.engine.pool import Pool
from graph.engine.question import Limits, Question
from graph.engine.versions import Versions
from graph.errors import InvalidInput, InvalidQuery, LimitReached, Place, Refused, RemoteFailed
from tests.engine.test_pool import processes
from tests.engine.things import (
    CROSS_PRODUCT,
    MANY_ROWS,
    POINT,
    SOME_ROWS,
    THINGS,
    alive,
    ask,
    running,
    values,
)


def test_a_query_that_does_not_parse_has_its_place(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidQuery, match="near `}`: the prefix b: is not declared") as caught:
            await pool.ask(Question("SELECT ?x {\n ?x a b:c }"))

        assert caught.value.place == Place(2, 10)

    running(scenario, versions)


def test_the_place_is_that_of_the_query_as_it_was_sent(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidQuery) as caught:
            await pool.ask(Question("SELECT ?x { ?x ?y ?z } LIMIT"))

        assert caught.value.place == Place(1, 29)

    running(scenario, versions)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT (<https://w3id.org/polemos/function/f>(1) AS ?x) {}", "custom function"),
        ("SELECT (<http://www.w3.org/2005/xpath-functions#abs>(1) AS ?x) {}", "custom function"),
        ("SELECT ?s { ?s ?p ?o }", r"does not contains variable \?o"),
    ],
)
def test_what_cannot_be_evaluated_is_the_clients(
    versions: Versions, query: str, message: str
) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidInput, match=message):
            await pool.ask(Question(query, bindings={} if "<" in query else {"o": '"x"'}))

    running(scenario, versions)


def test_functions_of_elsewhere_have_no_value(versions: Versions) -> None:
    query = "SELECT (COALESCE(<a:f>(<a:g>(1)), 2) AS ?x) { FILTER(!BOUND(?y) || <a:h>(?y)) }"

    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(query, results_format="text/csv"))
        assert answer.whole == b"x\r\n2\r\n"

    running(scenario, versions)


@pytest.mark.parametrize("text", ['SELECT ?x { ?x ?y "\ud800" }', "\x00", "", "SELECT", "é" * 9])
def test_any_text_is_answered(versions: Versions, text: str) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidInput):
            await pool.ask(Question(text))

    running(scenario, versions)


def test_a_long_query_is_stopped_and_point_queries_go_on(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        long = asyncio.create_task(pool.ask(Question(CROSS_PRODUCT)))
        answered = 0
        while not long.done():
            assert values(await ask(pool, f"{POINT} #{answered}")) == ["7"]
            answered += 1

        with pytest.raises(LimitReached, match=r"The query ran for 1 seconds, the most it may"):
            long.result()
        assert answered > 10
        assert values(await ask(pool, f"{POINT} #again")) == ["7"]

    running(scenario, versions, workers=2, limits=Limits(seconds=1))


def test_a_question_may_ask_for_less_time_and_not_for_more(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(LimitReached, match=r"ran for 0\.1 seconds"):
            await pool.ask(Question(CROSS_PRODUCT, seconds=0.1))
        with pytest.raises(LimitReached, match=r"ran for 0\.5 seconds"):
            await pool.ask(Question(CROSS_PRODUCT, seconds=100))
        with pytest.raises(InvalidInput, match="must be more than 0 seconds"):
            await pool.ask(Question(POINT, seconds=0))

    running(scenario, versions, limits=Limits(seconds=0.5), workers=2)


def test_the_limit_reaches_an_answer_under_way(versions: Versions) -> None:
    """The client has the beginning by then: the iteration raises."""
    endless = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } LIMIT 900000000"

    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(endless))
        with pytest.raises(LimitReached, match="ran for 1 seconds"):
            async for _ in answer.chunks:
                pass
        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions, limits=Limits(seconds=1, rows=10**9))


def test_a_client_that_reads_slowly_does_not_use_up_the_querys_time(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(SOME_ROWS))
        size = len(await anext(answer.chunks))
        await asyncio.sleep(2.5)
        size += sum([len(chunk) async for chunk in answer.chunks])

        assert size > 7_000_000

    running(scenario, versions, limits=Limits(seconds=2))


def test_a_client_that_never_reads_on_loses_its_worker(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(SOME_ROWS, seconds=0.4))

        assert values(await ask(pool, POINT)) == ["7"]
        with pytest.raises(LimitReached, match="was not fetched in time"):
            async for _ in answer.chunks:
                pass

    running(scenario, versions)


DOUBLINGS = "".join(
    f"BIND(CONCAT(?v{number}, ?v{number}) AS ?v{number + 1}) " for number in range(40)
)


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT (STRLEN(?v40) AS ?o) {{ BIND("xxxxxxxx" AS ?v0) {DOUBLINGS} }}',
        "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g",
    ],
    ids=["doubling a string", "sorting a cross product"],
)
def test_a_query_that_eats_memory_says_memory(versions: Versions, query: str) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(LimitReached, match="needs more memory than one query may use"):
            await pool.ask(Question(query))
        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions, limits=Limits(memory_bytes=200 * 1024**2))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {'{' * 3_000} ?s ?p ?o {'}' * 3_000} }}",
        f"SELECT * {{ {'{' * 100_000} ?s ?p ?o {'}' * 100_000} }}",
        f"SELECT * {{ {'{' * 100_000}",
        f"SELECT ({'(' * 100_000}1{')' * 100_000} AS ?x) {{}}",
        f"SELECT (1{' + 1' * 200_000} AS ?x) {{}}",
        f"SELECT * {{ {'{ ?s ?p ?o } UNION ' * 20_000} {{}} }}",
    ],
    ids=["braces", "many braces", "open braces", "parentheses", "sum", "union"],
)
def test_deep_nesting_is_the_clients_fault(versions: Versions, query: str) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidQuery, match="nested too deeply"):
            await pool.ask(Question(query))
        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions)


def test_nesting_that_people_write_is_answered(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        query = "SELECT ?o { " + "{" * 100 + POINT.partition("{")[2] + "}" * 100
        assert values(await ask(pool, query)) == ["7"]

    running(scenario, versions)


def test_a_client_that_hangs_up_frees_its_worker_at_once(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(MANY_ROWS))
        [pid] = [worker.pid for worker in pool._crew._busy]
        await anext(answer.chunks)

        assert isinstance(answer.chunks, Delivery)
        await answer.chunks.aclose()

        assert values(await ask(pool, POINT)) == ["7"]
        assert pid not in processes(pool)
        await asyncio.gather(*pool._crew._ending)
        assert not alive(pid)

    running(scenario, versions)


def test_a_client_that_goes_before_the_first_byte_frees_its_worker(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        asked = asyncio.create_task(pool.ask(Question(CROSS_PRODUCT)))
        while not pool._crew._busy:
            await asyncio.sleep(0)
        [pid] = [worker.pid for worker in pool._crew._busy]

        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

        assert values(await ask(pool, POINT)) == ["7"]
        await asyncio.gather(*pool._crew._ending)
        assert not alive(pid)

    running(scenario, versions)


@pytest.mark.parametrize(
    ("query", "rows", "truncated"),
    [
        ("SELECT ?s { ?s ?p ?o }", 10, True),
        ("SELECT ?s { ?s ?p ?o } LIMIT 11", 10, True),
        ("SELECT ?s { ?s ?p ?o } LIMIT 10", 10, False),
        ("SELECT ?s { ?s ?p ?o } LIMIT 5", 5, False),
        (f"SELECT ?s {{ ?s ?p ?o }} OFFSET {THINGS - 10}", 10, False),
        (f"SELECT ?s {{ ?s ?p ?o }} OFFSET {THINGS - 11}", 10, True),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 12 } }", 10, True),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 10 } }", 10, False),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?o VALUES ?s { UNDEF }", 10, True),
        ("SELECT DISTINCT ?p { ?s ?p ?o }", 1, False),
        ("SELECT (COUNT(*) AS ?s) { ?s ?p ?o }", 1, False),
        ("SELECT ?nothing { ?s ?p ?o } #", 10, True),
    ],
)
def test_rows_are_limited_and_the_answer_says_so(
    versions: Versions, query: str, rows: int, truncated: bool
) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(query, results_format="text/csv"))

        assert answer.whole is not None
        lines = list(csv.reader(answer.whole.decode().splitlines()))
        assert (len(lines) - 1, answer.truncated) == (rows, truncated)

    running(scenario, versions, limits=Limits(rows=10))


@pytest.mark.parametrize(
    ("query", "triples", "truncated"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", 10, True),
        ("CONSTRUCT { ?s a 1 , 2 } WHERE { ?s ?p ?o }", 20, True),
        ("CONSTRUCT { ?p a 1 } WHERE { ?s ?p ?o }", 1, True),
        ("CONSTRUCT { ?s a 1 } WHERE { ?s ?p ?o } LIMIT 10", 10, False),
        ("CONSTRUCT { ?p a 1 } WHERE { SELECT DISTINCT ?p { ?s ?p ?o } }", 1, False),
        ("DESCRIBE ?s { ?s ?p ?o }", 10, True),
    ],
)
def test_a_graphs_solutions_are_limited_too(
    versions: Versions, query: str, triples: int, truncated: bool
) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(query, graph_format="application/n-triples"))

        assert answer.whole is not None
        assert (answer.whole.count(b"\n"), answer.truncated) == (triples, truncated)

    running(scenario, versions, limits=Limits(rows=10))


@pytest.mark.parametrize(
    ("most", "rows", "truncated"),
    [(50_000, 50_000, True), (THINGS**2, THINGS**2, False), (10**6, THINGS**2, False)],
)
def test_a_large_answer_says_before_its_first_byte_whether_it_is_cut(
    versions: Versions, most: int, rows: int, truncated: bool
) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(MANY_ROWS, results_format="text/tab-separated-values"))

        assert answer.whole is None
        assert answer.truncated is truncated
        body = b"".join([chunk async for chunk in answer.chunks])
        assert body.count(b"\n") - 1 == rows

    running(scenario, versions, limits=Limits(rows=most))


@contextmanager
def endpoint(status: int = 200) -> Iterator[str]:
    """Another SPARQL endpoint on this machine, which has one solution for everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            row = {"o": {"type": "uri", "value": "a:b"}}
            answer = {"head": {"vars": ["o"]}, "results": {"bindings": [row]}}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Not into the test's output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()


def test_service_is_refused_before_any_connection(versions: Versions) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.settimeout(0)

        async def scenario(pool: Pool) -> None:
            for call in (f"SERVICE <{address}>", f"SERVICE SILENT <{address}>", "SERVICE ?s"):
                with pytest.raises(Refused, match="SERVICE"):
                    await pool.ask(Question(f"SELECT * {{ {call} {{ ?s ?p ?o }} }}"))

        running(scenario, versions)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_service_goes_to_listed_endpoints(versions: Versions) -> None:
    with endpoint() as address:

        async def scenario(pool: Pool) -> None:
            query = f"SELECT ?o {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
            first = await pool.ask(Question(query))
            second = await pool.ask(Question(query))

            assert first.whole is not None
            assert values(first.whole) == ["a:b"]
            assert second.whole is not first.whole

        running(scenario, versions, outbound=Outbound(frozenset({address})))


def test_an_endpoint_that_fails_is_named_as_the_cause(versions: Versions) -> None:
    with endpoint(status=500) as address:

        async def scenario(pool: Pool) -> None:
            with pytest.raises(RemoteFailed, match="answered with status 500"):
                await pool.ask(Question(f"SELECT ?o {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))

        running(scenario, versions, outbound=Outbound(frozenset({address})))
