"""Functions over geometries: those of GeoSPARQL 1.1 that the store lacks, and two of our own.

Distances are in metres on the sphere of :mod:`graph.functions.sphere`.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

import numpy as np
import pyoxigraph as ox
import shapely
import shapely.affinity

from graph.functions.literals import BOOLEAN, DOUBLE, NoValue, Term, real
from graph.functions.sphere import Coordinates, around, distance

GEO = "http://www.opengis.net/ont/geosparql#"
UOM = "http://www.opengis.net/def/uom/OGC/1.0/"
WKT = ox.NamedNode(f"{GEO}wktLiteral")
GEO_JSON = ox.NamedNode(f"{GEO}geoJSONLiteral")
METRES = {f"{UOM}metre": 1.0, f"{UOM}kilometre": 1_000.0}
"""How many metres a unit has. GeoSPARQL names the OGC's units; of length there, the metre."""
WIDEST = 5_000_000.0
"""The widest buffer, in metres: a map of more shows too little of what it should."""
_DIGITS = 7
"""Of a degree: about a centimetre."""
_LONGITUDE_FIRST = re.compile(r"\s*(?:<http://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>)?\s*(?!<)")
_LATITUDE_FIRST = re.compile(r"\s*<https?://www\.opengis\.net/def/crs/EPSG/0/4326>\s*")

Geometry = Any
"""A geometry of shapely, which has no types of its own."""


def metric_distance(first: Term, second: Term) -> ox.Literal:
    """geof:metricDistance: the shortest distance of two geometries in metres."""
    return _double(apart(geometry(first), geometry(second)))


def within_distance(first: Term, second: Term, metres: Term) -> ox.Literal:
    """Whether two geometries are no further apart than so many metres."""
    return _boolean(apart(geometry(first), geometry(second)) <= real(metres))


def within_box(place: Term, west: Term, south: Term, east: Term, north: Term) -> ox.Literal:
    """Whether a geometry lies in a box of degrees.

    A box whose west is greater than its east goes across the 180th meridian (RFC 7946, 5.2).
    """
    left, bottom, right, top = map(real, (west, south, east, north))
    least_x, least_y, most_x, most_y = geometry(place).bounds
    if left <= right:
        across = left <= least_x and most_x <= right
    else:
        across = left <= least_x or most_x <= right
    return _boolean(across and bottom <= least_y and most_y <= top)


def metric_buffer(place: Term, metres: Term) -> ox.Literal:
    """geof:metricBuffer: what lies within so many metres of a geometry, a circle in 64 corners."""
    return _wkt(_buffer(geometry(place), real(metres)))


def buffer(place: Term, radius: Term, unit: Term) -> ox.Literal:
    """geof:buffer: the same with a unit, the metre or the kilometre."""
    if not isinstance(unit, ox.NamedNode) or unit.value not in METRES:
        raise NoValue(unit)
    return _wkt(_buffer(geometry(place), real(radius) * METRES[unit.value]))


def least_x(place: Term) -> ox.Literal:
    """geof:minX: the westernmost longitude."""
    return _double(geometry(place).bounds[0])


def least_y(place: Term) -> ox.Literal:
    """geof:minY: the southernmost latitude."""
    return _double(geometry(place).bounds[1])


def most_x(place: Term) -> ox.Literal:
    """geof:maxX: the easternmost longitude."""
    return _double(geometry(place).bounds[2])


def most_y(place: Term) -> ox.Literal:
    """geof:maxY: the northernmost latitude."""
    return _double(geometry(place).bounds[3])


class BoundingBox:
    """geof:aggBoundingBox: the smallest box of degrees around several geometries."""

    def __init__(self) -> None:
        self._bounds: list[tuple[float, ...]] = []
        self._sound = True

    def accumulate(self, term: Term) -> None:
        """Take one more; what is no geometry takes the box away."""
        try:
            self._bounds.append(geometry(term).bounds)
        except NoValue:
            self._sound = False

    def finish(self) -> ox.Literal | None:
        """The box as a polygon; there is none around nothing."""
        if not self._sound or not self._bounds:
            return None
        west, south, east, north = zip(*self._bounds, strict=True)
        return _wkt(shapely.box(min(west), min(south), max(east), max(north)))


@lru_cache(maxsize=4_096)
def _read(datatype: str, text: str) -> Geometry:
    try:
        if datatype == GEO_JSON.value:
            return shapely.from_geojson(text)
        if found := _LATITUDE_FIRST.match(text):
            return shapely.transform(shapely.from_wkt(text[found.end() :]), _swapped)
        if found := _LONGITUDE_FIRST.match(text):
            return shapely.from_wkt(text[found.end() :])
    except shapely.errors.GEOSException:
        return None
    return None


def _swapped(coordinates: Coordinates) -> Coordinates:
    return coordinates[:, ::-1]


def geometry(term: Term) -> Geometry:
    """The geometry of a geo:wktLiteral or geo:geoJSONLiteral, degrees east and north.

    Raises NoValue for anything else, for other reference systems, and for what is empty.
    """
    if not isinstance(term, ox.Literal) or term.datatype not in (WKT, GEO_JSON):
        raise NoValue(term)
    found = _read(term.datatype.value, term.value)
    if found is None or found.is_empty or not all(map(math.isfinite, found.bounds)):
        raise NoValue(term)
    return found


def apart(first: Geometry, second: Geometry) -> float:
    """The shortest distance of two geometries in metres."""
    if first.geom_type == second.geom_type == "Point":
        return distance(first.x, first.y, second.x, second.y)
    ends = first.representative_point(), second.representative_point()
    for _ in range(3):
        ends = _nearest(first, second, ends[0])
    return distance(ends[0].x, ends[0].y, ends[1].x, ends[1].y)


def _nearest(first: Geometry, second: Geometry, centre: Geometry) -> tuple[Geometry, Geometry]:
    """The nearest points of two geometries, on a map around a point near to both."""
    to_map, to_degrees = around(centre.x, centre.y)
    line = shapely.shortest_line(
        shapely.transform(first, to_map), shapely.transform(second, to_map)
    )
    start, end = to_degrees(shapely.get_coordinates(line))
    return shapely.Point(start), shapely.Point(end)


def _buffer(place: Geometry, metres: float) -> Geometry:
    if abs(metres) > WIDEST:
        raise NoValue(metres)
    centre = place.centroid
    to_map, to_degrees = around(centre.x, centre.y)
    grown = shapely.buffer(shapely.transform(place, to_map), metres, quad_segs=16)
    pole = math.copysign(90.0, centre.y)
    if grown.is_empty or shapely.contains_xy(grown, *to_map(np.array([[0.0, pole]]))[0]):
        raise NoValue(metres)
    return _within_the_date_line(shapely.transform(grown, to_degrees))


def _within_the_date_line(place: Geometry) -> Geometry:
    """A geometry with longitudes from -180 to 180: one that goes beyond comes in parts."""
    parts = []
    for turn in (0, 360, -360):
        side = shapely.intersection(place, shapely.box(turn - 180, -90, turn + 180, 90))
        if side.area > 0:
            parts.append(shapely.affinity.translate(side, -turn))
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _wkt(place: Geometry) -> ox.Literal:
    text = shapely.to_wkt(place, rounding_precision=_DIGITS, trim=True)
    return ox.Literal(str(text), datatype=WKT)


def _double(value: float) -> ox.Literal:
    return ox.Literal(repr(float(value)), datatype=DOUBLE)


def _boolean(value: bool) -> ox.Literal:
    return ox.Literal(str(bool(value)).lower(), datatype=BOOLEAN)
