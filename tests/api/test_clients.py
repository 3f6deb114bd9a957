"""Real clients against a real server over a tiny graph: their answers are compared in meaning."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import warnings
from collections.abc import Callable
from typing import Any

import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)

from tests.api.serving import Served

PLACES = """PREFIX : <https://example.org/>
SELECT ?strike ?label WHERE { ?strike :place/:label ?label } ORDER BY ?strike ?label"""
STRIKES = """PREFIX : <https://example.org/>
CONSTRUCT { ?strike :place ?place . ?place :label ?label }
WHERE { ?strike :place ?place . ?place :label ?label }"""
KILLED = "PREFIX : <https://example.org/> ASK { :strike-1 :killed 1 }"

EXAMPLE = rdflib.Namespace("https://example.org/")
ROWS = [
    ("https://example.org/strike-1", "Kyiv"),
    ("https://example.org/strike-1", "Київ"),
    ("https://example.org/strike-2", 'Kharkiv, "the city"'),
]


def graph_of_strikes() -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.add((EXAMPLE["strike-1"], EXAMPLE.place, EXAMPLE.kyiv))
    graph.add((EXAMPLE["strike-2"], EXAMPLE.place, EXAMPLE.kharkiv))
    graph.add((EXAMPLE.kyiv, EXAMPLE.label, rdflib.Literal("Kyiv", "en")))
    graph.add((EXAMPLE.kyiv, EXAMPLE.label, rdflib.Literal("Київ", "uk")))
    graph.add((EXAMPLE.kharkiv, EXAMPLE.label, rdflib.Literal('Kharkiv, "the city"', "en")))
    return graph


def parsed(data: bytes | str, format: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=data, format=format)


def rows_of(data: bytes, format: str) -> list[tuple[str, ...]]:
    """Read SPARQL results by rdflib, another reader than the writer."""
    result = Result.parse(io.BytesIO(data), format=format)
    return [tuple(str(term) for term in row) for row in result]  # type: ignore[union-attr]


READ_ROWS: dict[str, Callable[[Any], list[tuple[str, ...]]]] = {
    JSON: lambda got: [
        (row["strike"]["value"], row["label"]["value"]) for row in got["results"]["bindings"]
    ],
    XML: lambda got: rows_of(got.toxml().encode(), "xml"),
    CSV: lambda got: [tuple(row) for row in csv.reader(io.StringIO(got.decode()))][1:],
    TSV: lambda got: rows_of(got, "tsv"),
}


@pytest.mark.parametrize("way", ["GET", "POST a form", "POST the query"])
@pytest.mark.parametrize("format", READ_ROWS)
def test_sparqlwrapper_reads_rows(served: Served, format: str, way: str) -> None:
    wrapper = SPARQLWrapper(served.endpoint, returnFormat=format)
    wrapper.setQuery(PLACES)
    wrapper.setMethod(GET if way == "GET" else POST)
    if way == "POST the query":
        wrapper.setRequestMethod(POSTDIRECTLY)

    assert READ_ROWS[format](wrapper.queryAndConvert()) == ROWS


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("format", [TURTLE, N3, RDFXML, XML, JSONLD, JSON])
def test_sparqlwrapper_reads_graphs(served: Served, format: str, method: str) -> None:
    wrapper = SPARQLWrapper(served.endpoint, returnFormat=format)
    wrapper.setQuery(STRIKES)
    wrapper.setMethod(method)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it finds JSON unexpected for a CONSTRUCT
        got: Any = wrapper.queryAndConvert()

    graph = parsed(got, format) if format in (TURTLE, N3) else got
    assert isomorphic(graph, graph_of_strikes())


@pytest.mark.parametrize("format", [JSON, XML])
def test_sparqlwrapper_asks(served: Served, format: str) -> None:
    wrapper = SPARQLWrapper(served.endpoint, returnFormat=format)
    wrapper.setQuery(KILLED)

    got: Any = wrapper.queryAndConvert()

    assert "true" in (json.dumps(got) if format == JSON else got.toxml())


@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_rows(served: Served, method: str, format: str) -> None:
    store = SPARQLStore(served.endpoint, method=method, returnFormat=format)

    rows = [tuple(map(str, row)) for row in rdflib.Graph(store=store).query(PLACES)]  # type: ignore[arg-type]

    assert rows == ROWS


def test_rdflib_reads_the_graph_as_its_own(served: Served) -> None:
    graph = rdflib.Graph(store=SPARQLStore(served.endpoint))

    assert set(graph.subjects(rdflib.RDF.type, EXAMPLE.Attack)) == {
        EXAMPLE["strike-1"],
        EXAMPLE["strike-2"],
    }
    assert (EXAMPLE["strike-1"], EXAMPLE.killed, rdflib.Literal(1)) in graph
    assert graph.value(EXAMPLE["claim-1"], EXAMPLE.quote) == rdflib.Literal("one <dead> & more")
    assert len(graph) == 10


def test_rdflib_reads_a_constructed_graph(served: Served) -> None:
    store = SPARQLStore(served.endpoint, returnFormat="xml")

    graph = store.query(STRIKES).graph

    assert graph is not None
    assert isomorphic(graph, graph_of_strikes())


def curl(*arguments: str, body: str | None = None) -> bytes:
    command = ["curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "30"]
    done = subprocess.run(
        [*command, *arguments],
        input=None if body is None else body.encode(),
        capture_output=True,
        check=True,
        timeout=40,
    )
    return done.stdout


def curl_get(served: Served, query: str, accept: str) -> bytes:
    return curl(
        "-G", served.endpoint, "-H", f"Accept: {accept}", "--data-urlencode", f"query={query}"
    )


def curl_form(served: Served, query: str, accept: str) -> bytes:
    return curl(served.endpoint, "-H", f"Accept: {accept}", "--data-urlencode", f"query={query}")


def curl_body(served: Served, query: str, accept: str) -> bytes:
    return curl(
        served.endpoint,
        "-H",
        f"Accept: {accept}",
        "-H",
        "Content-Type: application/sparql-query",
        "--data-binary",
        "@-",
        body=query,
    )


WAYS = [curl_get, curl_form, curl_body]


@pytest.mark.parametrize("send", WAYS)
@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
    ],
)
def test_curl_gets_rows(
    served: Served, accept: str, format: str, send: Callable[[Served, str, str], bytes]
) -> None:
    assert rows_of(send(served, PLACES, accept), format) == ROWS


@pytest.mark.parametrize("send", WAYS)
@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_curl_gets_a_graph(
    served: Served, accept: str, format: str, send: Callable[[Served, str, str], bytes]
) -> None:
    graph = parsed(send(served, STRIKES, accept), format)

    assert isomorphic(graph, graph_of_strikes())


@pytest.mark.parametrize(
    ("accept", "format"), [("application/trig", "trig"), ("application/n-quads", "nquads")]
)
def test_curl_gets_a_graph_as_quads(served: Served, accept: str, format: str) -> None:
    dataset = rdflib.Dataset()

    dataset.parse(data=curl_get(served, STRIKES, accept), format=format)

    assert isomorphic(dataset.default_graph, graph_of_strikes())


@pytest.mark.parametrize(
    ("dataset", "killed"),
    [
        ([], True),
        (["default-graph-uri=https://example.org/claim-1"], True),
        (["default-graph-uri=https://example.org/no-claim"], False),
        (["named-graph-uri=https://example.org/claim-1"], False),
    ],
)
def test_the_dataset_of_the_request_is_asked(
    served: Served, dataset: list[str], killed: bool
) -> None:
    parameters = [f"query={KILLED}", *dataset]
    pairs = [part for parameter in parameters for part in ("--data-urlencode", parameter)]

    assert json.loads(curl(served.endpoint, *pairs))["boolean"] is killed


def test_a_claim_says_who_speaks(served: Served) -> None:
    query = """PREFIX : <https://example.org/> SELECT ?speaker ?quote WHERE {
        GRAPH ?claim { :strike-1 :killed ?n } ?claim :speaker ?speaker ; :quote ?quote }"""

    assert rows_of(curl_get(served, query, "text/csv"), "csv") == [
        ("https://example.org/mayor", "one <dead> & more")
    ]
