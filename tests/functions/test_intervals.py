from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.functions.intervals import (
    INTERVAL,
    UNBOUNDED,
    IntervalSum,
    certain_minimum,
    count_interval,
    interval,
    possible_maximum,
    read,
)
from graph.functions.literals import DECIMAL, DOUBLE, NoValue, Term

YES, NO = ox.Literal(True), ox.Literal(False)


def decimal(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=DECIMAL)


@pytest.mark.parametrize(
    ("lower", "inclusive", "least"),
    [
        (ox.Literal(370), NO, "371"),
        (ox.Literal(370), YES, "370"),
        (decimal("19.5"), NO, "20"),
        (decimal("19.5"), YES, "20"),
        (ox.Literal(1e3), NO, "1001"),
        (ox.Literal(-1), NO, "0"),
        (UNBOUNDED, YES, "0"),
    ],
)
def test_the_certain_minimum(lower: Term, inclusive: Term, least: str) -> None:
    assert certain_minimum(lower, inclusive).value == least


@pytest.mark.parametrize(
    ("upper", "inclusive", "most"),
    [
        (ox.Literal(6000), NO, "5999"),
        (ox.Literal(6000), YES, "6000"),
        (decimal("20.5"), NO, "20"),
        (UNBOUNDED, NO, "INF"),
        (ox.Literal("INF", datatype=DOUBLE), YES, "INF"),
    ],
)
def test_the_possible_maximum(upper: Term, inclusive: Term, most: str) -> None:
    assert possible_maximum(upper, inclusive).value == most


@pytest.mark.parametrize(
    ("bounds", "counted", "measured"),
    [
        ((ox.Literal(370), NO, UNBOUNDED, YES), "[371,INF)", "(370,INF)"),
        ((ox.Literal(19), YES, ox.Literal(21), NO), "[19,20]", "[19,21)"),
        ((UNBOUNDED, YES, decimal("5.50"), YES), "[0,5]", "(-INF,5.5]"),
    ],
)
def test_an_interval_of_counts_and_one_of_measures(
    bounds: tuple[Term, Term, Term, Term], counted: str, measured: str
) -> None:
    assert count_interval(*bounds) == ox.Literal(counted, datatype=INTERVAL)
    assert interval(*bounds) == ox.Literal(measured, datatype=INTERVAL)


@pytest.mark.parametrize(
    "bounds",
    [
        (ox.Literal(5), YES, ox.Literal(4), YES),
        (ox.Literal(5), NO, ox.Literal(5), YES),
        (ox.Literal("5"), YES, ox.Literal(6), YES),
        (ox.Literal(5), ox.Literal("yes"), ox.Literal(6), YES),
        (ox.Literal("NaN", datatype=DOUBLE), YES, ox.Literal(6), YES),
        (decimal("1e9"), YES, UNBOUNDED, YES),
        (decimal("1" * 401), YES, UNBOUNDED, YES),
        (ox.NamedNode("http://example.org/5"), YES, UNBOUNDED, YES),
    ],
)
def test_what_is_no_interval_has_no_value(bounds: tuple[Term, Term, Term, Term]) -> None:
    with pytest.raises(NoValue):
        interval(*bounds)


def summed(*texts: str) -> str | None:
    total = IntervalSum()
    for text in texts:
        total.accumulate(ox.Literal(text, datatype=INTERVAL))
    result = total.finish()
    return None if result is None else result.value


def test_sums() -> None:
    assert summed() == "[0,0]"
    assert summed("[1,2]", "(3,4.5]", "[0.5,0.5]") == "(4.5,7]"
    assert summed("[1,2]", "[5,INF)", "[0,1]") == "[6,INF)"
    assert summed("(-INF,2]", "[5,INF)") == "(-INF,INF)"
    assert summed("[1,2]", "[1,2") is None
    assert summed("[1,2]", "about 3", "[1,2]") is None


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**6)), max_size=20))
def test_a_sum_lies_between_the_sums_of_the_bounds(parts: list[tuple[int, int]]) -> None:
    total = summed(*(f"[{low},{low + width}]" for low, width in parts))

    least = sum(low for low, _ in parts)
    assert total == f"[{least},{least + sum(width for _, width in parts)}]"


@given(st.floats(0, allow_infinity=False), st.decimals(0, 10**20, places=20))
def test_what_is_written_is_read_again(first: float, second: object) -> None:
    written = interval(ox.Literal(first), YES, UNBOUNDED, YES)
    other = interval(decimal(f"{second:f}"), YES, UNBOUNDED, YES)

    assert read(written).to_literal() == written
    assert summed(written.value, other.value) is not None
