"""The protocol's query operation over a fake engine: SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import httpx
import pytest

from api.settings import Settings
from api.sparql import SparqlEndpoint
from graph.engine.question import Dataset, Question
from graph.errors import EngineFailed, InvalidQuery, LimitReached, NotAcceptable, Place, Refused
from tests.api.asking import Wire, get, request, scope_of
from tests.api.fake_engine import EMPTY_JSON, FakeEngine

ASK = "ASK { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"
SPARQL_QUERY = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def problem_of(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert "Traceback" not in response.text
    return response.status_code, problem["type"].removeprefix("urn:polemos:problem:")


def test_get() -> None:
    engine = FakeEngine()

    response = get(engine, f"/sparql?query={quote(ASK)}")

    assert response.status_code == 200
    assert response.content == EMPTY_JSON
    assert dict(response.headers) == {
        "content-type": "application/sparql-results+json",
        "content-length": str(len(EMPTY_JSON)),
        "polemos-version": "7",
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Encoding",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": (
            "Content-Length, ETag, Polemos-Query, Polemos-Truncated, Polemos-Version, Retry-After"
        ),
        "x-content-type-options": "nosniff",
    }
    assert engine.asked == [Question(ASK)]


def test_post_of_a_form() -> None:
    engine = FakeEngine()

    response = request(engine, "POST", "/sparql", data={"query": ASK, "default-graph-uri": "urn:g"})

    assert response.content == EMPTY_JSON
    assert engine.asked == [Question(ASK, Dataset(("urn:g",)))]


@pytest.mark.parametrize("content_type", [SPARQL_QUERY, "Application/SPARQL-query; charset=UTF-8"])
def test_post_of_the_query_itself(content_type: str) -> None:
    engine = FakeEngine()

    response = request(
        engine,
        "POST",
        "/sparql?named-graph-uri=urn:a&named-graph-uri=urn:b",
        content="ASK { ?s ?p 'Київ' }".encode(),
        headers={"Content-Type": content_type},
    )

    assert response.content == EMPTY_JSON
    assert engine.asked == [Question("ASK { ?s ?p 'Київ' }", Dataset((), ("urn:a", "urn:b")))]


def test_the_protocols_dataset_replaces_the_servers_own() -> None:
    engine = FakeEngine()
    settings = Settings(dataset=Dataset(("urn:usual",)))

    request(engine, "GET", "/sparql?query=ASK{}", settings)
    request(engine, "GET", "/sparql?query=ASK{}&named-graph-uri=urn:n", settings)

    assert [question.dataset for question in engine.asked] == [
        Dataset(("urn:usual",)),
        Dataset((), ("urn:n",)),
    ]


def test_a_query_is_decoded_once() -> None:
    engine = FakeEngine()

    get(engine, "/sparql?query=ASK%20{<urn:a%2520b>%20?p%20'%2B'}")

    assert engine.asked[0].query == "ASK {<urn:a%20b> ?p '+'}"


def test_accept_chooses_a_format_of_each_kind() -> None:
    engine = FakeEngine([b"<s> <p> <o> ."], graph=True)

    response = get(
        engine,
        "/sparql?query=ASK{}",
        headers=[("Accept", "text/csv;q=0.5"), ("Accept", "text/turtle")],
    )

    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert (engine.asked[0].results_format, engine.asked[0].graph_format) == (
        "text/csv",
        "text/turtle",
    )


@pytest.mark.parametrize("parameter", ["format=csv", "output=csv", "format=n0&output=text/csv"])
def test_the_format_parameter_goes_before_accept(parameter: str) -> None:
    response = get(
        FakeEngine(), f"/sparql?query=ASK{{}}&{parameter}", headers={"Accept": "application/json"}
    )

    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_timeout() -> None:
    engine = FakeEngine()

    get(engine, "/sparql?query=ASK{}&timeout=2.5")

    assert engine.asked[0].seconds == 2.5


def test_an_answer_in_chunks() -> None:
    engine = FakeEngine([b"a,b\r\n", b"1,2\r\n"], whole=False, truncated=True)

    response = get(engine, "/sparql?query=ASK{}")

    assert response.content == b"a,b\r\n1,2\r\n"
    assert "content-length" not in response.headers
    assert response.headers["polemos-truncated"] == "true"
    assert engine.ended == ["closed"]


def test_an_empty_answer_in_chunks() -> None:
    response = get(FakeEngine([], whole=False), "/sparql?query=ASK{}")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(("whole", "length"), [(True, str(len(EMPTY_JSON))), (False, None)])
def test_head_has_the_fields_of_get_and_no_body(whole: bool, length: str | None) -> None:
    engine = FakeEngine(whole=whole)

    response = request(
        engine, "HEAD", "/sparql?query=ASK{}", headers={"Accept": "application/json"}
    )

    assert response.content == b""
    assert response.headers["content-type"] == "application/json"
    assert response.headers["polemos-version"] == "7"
    assert response.headers.get("content-length") == length
    assert engine.ended == ([] if whole else ["closed"])


@pytest.mark.parametrize(
    ("method", "url", "more", "answer"),
    [
        ("GET", "/sparql?format=json", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&format=paper", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&timeout=soon", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&timeout=-1", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&timeout=nan", {}, (400, "invalid-input")),
        ("GET", "/sparql?query=ASK{}&timeout=1&timeout=2", {}, (400, "invalid-input")),
        ("GET", "/sparql?update=CLEAR+ALL", {}, (403, "refused")),
        ("GET", "/sparql?query=" + "x" * 3000, {}, (414, "uri-too-long")),
        (
            "GET",
            "/sparql?query=ASK{}",
            {"headers": {"Accept": "image/png"}},
            (406, "not-acceptable"),
        ),
        ("POST", "/sparql", {}, (415, "unsupported-media-type")),
        ("POST", "/sparql", {"data": {"update": "CLEAR ALL"}}, (403, "refused")),
        ("POST", "/sparql", {"data": {"query": ["ASK{}", "ASK{}"]}}, (400, "invalid-input")),
        ("POST", "/sparql?query=ASK{}", {"data": {"query": "ASK{}"}}, (400, "invalid-input")),
        ("POST", "/sparql", {"data": {"nothing": "here"}}, (400, "invalid-input")),
        ("POST", "/sparql", {"data": {"query": "x" * 3000}}, (413, "content-too-large")),
        ("PUT", "/sparql", {}, (405, "method-not-allowed")),
        ("DELETE", "/sparql?query=ASK{}", {}, (405, "method-not-allowed")),
    ],
)
def test_refusals(method: str, url: str, more: dict[str, object], answer: tuple[int, str]) -> None:
    engine = FakeEngine()

    response = request(
        engine, method, url, Settings(max_query_bytes=2000, max_address_bytes=2000), **more
    )

    assert problem_of(response) == answer
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "no-store"
    assert engine.asked == []


@pytest.mark.parametrize(
    ("content_type", "body", "answer"),
    [
        ("text/plain", b"ASK {}", (415, "unsupported-media-type")),
        ("application/sparql-query; charset=utf-16", b"", (415, "unsupported-media-type")),
        ('application/sparql-query; charset="latin1"', b"", (415, "unsupported-media-type")),
        ("multipart/form-data; boundary=x", b"", (415, "unsupported-media-type")),
        ("application/sparql-update", b"CLEAR ALL", (403, "refused")),
        (SPARQL_QUERY, b"ASK { ?s ?p '\xff' }", (400, "invalid-input")),
        (SPARQL_QUERY, "ASK {}".encode("utf-16"), (400, "invalid-input")),
        (FORM, b"query=%C3%28", (400, "invalid-input")),
        (FORM, b"query=100%", (400, "invalid-input")),
    ],
)
def test_bodies_that_are_not_read(content_type: str, body: bytes, answer: tuple[int, str]) -> None:
    response = request(
        FakeEngine(), "POST", "/sparql", content=body, headers={"Content-Type": content_type}
    )

    assert problem_of(response) == answer


def test_415_and_405_name_what_works() -> None:
    unsupported = request(FakeEngine(), "POST", "/sparql", content=b"ASK {}")
    not_allowed = request(FakeEngine(), "PATCH", "/sparql")

    assert unsupported.json()["accepted"] == [FORM, SPARQL_QUERY]
    assert not_allowed.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_body_that_says_it_is_too_long_is_not_waited_for() -> None:
    wire = Wire(b"not sent")
    headers = {b"content-type": SPARQL_QUERY.encode(), b"content-length": b"2000001"}

    asyncio.run(
        SparqlEndpoint(FakeEngine(), Settings())(
            scope_of("POST", b"", headers), wire.receive, wire.send
        )
    )

    assert wire.status == 413
    assert wire.unread == 1


@pytest.mark.parametrize("query_string", [b"query=%zz", b"query=\xff", b"query=%ff", b"%"])
def test_broken_query_strings(query_string: bytes) -> None:
    wire = Wire()

    asyncio.run(
        SparqlEndpoint(FakeEngine(), Settings())(
            scope_of("GET", query_string), wire.receive, wire.send
        )
    )

    assert wire.status == 400


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (InvalidQuery("expected }"), (400, "invalid-query")),
        (Refused("SERVICE <http://x> is not on the list"), (403, "refused")),
        (NotAcceptable("a graph is no table"), (406, "not-acceptable")),
        (LimitReached("30 seconds"), (503, "limit-reached")),
        (EngineFailed("the worker broke"), (500, "engine-failed")),
    ],
)
@pytest.mark.parametrize("as_first_chunk", [True, False])
def test_errors_of_the_engine(
    error: Exception, answer: tuple[int, str], as_first_chunk: bool
) -> None:
    engine = FakeEngine([error], whole=False) if as_first_chunk else FakeEngine(error=error)

    response = get(engine, "/sparql?query=ASK{}")

    assert problem_of(response) == answer
    assert response.json()["detail"] == str(error)


def test_an_unexpected_error_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    response = get(FakeEngine(error=KeyError("secret")), "/sparql?query=ASK{}")

    assert problem_of(response) == (500, "engine-failed")
    assert "secret" not in response.text
    assert "KeyError: 'secret'" in caplog.text


def test_a_query_that_does_not_parse_is_shown_with_its_place() -> None:
    engine = FakeEngine(error=InvalidQuery("expected a pattern", Place(2, 7)))

    response = get(engine, "/sparql?query=" + quote("SELECT *\nWHERE !"))

    assert response.json() == {
        "type": "urn:polemos:problem:invalid-query",
        "title": "The query does not parse",
        "status": 400,
        "detail": "expected a pattern",
        "line": 2,
        "column": 7,
        "excerpt": "WHERE !\n      ^",
    }


def test_a_limit_says_when_to_try_again() -> None:
    response = get(FakeEngine(error=LimitReached("queue full", 2)), "/sparql?query=ASK{}")

    assert (response.status_code, response.headers["retry-after"]) == (503, "2")


def test_a_browser_without_a_query_is_sent_to_the_page() -> None:
    response = get(FakeEngine(), "/sparql", headers={"Accept": BROWSER})

    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert response.headers["vary"] == "Accept, Accept-Encoding"


def test_a_browser_reads_a_problem_as_a_page() -> None:
    engine = FakeEngine(error=InvalidQuery("expected <}>", Place(1, 1)))

    response = get(engine, "/sparql?query=<script>", headers={"Accept": BROWSER})

    assert response.status_code == 400
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert "<h1>The query does not parse</h1>" in response.text
    assert "expected &lt;}&gt;" in response.text
    assert "<script>" not in response.text


def test_preflight() -> None:
    response = request(
        FakeEngine(),
        "OPTIONS",
        "/sparql",
        headers={
            "Origin": "https://notebook.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert response.headers["access-control-allow-headers"] == "*"
    assert "access-control-allow-credentials" not in response.headers
