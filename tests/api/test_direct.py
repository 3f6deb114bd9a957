"""A plain query is answered from its connection as it is in the ordinary way."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api.direct import Direct, Manner, Peer, PlainQuery, read_manner
from api.settings import Settings
from api.writing.archive import Archive
from api.writing.routes import Versioned
from graph.engine.pool import Pool
from graph.engine.question import Limits
from tests.api.serving import Served, publish_tiny, serving
from tests.api.test_server import ENDLESS, FOREVER, KILLED, eventually, open_request

NAMES = "SELECT ?s ?o { ?s <https://example.org/killed> ?o } ORDER BY ?s"
LONG = f"SELECT ?s ?p ?o {{ {{ ?s ?p ?o }} {'UNION { ?s ?p ?o } ' * 30} }}"
ALL = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    versions = publish_tiny(tmp_path_factory.mktemp("direct"))
    log = tmp_path_factory.mktemp("log") / "access.log"
    pool = Pool(versions, workers=2, limits=Limits(seconds=30, rows=100), kept_bytes=0)
    with serving(
        pool,
        Settings(access_log=str(log), log_queries=True),
        Versioned(Archive(versions)),
    ) as served:
        yield served


class Watched:
    """How many answers the connections wrote themselves; they can be told not to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written = 0
        self.off = False
        read, write = Direct.read, Direct.write

        def watched_read(*arguments: Any) -> PlainQuery | None:
            return None if self.off else read(*arguments)

        def watched_write(*arguments: Any) -> bytes | None:
            response = write(*arguments)
            self.written += response is not None
            return response

        monkeypatch.setattr(Direct, "read", watched_read)
        monkeypatch.setattr(Direct, "write", watched_write)


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def both(
    server: Served, direct: Watched, query: str, **fields: str
) -> tuple[httpx.Response, httpx.Response]:
    """The answers by either way."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    with httpx.Client(timeout=30, headers={"Accept": "*/*", "Accept-Encoding": ""}) as client:
        del client.headers["connection"]
        address = f"{server.endpoint}?query={quote(query)}"
        one = client.get(address, headers=headers)
        direct.off = True
        other = client.get(address, headers=headers)
        direct.off = False
    return one, other


@pytest.mark.parametrize(
    ("query", "fields", "is_direct"),
    [
        (KILLED, {}, True),
        (NAMES, {"Accept": "text/csv"}, True),
        (NAMES, {"Accept": "application/sparql-results+xml;q=0.5, application/json"}, True),
        (NAMES, {"Accept": "nothing readable"}, True),
        (ALL, {"Accept": "text/turtle", "Origin": "https://example.org"}, True),
        ("SELECT (RAND() AS ?r) {} LIMIT 0", {}, True),
        (f"{NAMES} # +100 % of it", {"Cookie": "a=b", "X-Forwarded-For": "192.0.2.7"}, True),
        (LONG, {}, True),
        (LONG, {"Accept_Encoding": "gzip"}, False),
        (KILLED, {"Accept_Encoding": "gzip"}, True),
        ("SELEC", {}, False),
        ("SELECT * { ?s <relative> ?o }", {}, False),
        (ALL, {"Accept": "text/csv"}, False),
        (NAMES, {"Accept": "image/png"}, False),
        (NAMES, {"Accept": "application/vnd.apache.parquet"}, False),
        (NAMES, {"If_None_Match": '"x"'}, False),
        (NAMES, {"Accept_Datetime": "Sat, 24 Jan 2026 12:00:00 GMT"}, False),
    ],
)
def test_either_way_gives_the_same_answer(
    server: Served, direct: Watched, query: str, fields: dict[str, str], is_direct: bool
) -> None:
    one, other = both(server, direct, query, **fields)

    assert direct.written == is_direct
    assert one.status_code == other.status_code
    assert one.content == other.content
    assert steady(one) == steady(other)


def steady(response: httpx.Response) -> list[tuple[bytes, bytes]]:
    """The fields in their order, but for what differs from answer to answer."""
    changing = (b"date", b"polemos-query")
    return [(name, b"" if name in changing else value) for name, value in response.headers.raw]


def test_every_exchange_is_logged_once(tmp_path: Path, direct: Watched) -> None:
    log = tmp_path / "access.log"
    versions = publish_tiny(tmp_path / "home")
    settings = Settings(access_log=str(log), log_queries=True)
    with serving(Pool(versions, workers=1), settings) as server:
        answers = [*both(server, direct, KILLED), *both(server, direct, "SELEC")]

    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 400, 400]
    assert [line["query"] for line in lines] == [KILLED, KILLED, "SELEC", "SELEC"]
    assert [line["bytes"] for line in lines] == [len(answer.content) for answer in answers]
    assert lines[0]["id"] == answers[0].headers["polemos-query"]
    assert {(line["path"], line["client"]) for line in lines} == {("/sparql", "127.0.0.1")}


def in_pieces(requests: list[bytes], size: int) -> list[bytes]:
    """All the requests, cut every so many bytes; each by itself where the size is 0."""
    sent = b"".join(requests)
    return [sent[at : at + size] for at in range(0, len(sent), size)] if size else requests


@pytest.mark.parametrize("size", [0, 7, 500, 10**6])
def test_requests_sent_at_once_are_answered_in_their_order(
    server: Served, direct: Watched, size: int
) -> None:
    requests = [
        f"GET /sparql?query={quote(f'SELECT ({number} AS ?n) {{}}')}{'&x=' * (number % 3 == 1)}"
        " HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode()
        for number in range(40)
    ]
    with socket.create_connection((server.host, server.port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in in_pieces(requests, size):
            connection.sendall(piece)
        answers = b""
        while answers.count(b"HTTP/1.1 200 OK") < 40 or not answers.endswith(b"\r\n39\r\n"):
            answers += connection.recv(65536)

    bodies = [part.partition(b"\r\n\r\n")[2] for part in answers.split(b"HTTP/1.1 200 OK")[1:]]
    assert bodies == [b"n\r\n%d\r\n" % number for number in range(40)]


@pytest.mark.parametrize("query", [FOREVER, ENDLESS])
def test_a_client_that_goes_frees_the_worker_and_is_counted(
    tmp_path: Path, query: str, direct: Watched
) -> None:
    log = tmp_path / "access.log"
    pool = Pool(publish_tiny(tmp_path / "home"), workers=1)
    with serving(pool, Settings(access_log=str(log))) as server:
        open_request(server, query).close()

        assert eventually(lambda: '"status": 499' in log.read_text("utf-8"))
        assert eventually(lambda: len(pool.running) == 0)
        assert both(server, direct, KILLED)[0].json()["boolean"] is True


def test_a_query_under_way_can_be_cancelled(tmp_path: Path) -> None:
    pool = Pool(publish_tiny(tmp_path), workers=1)
    with serving(pool, Settings()) as server, open_request(server, FOREVER) as connection:
        assert eventually(lambda: len(pool.running) == 1)
        [running] = pool.running

        assert httpx.delete(f"{server.address}/running/{running.id}").status_code == 204
        assert running.asker == "127.0.0.1"
        assert connection.recv(65536).startswith(b"HTTP/1.1 503 ")


def test_a_server_that_stops_answers_what_is_under_way_and_closes(tmp_path: Path) -> None:
    pool = Pool(publish_tiny(tmp_path), workers=1, limits=Limits(seconds=1))
    with serving(pool, Settings()) as server:
        connection = open_request(server, FOREVER)
        assert eventually(lambda: len(pool.running) == 1)

    with connection:
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"connection: close" in answer


HOST = b"Host: x\r\n"
LOOPBACK = Peer("127.0.0.1", "", ())


def manner(fields: bytes, peer: Peer = LOOPBACK) -> Manner | None:
    return read_manner(fields, peer)


@pytest.mark.parametrize(
    "fields",
    [
        HOST,
        HOST + b"\r",
        HOST + b"\r\nGET / HTTP/1.1\r\n\r\n",
        HOST + b"Content-Length: 1\r\n\r\nx",
        HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HOST + b"Connection: close\r\n\r\n",
        HOST + b"Upgrade: websocket\r\n\r\n",
        HOST + b"Expect: 100-continue\r\n\r\n",
        HOST + b"no field\r\n\r\n",
        HOST + b"A: b\nC: d\r\n\r\n",
        HOST + b" folded: x\r\n\r\n",
        b"",
    ],
)
def test_what_is_not_just_fields_takes_the_ordinary_way(fields: bytes) -> None:
    assert manner(fields) is None


def test_a_proxy_that_is_believed_says_who_asks() -> None:
    fields = HOST + b"X-Forwarded-For: 192.0.2.7\r\n\r\n"
    believed = manner(fields, Peer("127.0.0.1", "/polemos", ("127.0.0.1",)))
    unknown = manner(fields)

    assert believed is not None
    assert unknown is not None
    assert (believed.client, unknown.client) == ("192.0.2.7", "127.0.0.1")
