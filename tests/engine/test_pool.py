import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.engine.pool import Pool
from graph.engine.question import Dataset, Question
from graph.engine.versions import Versions
from graph.errors import InvalidInput, LimitReached, NotAcceptable, NotFound
from tests.engine.things import (
    CROSS_PRODUCT,
    EX,
    MANY_ROWS,
    POINT,
    THINGS,
    alive,
    ask,
    publish,
    running,
    thing,
    values,
)


def test_a_small_answer_comes_whole(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(POINT))

        assert answer.media_type == "application/sparql-results+json"
        assert answer.version == 1
        assert not answer.truncated
        assert answer.whole is not None
        assert values(answer.whole) == ["7"]
        assert [chunk async for chunk in answer.chunks] == [answer.whole]

    running(scenario, versions)


def test_workers_start_with_the_first_question(versions: Versions) -> None:
    async def scenario() -> list[str]:
        pool = Pool(versions, workers=1)
        assert processes(pool) == []
        try:
            return values(await ask(pool, POINT))
        finally:
            await pool.close()

    assert asyncio.run(scenario()) == ["7"]


@pytest.mark.parametrize(
    ("query", "media_type", "body"),
    [
        (POINT, "text/csv", b"o\r\n7\r\n"),
        (POINT, "text/tab-separated-values", b"?o\n7\n"),
        ("ASK {}", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        (
            f"CONSTRUCT {{ ?s <{EX}p> 7 }} {{ ?s ?p 7 }}",
            "application/n-triples",
            f'<{EX}7> <{EX}p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'.encode(),
        ),
        (
            f"DESCRIBE <{EX}7>",
            "text/turtle",
            f"<{EX}7> <{EX}number> 7 .\n".encode(),
        ),
    ],
)
def test_the_format_is_the_one_that_was_asked_for(
    versions: Versions, query: str, media_type: str, body: bytes
) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(query, results_format=media_type, graph_format=media_type))

        assert (answer.media_type, answer.whole) == (media_type, body)

    running(scenario, versions)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK {}", "a table or a boolean"),
        (
            "CONSTRUCT WHERE { ?s ?p ?o }",
            r"a graph \(CONSTRUCT, DESCRIBE\): ask for one of text/tu",
        ),
    ],
)
def test_a_client_that_accepts_no_such_format_is_told(
    versions: Versions, query: str, message: str
) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(NotAcceptable, match=message):
            await pool.ask(Question(query, results_format=None, graph_format=None))

    running(scenario, versions)


def test_a_large_answer_is_streamed(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(MANY_ROWS))

        assert answer.whole is None
        chunks = [chunk async for chunk in answer.chunks]
        assert len(chunks) > 100
        assert len(json.loads(b"".join(chunks))["results"]["bindings"]) == THINGS**2
        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions)


def test_bindings_are_terms(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        number = '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'

        answer = await pool.ask(Question("SELECT ?s ?o { ?s ?p ?o }", bindings={"o": number}))
        assert answer.whole is not None
        assert values(answer.whole, "s") == [f"{EX}7"]

        answer = await pool.ask(Question("SELECT ?s ?o { ?s ?p ?o }", bindings={"s": f"<{EX}8>"}))
        assert answer.whole is not None
        assert values(answer.whole) == ["8"]

    running(scenario, versions)


@pytest.mark.parametrize(
    "value",
    ["7", "_:b", '"a" . <a:b> <a:b> "b"', "<relative>", "", '"a', "<a:b> #", "\x00", '"\ud800"'],
)
def test_a_binding_that_is_no_term_is_refused(versions: Versions, value: str) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidInput, match=r"The value of \?o is not one term of N-Triples"):
            await pool.ask(Question("SELECT ?s ?o { ?s ?p ?o }", bindings={"o": value}))

    running(scenario, versions)


def test_a_binding_of_no_variable_is_refused(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(InvalidInput, match="A variable cannot be named 'no name'"):
            await pool.ask(Question(POINT, bindings={"no name": "<a:b>"}))

    running(scenario, versions)


def test_the_datasets_of_query_and_request(tmp_path: Path) -> None:
    """SPARQL 1.1 Protocol, 2.1.4: what the request names replaces FROM and FROM NAMED."""
    one, two, default = (f"{EX}graph/{name}" for name in ("one", "two", "default"))
    with Versions(tmp_path).draft(None) as draft:
        for graph in (one, two):
            draft.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <{graph}> <{EX}p> 1 }} }}")
        draft.update(f"INSERT DATA {{ <{default}> <{EX}p> 1 }}")
        draft.publish("three graphs")

    async def subjects(pool: Pool, query: str, dataset: Dataset) -> list[str]:
        answer = await pool.ask(Question(query, dataset=dataset))
        assert answer.whole is not None
        return sorted(values(answer.whole, "s"))

    async def scenario(pool: Pool) -> None:
        plain, named = "SELECT ?s { ?s ?p ?o }", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
        from_two = f"SELECT ?s FROM <{two}> {{ ?s ?p ?o }}"
        only_one = Dataset(default_graphs=(one,))
        one_named = Dataset(named_graphs=(one,))

        assert await subjects(pool, plain, Dataset()) == [default]
        assert await subjects(pool, named, Dataset()) == [one, two]
        assert await subjects(pool, from_two, Dataset()) == [two]
        assert await subjects(pool, from_two, only_one) == [one]
        assert await subjects(pool, named, only_one) == []
        assert await subjects(pool, plain, one_named) == []
        assert await subjects(pool, named, one_named) == [one]
        with pytest.raises(InvalidInput, match="<nowhere> is not an absolute IRI"):
            await subjects(pool, plain, Dataset(default_graphs=("nowhere",)))

    running(scenario, Versions(tmp_path))


