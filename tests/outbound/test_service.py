"""SERVICE through a worker, to a second SPARQL server on this machine."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.engine.outbound import Outbound
from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.versions import Versions
from graph.errors import InvalidQuery, RemoteFailed
from tests.engine.things import EX
from tests.outbound.endpoints import Reply, listening, oxigraph, virtuoso

LABEL, NUMBER = f"{EX}label", f"{EX}number"
TURTLE = f'<{EX}1> <{LABEL}> "one \\"quoted\\" \\\\u0022 одне"@en .'.encode()


@pytest.fixture(scope="module")
def second() -> Iterator[str]:
    """The query endpoint of an Oxigraph server that knows the label of a thing."""
    with oxigraph() as address:
        put(f"{address}/store?default", TURTLE)
        yield f"{address}/query"


def put(address: str, turtle: bytes) -> None:
    request = urllib.request.Request(address, turtle, {"Content-Type": "text/turtle"}, method="PUT")
    with urllib.request.urlopen(request, timeout=30):
        pass


def rows(things: Versions, query: str, outbound: Outbound) -> list[dict[str, str]]:
    async def ask() -> bytes:
        pool = Pool(things, workers=1, outbound=outbound)
        try:
            answer = await pool.ask(Question(query))
            return b"".join([chunk async for chunk in answer.chunks])
        finally:
            await pool.close()

    bindings = json.loads(asyncio.run(ask()))["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def listed(*addresses: str, **limits: Any) -> Outbound:
    return Outbound(allowed=frozenset(addresses), **limits)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?n ?l {{ ?s <{NUMBER}> ?n SERVICE <{second}> {{ ?s <{LABEL}> ?l }} }}",
        "PREFIX s: <{second}> SELECT ?n ?l {{ ?s <{NUMBER}> ?n SERVICE s: {{ ?s <{LABEL}> ?l }} }}",
        "PREFIX s:<{second}>SELECT?n?l{{?s<{NUMBER}>?n SERVICESILENTs:{{?s<{LABEL}>?l}}}}",
        "BASE <{second}> SELECT ?n ?l {{ ?s <{NUMBER}> ?n "
        "{{ SERVICE <> {{ ?s <{LABEL}> ?l }} }} }}",
        "SELECT ?n ?l {{ SERVICE#\n<{second}>{{ ?s <{LABEL}> ?l }} "
        "SERVICE <{second}> {{ ?s ?x ?l }} ?s <{NUMBER}> ?n }}",
    ],
)
def test_two_servers_answer_one_query(things: Versions, second: str, query: str) -> None:
    found = rows(things, query.format(LABEL=LABEL, NUMBER=NUMBER, second=second), listed(second))

    assert found == [{"n": "1", "l": 'one "quoted" \\u0022 одне'}]


def test_virtuoso_answers(things: Versions, tmp_path: Path) -> None:
    with virtuoso(tmp_path) as address:
        endpoint = f"{address}/sparql"
        query = f"SELECT ?c {{ SERVICE <{endpoint}> {{ SELECT (COUNT(*) AS ?c) {{ ?s ?p ?o }} }} }}"

        ((count, *_),) = [list(row.values()) for row in rows(things, query, listed(endpoint))]

    assert int(count) > 0


@pytest.mark.parametrize(
    ("reply", "limits", "what"),
    [
        (Reply(b"busy", 503), {}, "status 503: busy"),
        (Reply(b"{", headers={"Content-Type": "application/json"}), {}, "as it should"),
        (Reply(b" " * 2_000), {"bytes": 1_000}, "longer than 1,000 bytes"),
        (Reply(slowly=0.05), {"seconds": 0.3}, r"within 0\.3 seconds"),
    ],
)
def test_a_failure_is_told_in_words_and_silent_goes_on(
    things: Versions, reply: Reply, limits: dict[str, Any], what: str
) -> None:
    with listening(reply) as endpoint:
        outbound = listed(endpoint.address, **limits)
        query = "SELECT ?o {{ SERVICE {} <{}> {{ ?s ?p ?o }} }}"

        with pytest.raises(RemoteFailed, match=what):
            rows(things, query.format("", endpoint.address), outbound)
        assert rows(things, query.format("SILENT", endpoint.address), outbound) == [{}]


def test_a_query_that_calls_for_each_row_has_so_many_calls(things: Versions) -> None:
    with listening() as endpoint:
        query = (
            f"SELECT * {{ ?s ?p ?n OPTIONAL {{ SERVICE <{endpoint.address}> {{ ?s ?q ?o }} }} }}"
        )
        calls = len(rows(things, query, listed(endpoint.address)))
        assert calls > 0

        before = endpoint.connections
        union = " UNION ".join(
            f"{{ SERVICE <{endpoint.address}> {{ ?s ?p {i} }} }}" for i in range(5)
        )
        with pytest.raises(RemoteFailed, match="more than 3 times"):
            rows(things, f"SELECT * {{ {union} }}", listed(endpoint.address, calls=3))
        assert endpoint.connections == before + 3


def test_an_error_in_the_query_is_at_its_own_place(things: Versions, second: str) -> None:
    query = f"SELECT ?l {{ SERVICE <{second}> {{ ?s ?p ?l }} ?s ?? }}"

    with pytest.raises(InvalidQuery) as refused:
        rows(things, query, listed(second))

    assert refused.value.place is not None
    assert refused.value.place.column == len(query) + 1
    assert "127.0.0.1" not in str(refused.value).replace(second, "")
