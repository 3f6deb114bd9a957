"""What a real server does with slow, broken and hostile requests, and with clients that vanish."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from tests.api.serving import Served, publish_tiny, serving

KILLED = "ASK { <https://example.org/strike-1> <https://example.org/killed> 1 }"
FOREVER = (
    "SELECT (COUNT(*) AS ?n) WHERE {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + "}"
)
ENDLESS = "SELECT * WHERE {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + "}"
SPARQL_QUERY = {"Content-Type": "application/sparql-query"}


def ask(served: Served, query: str, **parameters: str) -> httpx.Response:
    return httpx.get(served.endpoint, params={"query": query, **parameters}, timeout=60)


def problem_of(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in response.text
    return response.status_code, response.json()["type"].removeprefix("urn:polemos:problem:")


def test_a_slow_query_ends_at_its_limit_and_others_go_on_meanwhile(served: Served) -> None:
    with ThreadPoolExecutor() as others, httpx.Client(timeout=60) as client:
        slow = others.submit(ask, served, FOREVER, timeout="2")

        asked = [client.get(served.endpoint, params={"query": KILLED}) for _ in range(20)]
        quick = [answer.json()["boolean"] for answer in asked]

        assert not slow.done()
        assert quick == [True] * 20
        assert problem_of(slow.result()) == (503, "limit-reached")
    assert ask(served, KILLED).json()["boolean"] is True


def open_request(served: Served, query: str) -> socket.socket:
    connection = socket.create_connection((served.host, served.port), timeout=60)
    path = urlsplit(served.endpoint).path
    connection.sendall(f"GET {path}?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


def test_a_client_that_vanishes_frees_the_only_worker(served_by_one: Served) -> None:
    connection = open_request(served_by_one, FOREVER)
    busy = ask(served_by_one, KILLED, timeout="0.3")
    assert busy.status_code == 503, "the only worker should be busy with the first query"

    connection.close()

    assert eventually(lambda: ask(served_by_one, KILLED).status_code == 200)


def test_a_client_that_vanishes_amid_its_answer_frees_the_only_worker(
    served_by_one: Served,
) -> None:
    connection = open_request(served_by_one, ENDLESS)
    assert connection.recv(1024).startswith(b"HTTP/1.1 200 OK")

    connection.close()

    assert eventually(lambda: ask(served_by_one, KILLED).status_code == 200)


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
    return False


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELEC * WHERE { ?s ?p ?o }", (400, "invalid-query")),
        ("", (400, "invalid-query")),
        ("{" * 3000, (400, "invalid-query")),
        ("ASK " + "{" * 3000 + "}" * 3000, (400, "invalid-query")),
        ("SELECT ?a WHERE { ?a :place ?b }", (400, "invalid-query")),
        ("CLEAR ALL", (400, "invalid-query")),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", (403, "refused")),
        ("SELECT * { ?s ?p ?e SERVICE ?e { ?s ?p ?o } }", (403, "refused")),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else value[1],
)
def test_queries_that_are_not_answered(served: Served, query: str, answer: tuple[int, str]) -> None:
    response = httpx.post(served.endpoint, content=query, headers=SPARQL_QUERY, timeout=60)

    assert problem_of(response) == answer
    assert ask(served, KILLED).json()["boolean"] is True


def test_a_query_that_does_not_parse_is_shown_with_its_place(served: Served) -> None:
    problem = ask(served, "SELECT *\nWHERE { ?s ?p }").json()

    assert problem["line"] == 2
    assert problem["excerpt"].splitlines()[0] == "WHERE { ?s ?p }"
    assert problem["excerpt"].splitlines()[1].lstrip(" ") == "^"


@pytest.mark.parametrize("query", ["ASK { \0 }", "ASK { ?s ?p 'a\0b' }", "\0", "\ufeffASK {}"])
def test_odd_characters_are_no_fault_of_the_server(served: Served, query: str) -> None:
    assert ask(served, query).status_code in (200, 400)
    assert ask(served, KILLED).json()["boolean"] is True


def test_odd_graph_names_are_the_clients_fault(served: Served) -> None:
    response = ask(served, KILLED, **{"default-graph-uri": "no iri at all"})

    assert problem_of(response) == (400, "invalid-input")


@pytest.mark.parametrize(
    ("accept", "query"),
    [("text/turtle", KILLED), ("text/csv", "CONSTRUCT WHERE { ?s ?p ?o }")],
)
def test_a_format_that_cannot_hold_the_answer_is_406(
    served: Served, accept: str, query: str
) -> None:
    response = httpx.get(served.endpoint, params={"query": query}, headers={"Accept": accept})

    assert problem_of(response) == (406, "not-acceptable")
    assert "text/turtle" in response.json()["offered"]["graph"]


def test_a_query_of_2_mb_is_too_large_and_the_connection_goes_on(served: Served) -> None:
    with httpx.Client(timeout=60) as client:
        too_large = client.post(served.endpoint, content="#" * 2_000_000, headers=SPARQL_QUERY)
        fits = client.post(
            served.endpoint, content=f"{KILLED} #{'x' * 500_000}", headers=SPARQL_QUERY
        )

    assert problem_of(too_large) == (413, "content-too-large")
    assert fits.json()["boolean"] is True


def send_raw(served: Served, request: bytes) -> bytes:
    with socket.create_connection((served.host, served.port), timeout=60) as connection:
        connection.sendall(request)
        return connection.recv(65536)


@pytest.mark.parametrize(
    ("length", "answer"), [(64_100, b"HTTP/1.1 414 "), (2_000_000, b"HTTP/1.1 400 ")]
)
def test_a_long_address_is_refused(served: Served, length: int, answer: bytes) -> None:
    request = b"GET /sparql?query=" + b"x" * length + b" HTTP/1.1\r\nHost: x\r\n\r\n"

    assert send_raw(served, request).startswith(answer)
    assert ask(served, KILLED).json()["boolean"] is True


@pytest.mark.parametrize("query_string", [b"query=%", b"query=%zz", b"query=%ff%fe", b"query=\xff"])
def test_bytes_that_are_no_text_are_400(served: Served, query_string: bytes) -> None:
    answer = send_raw(
        served,
        b"GET /sparql?" + query_string + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_expect_100_continue_is_not_given_to_a_body_too_large(served: Served) -> None:
    answer = send_raw(
        served,
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n"
        b"Content-Type: application/sparql-query\r\n\r\n",
    )

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_head(served: Served) -> None:
    response = httpx.head(
        served.endpoint, params={"query": KILLED}, headers={"Accept": "application/json"}
    )

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["polemos-version"] == "1"


def test_preflight_and_the_request_after_it(served: Served) -> None:
    origin = {"Origin": "https://notebook.example"}
    preflight = httpx.options(
        served.endpoint,
        headers=origin
        | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    answer = httpx.post(served.endpoint, content=KILLED, headers=SPARQL_QUERY | origin)

    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "*"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Polemos-Version" in answer.headers["access-control-expose-headers"]


def test_the_examples_of_the_page_run(served: Served) -> None:
    page = unescape(httpx.get(f"{served.address}/").text)
    links = re.findall(r'href="/query\?query=([^"&]+)', page)

    answers = [httpx.get(f"{served.address}/sparql?query={query}") for query in links]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    types = {answer.headers["content-type"] for answer in answers}
    assert types == {"application/sparql-results+json"}


def test_a_version_published_meanwhile_is_served_and_the_old_one_can_be_asked(
    tmp_path: Path,
) -> None:
    versions = publish_tiny(tmp_path)
    with serving(Pool(versions, workers=1), Settings(adopt_every=0.05)) as server:
        assert ask(server, KILLED).headers["polemos-version"] == "1"

        with versions.draft() as draft:
            draft.update("CLEAR ALL")
            draft.publish("nothing is left")

        assert eventually(lambda: ask(server, KILLED).headers["polemos-version"] == "2")
        assert ask(server, KILLED).json()["boolean"] is False
        assert ask(server, KILLED, version="1").json()["boolean"] is True
        assert problem_of(ask(server, KILLED, version="3")) == (404, "not-found")
        assert problem_of(ask(server, KILLED, version="first")) == (400, "invalid-input")
        assert httpx.get(f"{server.address}/health").json()["version"] == 2
