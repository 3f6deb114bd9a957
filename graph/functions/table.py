"""The functions and aggregates by IRI: one line each.

A function raises :class:`graph.functions.literals.NoValue`, or gives None, where the call has no
value; the store takes any exception so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from graph.functions import GEOF, POLF, geometry, intervals

_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    f"{GEOF}metricDistance": geometry.metric_distance,
    f"{GEOF}buffer": geometry.buffer,
    f"{GEOF}metricBuffer": geometry.metric_buffer,
    f"{GEOF}minX": geometry.least_x,
    f"{GEOF}minY": geometry.least_y,
    f"{GEOF}maxX": geometry.most_x,
    f"{GEOF}maxY": geometry.most_y,
    f"{POLF}withinDistance": geometry.within_distance,
    f"{POLF}withinBox": geometry.within_box,
    f"{POLF}certainMinimum": intervals.certain_minimum,
    f"{POLF}possibleMaximum": intervals.possible_maximum,
    f"{POLF}interval": intervals.interval,
    f"{POLF}countInterval": intervals.count_interval,
}
_AGGREGATES: Mapping[str, Callable[[], Any]] = {
    f"{GEOF}aggBoundingBox": geometry.BoundingBox,
    f"{POLF}intervalSum": intervals.IntervalSum,
}

FUNCTIONS = {ox.NamedNode(iri): function for iri, function in _FUNCTIONS.items()}
AGGREGATES = {ox.NamedNode(iri): aggregate for iri, aggregate in _AGGREGATES.items()}