def test_a_new_version_is_adopted_while_a_query_runs(tmp_path: Path) -> None:
    publish(tmp_path)

    async def scenario(pool: Pool) -> None:
        running_answer = await pool.ask(Question(MANY_ROWS))
        publish(tmp_path, things=1)
        assert pool.version == 1

        await pool.adopt()

        assert pool.version == 2
        assert values(await ask(pool, "SELECT (COUNT(*) AS ?o) { ?s ?p ?c }")) == ["1"]
        old = b"".join([chunk async for chunk in running_answer.chunks])
        assert running_answer.version == 1
        assert len(json.loads(old)["results"]["bindings"]) == THINGS**2

    running(scenario, Versions(tmp_path), workers=2)


def test_an_older_version_answers_when_it_is_asked(tmp_path: Path) -> None:
    publish(tmp_path, things=2)
    publish(tmp_path, things=3)
    count = "SELECT (COUNT(*) AS ?o) { ?s ?p ?c }"

    async def scenario(pool: Pool) -> None:
        answer = await pool.ask(Question(count, version=1))
        assert answer.whole is not None
        assert (answer.version, values(answer.whole)) == (1, ["2"])
        assert values(await ask(pool, count)) == ["3"]
        with pytest.raises(NotFound, match="There is no version 3; published: 1, 2"):
            await pool.ask(Question(count, version=3))

    running(scenario, Versions(tmp_path))


def test_an_answer_is_kept_and_still_right_after_a_new_version(tmp_path: Path) -> None:
    publish(tmp_path)
    count = "SELECT (COUNT(*) AS ?o) { ?s ?p ?c }"

    async def scenario(pool: Pool) -> None:
        first = await pool.ask(Question(count))
        second = await pool.ask(Question(count))
        assert second.whole is first.whole

        with Versions(tmp_path).draft() as draft:
            draft.extend([thing(-1)])
            draft.publish("one more")
        await pool.adopt()

        assert values(await ask(pool, count)) == [str(THINGS + 1)]

    running(scenario, Versions(tmp_path))


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_each_time_is_not_kept(versions: Versions, call: str) -> None:
    async def scenario(pool: Pool) -> None:
        first = await pool.ask(Question(f"SELECT ({call} AS ?o) {{}}"))
        second = await pool.ask(Question(f"SELECT ({call} AS ?o) {{}}"))

        assert second.whole is not first.whole

    running(scenario, versions)


def test_as_many_queries_run_at_once_as_there_are_workers(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        answers = await asyncio.gather(*(ask(pool, f"{POINT} #{n}") for n in range(50)))

        assert {tuple(values(answer)) for answer in answers} == {("7",)}

    running(scenario, versions, workers=3, queue=50)


def test_a_full_queue_says_when_to_come_again(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        asked = [asyncio.create_task(pool.ask(Question(CROSS_PRODUCT))) for _ in range(3)]
        await asyncio.sleep(0)

        with pytest.raises(LimitReached, match="1 workers are busy and 2 queries wait") as caught:
            await pool.ask(Question(POINT))
        assert caught.value.retry_after == 1

        for task in asked:
            task.cancel()
        results = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(result) for result in results} == {asyncio.CancelledError}
        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions, queue=2)


def test_who_waits_too_long_is_told(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        busy = asyncio.create_task(pool.ask(Question(CROSS_PRODUCT)))
        await asyncio.sleep(0)

        with pytest.raises(LimitReached, match=r"No worker became free in 0\.2 seconds"):
            await pool.ask(Question(POINT, seconds=0.2))
        busy.cancel()

    running(scenario, versions)


def test_a_closed_pool_leaves_no_process_and_no_one_waiting(versions: Versions) -> None:
    async def scenario() -> None:
        pool = Pool(versions, workers=1)
        await pool.open()
        pids = processes(pool)
        asked = [asyncio.create_task(pool.ask(Question(CROSS_PRODUCT))) for _ in range(2)]
        await asyncio.sleep(0.05)

        await pool.close()

        assert pids
        assert [pid for pid in pids if alive(pid)] == []
        results = await asyncio.gather(*asked, return_exceptions=True)
        assert [str(result) for result in results] == ["The server is closing."] * 2
        with pytest.raises(LimitReached, match="The server is closing"):
            await pool.ask(Question(POINT))

    asyncio.run(scenario())


def test_without_a_version_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"No version is published in .*: build the graph first"):
        Pool(Versions(tmp_path))


ORPHANS = """
import asyncio, sys
from pathlib import Path
from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.versions import Versions
from tests.engine.things import CROSS_PRODUCT
from tests.engine.test_pool import processes

async def main():
    pool = Pool(Versions(Path(sys.argv[1])), workers=1)
    await pool.open()
    asked = asyncio.create_task(pool.ask(Question(CROSS_PRODUCT)))
    while len(pids := processes(pool)) < 2:
        await asyncio.sleep(0.01)
    print(*pids, flush=True)
    await asked

asyncio.run(main())
"""


def test_workers_end_with_a_server_that_is_killed(versions: Versions) -> None:
    """Both the idle worker and the one that is deep in a query."""
    server = subprocess.Popen(
        [sys.executable, "-c", ORPHANS, versions.home],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) == 2
        server.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 20
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [pid for pid in pids if alive(pid)] == []


def processes(pool: Pool) -> list[int]:
    """The processes of a pool that answer or can."""
    return [worker.pid for worker in (*pool._crew._idle, *pool._crew._busy)]


def test_a_worker_that_dies_idle_is_replaced(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        [killed, *_] = processes(pool)
        os.kill(killed, signal.SIGKILL)
        async with asyncio.timeout(20):
            while killed in processes(pool):
                await asyncio.sleep(0.01)

        assert values(await ask(pool, POINT)) == ["7"]

    running(scenario, versions)
