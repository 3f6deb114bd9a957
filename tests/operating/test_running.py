"""Running queries: listed for the operator, cancelled by whoever knows their id, in fair shares."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from graph.engine.question import Question
from graph.engine.running import ASKER, RunningQueries
from graph.errors import InvalidInput, NotFound, PolemosError, ShareUsedUp
from tests.api.asking import request
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served
from tests.operating.conftest import TOKEN

PRODUCT = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}
PATIENCE = 30.0


@contextmanager
def asked_by(asker: str) -> Iterator[None]:
    token = ASKER.set(asker)
    yield
    ASKER.reset(token)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as executor:
        yield executor


def ask(served: Served, id: str, query: str = ENDLESS) -> httpx.Response:
    headers = {"Polemos-Query": id}
    return httpx.get(
        served.endpoint, params={"query": query}, headers=headers, timeout=PATIENCE * 2
    )


def listed(served: Served, count: int) -> list[dict[str, Any]]:
    """The running queries, once there are so many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        response = httpx.get(f"{served.address}/running", headers=OPERATOR)
        running: list[dict[str, Any]] = response.json()["running"]
        if len(running) == count:
            return running
    raise AssertionError(f"there were never {count} queries: {running}")


def test_a_client_cancels_what_it_sent(served: Served, threads: ThreadPoolExecutor) -> None:
    running: Future[httpx.Response] = threads.submit(ask, served, "mine")
    listed(served, 1)

    cancelled = httpx.delete(f"{served.address}/running/mine")

    assert cancelled.status_code == 204
    answer = running.result()
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The query was cancelled while it ran."
    listed(served, 0)
    assert httpx.delete(f"{served.address}/running/mine").status_code == 404


def test_a_query_that_waits_is_cancelled_too(served: Served, threads: ThreadPoolExecutor) -> None:
    first = threads.submit(ask, served, "first")
    listed(served, 1)
    second = threads.submit(ask, served, "second")
    listed(served, 2)

    httpx.delete(f"{served.address}/running/second")

    assert second.result().status_code == 503
    assert [query["id"] for query in listed(served, 1)] == ["first"]
    httpx.delete(f"{served.address}/running/first")
    assert first.result().status_code == 503


def test_the_operator_sees_who_asks_what(served: Served, threads: ThreadPoolExecutor) -> None:
    running = threads.submit(ask, served, "seen")

    (query,) = listed(served, 1)

    assert (query["id"], query["client"], query["version"]) == ("seen", "127.0.0.1", 1)
    assert query["query"] == ENDLESS
    httpx.delete(f"{served.address}/running/seen")
    running.result()


def test_a_client_that_is_gone_has_nothing_running(served: Served) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(served.endpoint, params={"query": ENDLESS}, timeout=0.5)

    listed(served, 0)


def test_an_answer_names_the_id_of_its_query(served: Served) -> None:
    chosen = ask(served, "chosen", "ASK { FILTER(NOW() = NOW()) }")
    given = httpx.get(served.endpoint, params={"query": "ASK { FILTER(NOW() != 1) }"})

    assert chosen.headers["polemos-query"] == "chosen"
    assert len(given.headers["polemos-query"]) >= 16


@pytest.mark.parametrize("id", ["", "a b", "a/b", "é", "x" * 101, "a\tb"])
def test_an_id_is_made_of_few_characters(id: str) -> None:
    response = request(
        FakeEngine(),
        "GET",
        "/sparql?query=ASK{}",
        headers=[(b"Polemos-Query", id.encode("latin-1"))],
    )

    assert response.status_code == 400


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}]
)
def test_others_do_not_see_what_runs(served: Served, headers: dict[str, str]) -> None:
    response = httpx.get(f"{served.address}/running", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="Polemos"'


def test_without_an_operator_nobody_does() -> None:
    assert request(FakeEngine(), "GET", "/running", headers=OPERATOR).status_code == 403


def test_each_client_has_a_share() -> None:
    queries = RunningQueries(share=2)
    with asked_by("192.0.2.1"):
        first = queries.begin(Question("ASK {}"), 1)
        queries.begin(Question("ASK {}"), 1)
        with pytest.raises(ShareUsedUp, match=r"2 queries from 192\.0\.2\.1 are") as refused:
            queries.begin(Question("ASK {}"), 1)
    with asked_by("192.0.2.2"):
        queries.begin(Question("ASK {}"), 1)
    queries.end(first)
    queries.end(first)
    with asked_by("192.0.2.1"):
        queries.begin(Question("ASK {}"), 1)

    assert len(queries) == 3
    assert (refused.value.status, refused.value.retry_after, queries.refused) == (429, 1, 1)


@pytest.mark.parametrize("asker", ["", "127.0.0.1", "::1"])
def test_the_machine_itself_has_no_share(asker: str) -> None:
    queries = RunningQueries(share=1)

    with asked_by(asker):
        for _ in range(3):
            queries.begin(Question("ASK {}"), 1)

    assert len(queries) == 3


def test_an_id_is_used_once_at_a_time() -> None:
    queries = RunningQueries()
    first = queries.begin(Question("ASK {}", id="a"), 1)

    with pytest.raises(InvalidInput, match="'a' is running already"):
        queries.begin(Question("ASK {}", id="a"), 1)
    queries.end(first)
    queries.begin(Question("ASK {}", id="a"), 1)


def test_to_cancel_tells_the_query_at_its_stage() -> None:
    queries = RunningQueries()
    query = queries.begin(Question("ASK {}", id="a"), 1)
    told: list[PolemosError] = []
    query.stop = told.append

    queries.cancel("a")

    assert told == [query.stopped]
    with pytest.raises(NotFound, match="'b'"):
        queries.cancel("b")


class ShareEngine(FakeEngine):
    async def ask(self, question: Question) -> Any:
        self.askers = [*getattr(self, "askers", []), ASKER.get()]
        return await super().ask(question)


def test_whatever_is_asked_during_a_request_counts_for_its_client() -> None:
    engine = ShareEngine()

    request(engine, "GET", "/sparql?query=ASK{}")
    request(engine, "GET", "/ready")

    assert engine.askers == ["127.0.0.1", "127.0.0.1"]
    assert ASKER.get() == ""
