"""What happens to the work for a client that goes away, and to an answer that breaks."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message

from api.delivery import ConnectedClient
from api.settings import Settings
from api.sparql import SparqlEndpoint
from graph.errors import LimitReached
from tests.api.asking import Wire, scope_of
from tests.api.fake_engine import FakeEngine


def exchange(engine: FakeEngine, wire: Wire) -> asyncio.Task[None]:
    endpoint = SparqlEndpoint(engine, Settings())
    scope = scope_of("GET", b"query=ASK{}")
    return asyncio.create_task(endpoint(scope, wire.receive, wire.send))


def test_a_client_gone_before_the_first_byte_ends_the_query() -> None:
    async def run() -> None:
        engine, wire = FakeEngine(hang=True), Wire()
        task = exchange(engine, wire)
        await engine.waiting.wait()

        wire.gone.set()
        await task

        assert engine.ended == ["before the first byte"]
        assert wire.sent == []

    asyncio.run(run())


def test_a_client_gone_between_chunks_ends_the_query() -> None:
    async def run() -> None:
        engine, wire = FakeEngine([b"a", b"(hang)"], whole=False), Wire()
        task = exchange(engine, wire)
        await engine.waiting.wait()

        wire.gone.set()
        await task

        assert engine.ended == ["between chunks", "closed"]
        assert wire.body == b"a"

    asyncio.run(run())


def test_a_client_gone_while_it_is_sent_to_ends_the_query() -> None:
    async def run() -> None:
        engine, wire = FakeEngine([b"a", b"b"], whole=False), Wire()
        full = asyncio.Event()

        async def send(message: Message) -> None:
            full.set()
            await asyncio.Event().wait()

        scope = scope_of("GET", b"query=ASK{}")
        endpoint = SparqlEndpoint(engine, Settings())
        task = asyncio.create_task(endpoint(scope, wire.receive, send))
        await full.wait()

        wire.gone.set()
        await task

        assert engine.ended == ["closed"]

    asyncio.run(run())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("whole", [True, False])
def test_an_answer_is_closed_before_its_last_message(method: str, whole: bool) -> None:
    async def run() -> None:
        engine = FakeEngine([b"a", b"b"], whole=whole)
        order = engine.ended

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body"):
                order.append("last message")

        endpoint = SparqlEndpoint(engine, Settings())
        await endpoint(scope_of(method, b"query=ASK{}"), Wire().receive, send)

        assert order[-1] == "last message"
        assert order.count("closed") == (0 if whole else 1)

    asyncio.run(run())


def test_a_server_that_stops_cancels_the_query_and_is_told() -> None:
    async def run() -> None:
        engine, wire = FakeEngine(hang=True), Wire()
        task = exchange(engine, wire)
        await engine.waiting.wait()

        task.cancel()

        with pytest.raises(asyncio.CancelledError):
            await task
        assert engine.ended == ["before the first byte"]

    asyncio.run(run())


def test_the_watch_ends_with_the_work() -> None:
    async def run() -> None:
        wire = Wire()

        async with ConnectedClient(wire.receive):
            await wire.read.wait()
        await asyncio.sleep(0)

        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_an_error_of_the_work_goes_through() -> None:
    async def run() -> None:
        async with ConnectedClient(Wire().receive):
            raise LimitReached("30 seconds")

    with pytest.raises(LimitReached):
        asyncio.run(run())


@pytest.mark.parametrize("error", [LimitReached("30 seconds"), KeyError("secret")])
def test_an_answer_that_breaks_is_not_completed(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        engine, wire = FakeEngine([b"a", error], whole=False), Wire()

        await exchange(engine, wire)

        assert wire.body == b"a"
        assert wire.sent[-1]["more_body"] is True
        assert engine.ended == ["closed"]

    asyncio.run(run())
    assert "An answer was broken off" in caplog.text
