"""A query's answer as Parquet and Arrow from a running server, read by the libraries people use.

DuckDB reads the file after it was fetched: its own reading over HTTP is an extension (httpfs) that
it downloads when it is first used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import httpx
import pandas
import polars
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from tests.api.asking import get
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served, serving

QUERY = """
PREFIX pol: <https://w3id.org/polemos/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?event ?label ?start ?day ?killed (?killed * 0.5 AS ?half) (?killed > 0 AS ?any) {
  ?event pol:killed/pol:pointValue ?killed ; rdfs:label ?label ; pol:time/pol:earliestStart ?start .
  BIND(STRDT(SUBSTR(STR(?start), 1, 10), xsd:date) AS ?day)
  FILTER(LANG(?label) = "uk")
} ORDER BY ?event ?killed
"""
LARGE = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
PARQUET = "application/vnd.apache.parquet"
ARROW = "application/vnd.apache.arrow.stream"


@pytest.fixture(scope="module")
def site(built_home: Path) -> Iterator[Served]:
    with serving(Pool(Versions(built_home), workers=2), Settings()) as server:
        yield server


def address(site: Served, query: str = QUERY, format: str = "parquet") -> str:
    return str(httpx.URL(site.endpoint, params={"query": query, "format": format}))


def test_polars_reads_the_address(site: Served) -> None:
    frame = polars.read_parquet(address(site))

    assert dict(frame.schema) == {
        "event": polars.String,
        "label": polars.String,
        "start": polars.Datetime("us", "UTC"),
        "day": polars.Date,
        "killed": polars.Int64,
        "half": polars.Float64,
        "any": polars.Boolean,
    }
    assert len(frame) > 0


def test_pandas_reads_the_address(site: Served) -> None:
    frame = pandas.read_parquet(address(site))

    assert str(frame["start"].dtype) == "datetime64[us, UTC]"
    assert (str(frame["killed"].dtype), str(frame["half"].dtype)) == ("int64", "float64")
    assert str(frame["any"].dtype) == "bool"


def test_duckdb_reads_the_file(site: Served, tmp_path: Path) -> None:
    file = tmp_path / "answer.parquet"
    file.write_bytes(httpx.get(address(site)).content)

    found = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{file}')")

    assert found is not None
    described = found.fetchall()

    assert [row[:2] for row in described] == [
        ("event", "VARCHAR"),
        ("label", "VARCHAR"),
        ("start", "TIMESTAMP WITH TIME ZONE"),
        ("day", "DATE"),
        ("killed", "BIGINT"),
        ("half", "DOUBLE"),
        ("any", "BOOLEAN"),
    ]


def test_arrow_is_the_same_table(site: Served) -> None:
    answer = httpx.get(site.endpoint, params={"query": QUERY}, headers={"Accept": ARROW})

    table = pa.ipc.open_stream(answer.content).read_all()
    assert answer.headers["content-type"] == ARROW
    assert table.schema.field("label").metadata == {b"term": b"literal", b"language": b"uk"}
    assert polars.read_ipc_stream(io.BytesIO(answer.content)).equals(
        polars.read_parquet(address(site))
    )


def test_a_canned_query_has_them_too(site: Served) -> None:
    frame = polars.read_parquet(f"{site.address}/queries/figures.parquet?place=region:kyiv")

    assert frame["place"].unique().to_list() == ["https://w3id.org/polemos/id/region/kyiv"]


def test_a_large_answer_is_the_one_in_csv(site: Served) -> None:
    table = polars.read_parquet(address(site, LARGE))

    rows = httpx.get(address(site, LARGE, "csv")).text
    assert len(table) == len(polars.read_csv(io.StringIO(rows))) > 1000


def test_parts_of_the_file_are_sent(site: Served) -> None:
    whole = httpx.get(address(site))

    part = httpx.get(address(site), headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"PAR1")
    assert part.headers["etag"] == whole.headers["etag"]
    assert whole.headers["polemos-version"] == "1"
    held = httpx.get(address(site), headers={"If-None-Match": whole.headers["etag"]})
    assert held.status_code == 304
    head = httpx.head(address(site))
    assert int(head.headers["content-length"]) == len(whole.content)


def test_what_is_not_the_same_twice_is_not_sent_in_parts(site: Served) -> None:
    url = address(site, "SELECT (RAND() AS ?x) {}")

    answer = httpx.get(url, headers={"Range": "bytes=0-3"})

    assert answer.status_code == 200
    assert pa.parquet.read_table(io.BytesIO(answer.content)).num_rows == 1


def test_a_graph_comes_as_a_graph_where_the_client_takes_one(site: Served) -> None:
    accept = {"Accept": f"{PARQUET}, text/turtle;q=0.5"}
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1"

    answer = httpx.get(site.endpoint, params={"query": query}, headers=accept)
    refused = httpx.get(address(site, query))

    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert refused.status_code == 406


def test_a_wrong_query_is_told_as_ever(site: Served) -> None:
    answer = httpx.get(address(site, "SELECT"))

    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_nothing_else_is_changed_for_clients_that_take_anything() -> None:
    engine = FakeEngine()

    get(engine, "/sparql?query=SELECT * {}", headers={"Accept": "application/*"})

    assert engine.asked[0].results_format == "application/sparql-results+json"
