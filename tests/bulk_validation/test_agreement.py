"""Validation in bulk finds what pySHACL finds, neither more nor less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import read
from graph.bulk_validation import validate_chunks
from graph.closure import closed
from graph.files import Sources
from graph.finding import Severity
from graph.material import stated
from graph.progress import Steps
from graph.turtle import read_rdf
from graph.validation import in_order, validate
from graph.vocabulary import POL, entity
from tests.bulk_validation.example_graphs import apart, together
from tests.bulk_validation.rows import Row, nquads, quads, surroundings
from tests.ontology.examples import all_shapes, codes, examples

COMPONENTS = sorted((Path(__file__).parent / "components").glob("*.ttl"))


def whole(data: tuple[ox.Quad, ...], shapes: tuple[ox.Quad, ...]) -> object:
    """The findings in bulk on a graph that is one chunk without a context."""
    return in_order(validate_chunks([nquads(data)], (), shapes))


def test_there_are_examples_and_components() -> None:
    assert len(examples()) > 200
    assert len(COMPONENTS) > 10


@pytest.mark.parametrize("graph", [apart, together], ids=["apart", "together"])
def test_on_all_examples_of_the_ontology(graph: Callable[[], tuple[ox.Quad, ...]]) -> None:
    data = graph()

    found = validate(data, all_shapes())

    assert len(found) > 300
    assert whole(data, all_shapes()) == found


def test_on_the_graph_of_the_articles() -> None:
    material = read(Sources(), Steps())
    data = closed(stated(material), material.ontology.core.quads)
    shapes = tuple(quad for file in material.ontology.shapes for quad in file.quads)

    found = validate(data, shapes)

    assert len(found) > 0
    assert whole(data, shapes) == found


@pytest.mark.parametrize("path", COMPONENTS, ids=[path.stem for path in COMPONENTS])
def test_on_a_component(path: Path) -> None:
    graph = read_rdf(path).quads

    found = validate(graph, graph)

    assert len(found) > 0
    assert whole(graph, graph) == found


NUMBERS = st.sampled_from(["0", "1", "2", "3", "9", "-1", ""])
DAYS = st.sampled_from(
    ["2026-01-24T00:00:00Z", "2026-01-25T00:00:00+02:00", "2026-01-23T22:00:00-02:00"]
)
ROWS = st.builds(
    Row,
    number=st.just(0),
    low=NUMBERS,
    best=NUMBERS,
    high=NUMBERS,
    kind=st.sampled_from(["GroundBattle", "ViolenceAgainstCivilians", "AirStrike", "Negotiation"]),
    start=DAYS,
    end=DAYS,
    latitude=st.sampled_from(["49.99", "91", "-90", "north", "4.999E1"]),
    speaker=st.sampled_from(["Police", "", '“Поліція” \\ "x" \n', "a"]),
    unit=st.sampled_from(["Person", "Household", "NoUnit"]),
    modifier=st.sampled_from(["EstimateRange", "Exactly", "AtLeast", "MoreThan", "Nearly", "UpTo"]),
    labels=st.sampled_from(
        [
            (("a", "en"),),
            (),
            (("a", "en"), ("b", "EN")),
            (("a", "uk"),),
            (("a", "en-GB"), ("b", "uk")),
        ]
    ),
    release=st.sampled_from([entity("release", "made-up-1"), entity("release", "unknown")]),
    missing=st.frozensets(
        st.sampled_from(
            [
                "type",
                "time",
                "place",
                "unit",
                "modifier",
                "accordingTo",
                "participation",
                "recordId",
            ]
        ),
        max_size=2,
    ),
)


@given(rows=st.lists(ROWS, min_size=1, max_size=10), size=st.integers(1, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_rows_with_faults_in_chunks(rows: list[Row], size: int) -> None:
    numbered = [replace(row, number=at) for at, row in enumerate(rows)]
    context = (*POL.quads, *codes(), *closed(surroundings(), POL.quads))
    chunks = [nquads(quads(numbered[at : at + size])) for at in range(0, len(rows), size)]

    found = tuple(validate_chunks(chunks, context, all_shapes(), workers=1))

    assert in_order(found) == validate((*context, *quads(numbered)), all_shapes())


def test_on_a_sound_row_and_on_one_out_of_order() -> None:
    context = (*POL.quads, *codes(), *closed(surroundings(), POL.quads))
    chunk = nquads(quads([Row(1), Row(2, low="5", missing=frozenset({"recordId"}))]))

    found = tuple(validate_chunks([chunk], context, all_shapes()))

    named = sorted({(each.shape or "", each.severity) for each in found}, key=str)
    assert named == [
        ("https://w3id.org/polemos/shapes#DatasetRecord-recordId", Severity.VIOLATION),
        ("https://w3id.org/polemos/shapes#RecordedQuantity-bounds", Severity.WARNING),
        ("https://w3id.org/polemos/shapes#RecordedQuantity-fromLower", Severity.WARNING),
    ]
    assert len(found) == 11


def test_values_that_cannot_be_compared_are_violations_and_no_failure() -> None:
    context = (*POL.quads, *codes(), *closed(surroundings(), POL.quads))
    chunk = nquads(quads([Row(1, low="many", latitude="NaN"), Row(2, start="2026-01-24T00:00:00")]))

    found = tuple(validate_chunks([chunk], context, all_shapes()))

    assert {(each.shape or "").partition("#")[2] for each in found} == {
        "Place-latitude",
        "RecordedQuantity-bounds",
        "RecordedQuantity-fromLower",
        "ReportedQuantity-lowerBound",
        "TimeSpan-earliestStart",
    }
