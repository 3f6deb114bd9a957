"""Results of SPARQL as typed tables: which type a column has, and what of a term stands where."""

from __future__ import annotations

import datetime
import json
import math
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.tabular.convert import convert, table_of
from graph.vocabulary import XSD
from tests.export.networks import HOSTILE


def literal(text: str, type: str) -> ox.Literal:
    return ox.Literal(text, datatype=XSD[type])


def results(*terms: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> bytes:
    """Results in JSON with one column, as the engine writes them."""
    rows = " ".join(f"({'UNDEF' if term is None else term})" for term in terms)
    found = ox.Store().query(f"SELECT ?x {{ VALUES (?x) {{ {rows} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert isinstance(written, bytes)
    return written


def metadata(field: pa.Field) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}


XSD_ = XSD.base
CASES: list[tuple[list[Any], pa.DataType, list[Any], dict[str, str]]] = [
    (
        [literal("1", "integer"), None, literal("-7", "integer")],
        pa.int64(),
        [1, None, -7],
        {"term": "literal", "datatype": f"{XSD_}integer"},
    ),
    (
        [literal("1.5", "decimal"), literal("2", "integer")],
        pa.float64(),
        [1.5, 2.0],
        {"term": "literal", "datatype": f"{XSD_}decimal {XSD_}integer"},
    ),
    (
        [literal("INF", "double"), literal("1.0E2", "double")],
        pa.float64(),
        [math.inf, 100.0],
        {"term": "literal", "datatype": f"{XSD_}double"},
    ),
    (
        [literal("true", "boolean"), literal("false", "boolean")],
        pa.bool_(),
        [True, False],
        {"term": "literal", "datatype": f"{XSD_}boolean"},
    ),
    (
        [literal("2026-01-24", "date")],
        pa.date32(),
        [datetime.date(2026, 1, 24)],
        {"term": "literal", "datatype": f"{XSD_}date"},
    ),
    (
        [literal("2026-01-24T12:00:00+02:00", "dateTime"), None],
        pa.timestamp("us", "UTC"),
        [datetime.datetime(2026, 1, 24, 10, tzinfo=datetime.UTC), None],
        {"term": "literal", "datatype": f"{XSD_}dateTime", "offset": "+02:00"},
    ),
    (
        [literal("2026-01-24T12:00:00", "dateTime")],
        pa.timestamp("us"),
        [datetime.datetime(2026, 1, 24, 12)],
        {"term": "literal", "datatype": f"{XSD_}dateTime"},
    ),
    ([ox.NamedNode("urn:a")], pa.string(), ["urn:a"], {"term": "IRI"}),
    (
        [ox.Literal("Київ", language="uk"), ox.Literal("Харків", language="uk")],
        pa.string(),
        ["Київ", "Харків"],
        {"term": "literal", "language": "uk"},
    ),
    ([ox.Literal("a")], pa.string(), ["a"], {"term": "literal"}),
    ([None, None], pa.string(), [None, None], {"term": "literal"}),
    (
        [literal("2026", "gYear")],
        pa.string(),
        ["2026"],
        {"term": "literal", "datatype": f"{XSD_}gYear"},
    ),
    (
        [literal("99999999999999999999", "integer")],
        pa.float64(),
        [1e20],
        {"term": "literal", "datatype": f"{XSD_}integer"},
    ),
    (
        [literal("many", "integer")],
        pa.string(),
        ["many"],
        {"term": "literal", "datatype": f"{XSD_}integer"},
    ),
]


@pytest.mark.parametrize(("terms", "type", "values", "told"), CASES)
def test_a_column_of_one_kind_has_its_type(
    terms: list[Any], type: pa.DataType, values: list[Any], told: dict[str, str]
) -> None:
    table = table_of(results(*terms))

    assert table.column_names == ["x"]
    assert table.schema.field("x").type == type
    assert table["x"].to_pylist() == values
    assert metadata(table.schema.field("x")) == told


@pytest.mark.parametrize(
    ("terms", "beside", "values"),
    [
        (
            [ox.Literal("Kyiv", language="en"), ox.Literal("Київ", language="uk"), ox.Literal("K")],
            "x_language",
            ["en", "uk", None],
        ),
        (
            [
                literal("2026-01-24T12:00:00Z", "dateTime"),
                literal("2026-01-24T12:00:00+02:00", "dateTime"),
            ],
            "x_offset",
            ["Z", "+02:00"],
        ),
        (
            [ox.NamedNode("urn:a"), literal("1", "integer"), None],
            "x_datatype",
            ["IRI", f"{XSD_}integer", None],
        ),
    ],
)
def test_what_differs_from_row_to_row_stands_beside(
    terms: list[Any], beside: str, values: list[str | None]
) -> None:
    table = table_of(results(*terms))

    assert table.column_names == ["x", beside]
    assert table[beside].to_pylist() == values


def test_a_column_beside_takes_no_name_of_the_query() -> None:
    found = ox.Store().query(
        'SELECT ?x ?x_language { VALUES (?x ?x_language) { ("a"@en 1) ("b"@uk 2) } }'
    )
    assert isinstance(found, ox.QuerySolutions)
    table = table_of(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    assert table.column_names == ["x", "x_language_", "x_language"]


@pytest.mark.parametrize("answer", [True, False])
def test_yes_or_no_is_a_column(answer: bool) -> None:
    table = table_of(json.dumps({"head": {}, "boolean": answer}).encode())

    assert table.to_pydict() == {"boolean": [answer]}


def test_no_rows_are_a_table_all_the_same() -> None:
    table = table_of(results())

    assert (table.num_rows, table.column_names) == (0, ["x"])


@given(st.lists(st.text() | st.sampled_from(HOSTILE), min_size=1))
def test_any_text_arrives_as_it_was(texts: list[str]) -> None:
    rows = [{"x": {"type": "literal", "value": text}} for text in texts]
    document = {"head": {"vars": ["x"]}, "results": {"bindings": rows}}

    table = table_of(json.dumps(document).encode())

    assert table["x"].to_pylist() == texts


def test_more_rows_than_one_piece_holds(tmp_path: Path) -> None:
    rows = [
        {"x": {"type": "literal", "value": str(n), "datatype": f"{XSD_}integer"}}
        for n in range(150_000)
    ]
    document = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()

    convert(document, "parquet", tmp_path / "many.parquet")

    table = pa.parquet.read_table(tmp_path / "many.parquet")
    assert table["x"].to_pylist() == list(range(150_000))
