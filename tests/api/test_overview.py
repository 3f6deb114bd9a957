from __future__ import annotations

import asyncio
import json

import pytest

from api.overview.chart import Chart, chart_of
from api.overview.reading import Overviews, by_year
from graph.errors import LimitReached
from tests.api.fake_engine import FakeEngine

POL = "https://w3id.org/polemos/ontology#"


def counting(*rows: dict[str, str]) -> FakeEngine:
    bindings = [{name: {"value": value} for name, value in row.items()} for row in rows]
    return FakeEngine([json.dumps({"results": {"bindings": bindings}}).encode()], whole=False)


def test_kinds_are_counted_by_their_local_names() -> None:
    engine = counting({"kind": f"{POL}Attack", "n": "1234"}, {"kind": f"{POL}Claim", "n": "5"})

    overview = asyncio.run(Overviews(engine).newest())

    assert overview is not None
    assert overview.kinds == {"Attack": 1234, "Claim": 5}
    assert [question.own for question in engine.asked] == [True] * 6


def test_what_takes_too_long_is_left_out_and_not_asked_again() -> None:
    async def run() -> None:
        engine = FakeEngine([LimitReached("60 seconds")], whole=False)
        overviews = Overviews(engine)

        first, second = await overviews.newest(), await overviews.newest()

        assert first is not None
        assert first is second
        assert (first.kinds, first.articles) == ({}, ())
        engine.version += 1
        await overviews.newest()
        assert len(engine.asked) == 12

    asyncio.run(run())


def test_an_event_without_a_year_is_in_none() -> None:
    rows = [
        {"year": "2022", "kind": f"{POL}Attack", "n": "3"},
        {"year": "2022", "kind": f"{POL}Negotiation", "n": "1"},
        {"kind": f"{POL}Attack", "n": "7"},
    ]

    assert by_year(rows) == {2022: {"Attack": 3, "Negotiation": 1}}


def test_years_without_events_have_their_place_in_the_chart() -> None:
    chart = chart_of(
        {2014: {"Attack": 30}, 2016: {"Attack": 7}, 2017: {}, 2018: {"Negotiation": 1}}
    )

    assert isinstance(chart, Chart)
    assert (chart.top, [year.year for year in chart.years]) == (30, [2014, 2015, 2016, 2017, 2018])
    (attacks, _) = chart.years[0].bars
    assert (attacks.x, attacks.y, attacks.width, attacks.height) == (16, 0, 48, 150)


@pytest.mark.parametrize("years", [{}, {2026: {"Attack": 3}}])
def test_few_years_are_no_chart(years: dict[int, dict[str, int]]) -> None:
    assert chart_of(years) is None
