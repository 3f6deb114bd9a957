from __future__ import annotations

import math

import pyoxigraph as ox
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from graph.functions import custom_functions
from graph.functions.geometry import (
    GEO_JSON,
    UOM,
    WKT,
    BoundingBox,
    apart,
    buffer,
    geometry,
    metric_buffer,
    metric_distance,
    most_y,
    within_box,
)
from graph.functions.literals import NoValue, Term
from graph.functions.sphere import RADIUS, distance

KYIV = "POINT(30.52333 50.45)"
SQUARE = "POLYGON((30 50,31 50,31 51,30 51,30 50))"


def wkt(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=WKT)


def test_distances_are_the_store_s_own() -> None:
    query = """
    PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
    PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
    PREFIX geo: <http://www.opengis.net/ont/geosparql#>
    SELECT (geof:distance(?a, ?b, uom:metre) AS ?own) (geof:metricDistance(?a, ?b) AS ?ours) {
      VALUES (?a ?b) {
        ("POINT(30.52333 50.45)"^^geo:wktLiteral "POINT(36.23 49.99)"^^geo:wktLiteral)
        ("POINT(179.9 -80)"^^geo:wktLiteral "POINT(-179.9 10)"^^geo:wktLiteral)
        ("POINT(0 90)"^^geo:wktLiteral "POINT(17 -90)"^^geo:wktLiteral)
      }
    }
    """
    rows = ox.Store().query(query, **custom_functions(query))
    assert isinstance(rows, ox.QuerySolutions)

    found = [(float(row["own"].value), float(row["ours"].value)) for row in rows]

    assert len(found) == 3
    for own, ours in found:
        assert own == pytest.approx(ours, rel=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "metres"),
    [
        (KYIV, SQUARE, 0.0),
        ("POINT(32 50.5)", SQUARE, 70_730),
        ("LINESTRING(0 1, 1 1)", "LINESTRING(0 2, 1 2)", 111_195),
        ("POINT(179.5 0)", "LINESTRING(-179.5 0, -179 0)", 111_195),
    ],
)
def test_distances_of_lines_and_areas(first: str, second: str, metres: float) -> None:
    found = float(metric_distance(wkt(first), wkt(second)).value)

    assert found == pytest.approx(metres, rel=2e-3, abs=1)


@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(10, 2_000_000))
def test_the_rim_of_a_buffer_is_as_far_as_was_asked(east: float, north: float, far: float) -> None:
    grown = geometry(metric_buffer(wkt(f"POINT({east} {north})"), ox.Literal(far)))

    rim = [
        distance(east, north, x, y)
        for x, y in shapely.get_coordinates(grown)
        if abs(x) < 179.999999
    ]
    assert max(rim) == pytest.approx(far, rel=1e-4, abs=0.1)


def test_a_buffer_over_the_date_line_comes_in_parts() -> None:
    grown = geometry(metric_buffer(wkt("POINT(179.9 0)"), ox.Literal(50_000)))

    assert grown.geom_type == "MultiPolygon"
    assert [round(bound, 2) for bound in grown.bounds] == [-180.0, -0.45, 180.0, 0.45]
    assert grown.area == pytest.approx(math.pi * math.degrees(50_000 / RADIUS) ** 2, rel=0.01)


@pytest.mark.parametrize(
    ("place", "radius", "unit"),
    [
        ("POINT(0 89.9)", 50_000, "metre"),
        ("POINT(0 -89.9)", 50_000, "metre"),
        ("POINT(0 0)", 5_001, "kilometre"),
        ("POINT(0 0)", 10, "degree"),
        ("POINT(0 0)", -1, "metre"),
        ("POINT EMPTY", 10, "metre"),
        ("POINT(0", 10, "metre"),
        ("<http://www.opengis.net/def/crs/EPSG/0/3857> POINT(0 0)", 10, "metre"),
    ],
)
def test_a_buffer_without_a_value(place: str, radius: float, unit: str) -> None:
    with pytest.raises(NoValue):
        buffer(wkt(place), ox.Literal(radius), ox.NamedNode(f"{UOM}{unit}"))


@pytest.mark.parametrize(
    "term",
    [
        wkt(KYIV),
        wkt(f"<http://www.opengis.net/def/crs/OGC/1.3/CRS84> {KYIV}"),
        wkt("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(50.45 30.52333)"),
        ox.Literal('{"type":"Point","coordinates":[30.52333,50.45]}', datatype=GEO_JSON),
    ],
)
def test_one_point_in_several_ways(term: Term) -> None:
    assert most_y(term).value == "50.45"
    assert apart(geometry(term), geometry(wkt(KYIV))) == 0


@pytest.mark.parametrize(
    ("place", "box", "inside"),
    [
        (KYIV, (30, 50, 31, 51), True),
        (SQUARE, (30, 50, 31, 51), True),
        (SQUARE, (30.5, 50, 31, 51), False),
        ("POINT(179 0)", (170, -10, -170, 10), True),
        ("POINT(-175 0)", (170, -10, -170, 10), True),
        ("POINT(0 0)", (170, -10, -170, 10), False),
    ],
)
def test_boxes(place: str, box: tuple[float, ...], inside: bool) -> None:
    found = within_box(wkt(place), *map(ox.Literal, box))

    assert found == ox.Literal(inside)


def test_the_box_around_nothing_and_around_what_is_no_geometry() -> None:
    empty, broken = BoundingBox(), BoundingBox()
    broken.accumulate(wkt(KYIV))
    broken.accumulate(ox.Literal("Kyiv"))

    assert empty.finish() is None
    assert broken.finish() is None
