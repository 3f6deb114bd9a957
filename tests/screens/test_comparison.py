"""How what sources say of an event is laid out and judged, on rows as the query gives them."""

from __future__ import annotations

from math import inf

import pytest

from api.screens.comparison import Verdict, compare
from api.screens.values import Bounds, figure

EVENT = "https://w3id.org/polemos/id/event/e"
KILLED = "https://w3id.org/polemos/ontology#killed"
PLACE = "https://w3id.org/polemos/ontology#place"
HIT = "https://w3id.org/polemos/ontology#hit"
TIME = "https://w3id.org/polemos/ontology#time"


def row(source: str, property: str, value: str, **more: str) -> dict[str, str]:
    """A row of one claim, in an article of its own."""
    named = {"event": EVENT, "source": source, "article": f"urn:{source}", "speaker": source}
    return {**named, "property": property, "value": value, **more}


def verdict(*rows: dict[str, str], wider: dict[str, set[str]] | None = None) -> Verdict:
    (aspect,) = compare(rows, False, wider or {}).aspects
    return aspect.verdict


def killed(source: str, value: str, **bounds: str) -> dict[str, str]:
    return row(source, KILLED, value, **bounds)


EXACTLY_FIVE = {"lower": "5", "upper": "5"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (EXACTLY_FIVE, EXACTLY_FIVE, Verdict.SAME),
        (EXACTLY_FIVE, {"lower": "3", "upper": "8"}, Verdict.OVERLAP),
        (EXACTLY_FIVE, {"lower": "6", "upper": "8"}, Verdict.DIFFER),
        (EXACTLY_FIVE, {"lower": "4"}, Verdict.OVERLAP),
        (EXACTLY_FIVE, {"lower": "5", "lowerInclusive": "false"}, Verdict.DIFFER),
        (EXACTLY_FIVE, {"upper": "5", "upperInclusive": "false"}, Verdict.DIFFER),
        ({"point": "2"}, {"point": "3"}, Verdict.DIFFER),
        ({"point": "2", "modifier": "urn:modifier/About"}, {"point": "3"}, Verdict.OVERLAP),
    ],
)
def test_figures_differ_only_where_their_bounds_exclude_each_other(
    one: dict[str, str], other: dict[str, str], expected: Verdict
) -> None:
    assert verdict(killed("a", "q1", **one), killed("b", "q2", **other)) == expected


def test_a_claim_that_contradicts_another_is_told_from_one_that_differs() -> None:
    five = killed("a", "q1", **EXACTLY_FIVE, opposed="b")
    two = killed("b", "q2", lower="2", upper="2")

    assert verdict(five, two) == Verdict.AGAINST


def test_a_contradiction_about_something_else_is_none_here() -> None:
    assert verdict(row("a", PLACE, "urn:kyiv", opposed="b"), row("b", PLACE, "urn:kyiv")) == "same"


@pytest.mark.parametrize(
    ("property", "wider", "expected"),
    [
        (PLACE, {}, Verdict.DIFFER),
        (PLACE, {"urn:kyiv": {"urn:ukraine"}}, Verdict.WIDER),
        (HIT, {}, Verdict.BESIDE),
    ],
)
def test_things_differ_unless_one_holds_the_other_or_each_names_its_own(
    property: str, wider: dict[str, set[str]], expected: Verdict
) -> None:
    rows = (row("a", property, "urn:kyiv"), row("b", property, "urn:ukraine"))

    assert verdict(*rows, wider=wider) == expected


def test_times_are_compared_as_moments() -> None:
    night = {"start": "2026-01-23T22:00:00+02:00", "end": "2026-01-24T02:00:00+02:00"}
    day = {"start": "2026-01-24T00:00:00Z", "end": "2026-01-24T23:59:59Z"}

    assert verdict(row("a", TIME, "t1", **night), row("b", TIME, "t2", **day)) == Verdict.OVERLAP


def test_silence_is_no_difference() -> None:
    comparison = compare([killed("a", "q", **EXACTLY_FIVE), row("b", PLACE, "urn:k")], False, {})

    assert [column.key for column in comparison.columns] == [f"{EVENT} urn:a", f"{EVENT} urn:b"]
    assert [aspect.verdict for aspect in comparison.aspects] == [Verdict.ONE, Verdict.ONE]
    assert [len(cell) for cell in comparison.aspects[0].cells] == [0, 1]


def test_two_voices_in_one_article_are_two_columns_if_asked_for() -> None:
    rows = [
        row(name, KILLED, f"q{name}", **EXACTLY_FIVE, speakerLabel=name) | {"article": "urn:same"}
        for name in ("one", "other")
    ]

    assert [column.heading for column in compare(rows, True, {}).columns] == ["one", "other"]
    assert len(compare(rows, False, {}).columns) == 1


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        (Bounds(4, 4), "4"),
        (Bounds(3, 8, 5), "5 (3–8)"),
        (Bounds(3, 8), "3–8"),
        (Bounds(370, inf, 370, above=True), "> 370"),
        (Bounds(19, inf), "≥ 19"),
        (Bounds(-inf, 6000, 6000, below=True), "< 6000"),
        (Bounds(-inf, inf, 20), "≈ 20"),
    ],
)
def test_a_figure_is_written_with_its_bounds(bounds: Bounds, text: str) -> None:
    assert figure(bounds, lambda number: f"{number:g}") == text
