"""SPARQL 1.1 Protocol, section 2.1: the query operation, request by request.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx
import pytest
from rdflib import Graph

from tests.api.serving import Served

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s WHERE { ?s <https://example.org/killed> 1 }"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://example.org/killed> ?o }"
DESCRIBE = "DESCRIBE <https://example.org/kyiv>"
CLAIM = "https://example.org/claim-1"
IN_CLAIM = "ASK { <https://example.org/strike-1> <https://example.org/killed> 1 }"
PLACED = "ASK { <https://example.org/strike-1> <https://example.org/place> ?place }"
NAMED = "ASK { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True)
class Case:
    """A request and how it must be answered; ``says`` is a part of the body."""

    section: str
    what: str
    status: int
    query_string: str = ""
    method: str = "GET"
    body: bytes | str | None = None
    content_type: str | None = None
    accept: str | None = None
    answers: str | None = None
    says: str = ""

    def __str__(self) -> str:
        return f"{self.section} {self.what}"


def get(section: str, what: str, status: int, query_string: str, **more: str) -> Case:
    return Case(section, what, status, query_string, **more)


def form(section: str, what: str, status: int, body: str | bytes, **more: str) -> Case:
    return Case(section, what, status, method="POST", body=body, content_type=FORM, **more)


def direct(section: str, what: str, status: int, body: str | bytes, **more: str) -> Case:
    fields = {"content_type": QUERY, **more}
    return Case(section, what, status, method="POST", body=body, **fields)


def pairs(*parameters: tuple[str, str]) -> str:
    return urlencode(parameters)


TRUE, FALSE = '"boolean":true', '"boolean":false'
CASES = [
    # 2.1.1 query via GET
    get("2.1.1", "a query", 200, pairs(("query", ASK)), says=TRUE),
    get("2.1.1", "spaces as plus signs", 200, "query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D", says=TRUE),
    get("2.1.1", "spaces as %20", 200, "query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", says=TRUE),
    get(
        "2.1.1",
        "text of other scripts",
        200,
        pairs(("query", "ASK { ?s ?p 'Київ'@uk }")),
        says=TRUE,
    ),
    get("2.1.1", "a parameter nobody knows", 200, pairs(("query", ASK), ("x", "y")), says=TRUE),
    get("2.1.1", "no query beside other parameters", 400, "default-graph-uri=urn:g"),
    get("2.1.1", "an empty query", 400, "query="),
    get("2.1.1", "two queries", 400, pairs(("query", ASK), ("query", ASK))),
    get("2.1.1", "the name of the parameter in capitals", 400, pairs(("QUERY", ASK))),
    get("2.1.1", "a broken escape", 400, "query=ASK%7"),
    get("2.1.1", "bytes that are no UTF-8", 400, "query=%FF"),
    get(
        "2.1.1",
        "an update by GET, to a server that takes none",
        403,
        pairs(("update", "CLEAR ALL")),
    ),
    # 2.1.2 query via URL-encoded POST
    form("2.1.2", "a query", 200, pairs(("query", ASK)), says=TRUE),
    form(
        "2.1.2",
        "its graphs in the form",
        200,
        pairs(("query", IN_CLAIM), ("default-graph-uri", CLAIM)),
        says=TRUE,
    ),
    Case(
        "2.1.2",
        "a charset with the form",
        200,
        method="POST",
        body=pairs(("query", ASK)),
        content_type=f"{FORM}; charset=UTF-8",
        says=TRUE,
    ),
    form("2.1.2", "no query", 400, "format=json"),
    form("2.1.2", "an empty form", 400, ""),
    form("2.1.2", "two queries", 400, pairs(("query", ASK), ("query", ASK))),
    form("2.1.2", "a broken escape", 400, "query=%%"),
    form("2.1.2", "bytes that are no UTF-8", 400, b"query=\xff"),
    # 2.1.3 query via POST directly
    direct("2.1.3", "a query", 200, ASK, says=TRUE),
    direct(
        "2.1.3",
        "its graphs in the address",
        200,
        IN_CLAIM,
        query_string=pairs(("default-graph-uri", CLAIM)),
        says=TRUE,
    ),
    direct("2.1.3", "escapes are none of its own", 400, quote(ASK)),
    direct("2.1.3", "text of other scripts", 200, "ASK { ?s ?p 'Київ'@uk }".encode(), says=TRUE),
    direct("2.1.3", "an empty body", 400, ""),
    direct("2.1.3", "a query in the address, too", 400, ASK, query_string=pairs(("query", ASK))),
    direct("2.1.3", "bytes that are no UTF-8", 400, b"ASK {} #\xff"),
    direct(
        "2.1.3",
        "a charset that is not UTF-8",
        415,
        ASK.encode("utf-16"),
        content_type=f"{QUERY}; charset=utf-16",
    ),
    direct("2.1.3", "a media type that is none of the two", 415, ASK, content_type="text/plain"),
    Case("2.1.3", "no media type at all", 415, method="POST", body=ASK),
    # 2.1.4 the RDF dataset
    get("2.1.4", "without any, the service's own", 200, pairs(("query", PLACED)), says=TRUE),
    get(
        "2.1.4",
        "a default graph by name",
        200,
        pairs(("query", PLACED), ("default-graph-uri", CLAIM)),
        says=FALSE,
    ),
    get(
        "2.1.4",
        "several default graphs are merged",
        200,
        pairs(("query", IN_CLAIM), ("default-graph-uri", "urn:none"), ("default-graph-uri", CLAIM)),
        says=TRUE,
    ),
    get(
        "2.1.4",
        "a named graph",
        200,
        pairs(("query", NAMED), ("named-graph-uri", CLAIM)),
        says=TRUE,
    ),
    get(
        "2.1.4",
        "a named graph that is not there",
        200,
        pairs(("query", NAMED), ("named-graph-uri", "urn:none")),
        says=FALSE,
    ),
    get(
        "2.1.4",
        "named graphs alone leave the default graph empty",
        200,
        pairs(("query", ASK), ("named-graph-uri", CLAIM)),
        says=FALSE,
    ),
    get(
        "2.1.4",
        "default graphs alone leave no named ones",
        200,
        pairs(("query", NAMED), ("default-graph-uri", CLAIM)),
        says=FALSE,
    ),
    get(
        "2.1.4",
        "the protocol goes before FROM",
        200,
        pairs(("query", "ASK FROM <urn:none> { ?s ?p ?o }"), ("default-graph-uri", CLAIM)),
        says=TRUE,
    ),
    get(
        "2.1.4",
        "FROM where the protocol says nothing",
        200,
        pairs(("query", f"ASK FROM <{CLAIM}> {{ ?s ?p ?o }}")),
        says=TRUE,
    ),
    get(
        "2.1.4",
        "a graph name that is no IRI",
        400,
        pairs(("query", ASK), ("default-graph-uri", "not an IRI")),
    ),
    # 2.1.5 the response's media type
    get("2.1.5", "results as JSON", 200, pairs(("query", SELECT)), accept=JSON, answers=JSON),
    get("2.1.5", "results as XML", 200, pairs(("query", SELECT)), accept=XML, answers=XML),
    get(
        "2.1.5",
        "results as CSV",
        200,
        pairs(("query", SELECT)),
        accept="text/csv",
        answers="text/csv",
    ),
    get(
        "2.1.5",
        "results as TSV",
        200,
        pairs(("query", SELECT)),
        accept="text/tab-separated-values",
        answers="text/tab-separated-values",
    ),
    get(
        "2.1.5",
        "a boolean as XML",
        200,
        pairs(("query", ASK)),
        accept=XML,
        answers=XML,
        says="<boolean>true</boolean>",
    ),
    get(
        "2.1.5",
        "CONSTRUCT as Turtle",
        200,
        pairs(("query", CONSTRUCT)),
        accept="text/turtle",
        answers="text/turtle",
    ),
    get(
        "2.1.5",
        "CONSTRUCT as RDF/XML",
        200,
        pairs(("query", CONSTRUCT)),
        accept="application/rdf+xml",
        answers="application/rdf+xml",
    ),
    get(
        "2.1.5",
        "CONSTRUCT as JSON-LD",
        200,
        pairs(("query", CONSTRUCT)),
        accept="application/ld+json",
        answers="application/ld+json",
    ),
    get(
        "2.1.5",
        "DESCRIBE as N-Triples",
        200,
        pairs(("query", DESCRIBE)),
        accept="application/n-triples",
        answers="application/n-triples",
    ),
    get(
        "2.1.5",
        "the better quality wins",
        200,
        pairs(("query", SELECT)),
        accept=f"{JSON};q=0.5, {XML};q=0.9",
        answers=XML,
    ),
    get("2.1.5", "without Accept, JSON", 200, pairs(("query", SELECT)), accept="*/*", answers=JSON),
    get(
        "2.1.5",
        "a table where only graphs are accepted",
        406,
        pairs(("query", SELECT)),
        accept="text/turtle",
    ),
    get(
        "2.1.5",
        "a graph where only tables are accepted",
        406,
        pairs(("query", CONSTRUCT)),
        accept="text/csv",
    ),
    get("2.1.5", "nothing that is had here", 406, pairs(("query", ASK)), accept="image/png"),
    # 2.1.6 success: the body is of the query's form
    get("2.1.6", "SELECT", 200, pairs(("query", SELECT)), says="https://example.org/strike-1"),
    get("2.1.6", "ASK", 200, pairs(("query", ASK)), says=TRUE),
    get(
        "2.1.6", "CONSTRUCT", 200, pairs(("query", CONSTRUCT)), answers="text/turtle", says="killed"
    ),
    get("2.1.6", "DESCRIBE", 200, pairs(("query", DESCRIBE)), answers="text/turtle", says="Kyiv"),
    # 2.1.7 failure
    get("2.1.7", "a text that is no SPARQL", 400, pairs(("query", "SELEC *")), says='"line": 1'),
    get("2.1.7", "a prefix that is not declared", 400, pairs(("query", "ASK { a:b ?p ?o }"))),
    form("2.1.7", "an update as a query", 400, pairs(("query", "CLEAR ALL"))),
    direct("2.1.7", "nested too deep for any parser", 400, "ASK " + "{" * 3000 + "}" * 3000),
    get(
        "2.1.7",
        "SERVICE where it is not allowed",
        403,
        pairs(("query", "ASK { SERVICE <http://192.0.2.1/> {} }")),
    ),
    Case("2.1.7", "a method that is none of the protocol's", 405, method="PATCH"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_query_operation(served: Served, case: Case) -> None:
    headers = {"Accept": case.accept or JSON + ", text/turtle;q=0.5"}
    if case.content_type:
        headers["Content-Type"] = case.content_type
    url = f"{served.endpoint}?{case.query_string}" if case.query_string else served.endpoint
    request = httpx.Request(case.method, url, headers=headers, content=case.body)

    with httpx.Client(timeout=60) as client:
        response = client.send(request)

    assert response.status_code == case.status, response.text
    assert case.says in response.text
    if case.answers is not None:
        assert response.headers["content-type"].partition(";")[0] == case.answers
    if case.status >= 400:
        assert response.json()["status"] == case.status


def test_each_section_of_the_query_operation_has_its_cases() -> None:
    assert {case.section for case in CASES} == {f"2.1.{number}" for number in range(1, 8)}


def test_section_2_1_relative_iris_are_resolved_against_the_endpoint(served: Served) -> None:
    query = "SELECT (<x> AS ?a) (<#y> AS ?b) {}"

    answer = httpx.get(served.endpoint, params={"query": query}, headers={"Accept": "text/csv"})

    assert answer.text.split() == ["a,b", f"{served.address}/x,{served.endpoint}#y"]


def test_section_2_1_the_base_of_the_query_goes_first(served: Served) -> None:
    query = "BASE <http://e/> SELECT (<x> AS ?a) {}"

    answer = httpx.get(served.endpoint, params={"query": query}, headers={"Accept": "text/csv"})

    assert answer.text.split() == ["a", "http://e/x"]


def test_section_2_1_a_head_has_the_fields_of_a_get(served: Served) -> None:
    parameters = {"query": ASK}

    head = httpx.head(served.endpoint, params=parameters)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == JSON


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_section_2_1_5_a_graph_reads_as_what_it_says_it_is(served: Served, method: str) -> None:
    sent = {"params" if method == "GET" else "data": {"query": CONSTRUCT}}

    response = httpx.request(
        method,
        served.endpoint,
        headers={"Accept": "application/rdf+xml"},
        **sent,  # type: ignore[arg-type]  # one of the two keywords
    )

    assert len(Graph().parse(data=response.text, format="xml")) == 1
