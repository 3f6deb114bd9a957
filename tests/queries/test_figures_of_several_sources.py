"""Figures, sides and times where sources differ: small synthetic graphs, beyond the article."""

from __future__ import annotations

import pytest

from graph.queries import find_query
from tests.queries.article_graph import ask, small_graph

RIVALS = """
event:assault a pol:Attack .
event:raid a pol:Attack ; pol:partOf event:assault .
event:blast a pol:Attack ; pol:partOf event:raid .
event:raid pol:killed quantity:by-one , quantity:by-another .
quantity:by-one pol:unit unit:Person ; pol:lowerBound 3 ; pol:upperBound 3 .
quantity:by-another pol:unit unit:Person ;
    pol:lowerBound 5 ; pol:lowerInclusive false ; pol:upperBound 9 .
"""
SIDES = """
event:raid a pol:Attack ; pol:killed quantity:killed ;
    pol:participation [ pol:participant actor:north ; pol:role role:Attacker ] ,
        [ pol:participant actor:south ; pol:role role:Target ] .
quantity:killed a pol:ReportedQuantity ; pol:verbatim "three" ; pol:accordingTo claim:one .
claim:one a pol:Claim ; pol:speaker actor:mayor ; pol:quote "three killed" .
actor:mayor pol:affiliation actor:ministry .
actor:ministry pol:affiliation actor:south .
actor:observer a pol:Organisation .
"""


def _totals(trig: str) -> list[str]:
    answer = ask(small_graph(trig), find_query("harm-totals"), {})
    return [
        f"{row['event'].rpartition('/')[2]} {row['kindLabel']}"
        f" {row['atLeast']}..{row['atMost']} of {row['figuresCounted']}"
        for row in answer
    ]


def test_rival_counts_of_one_event_are_spanned_and_not_added() -> None:
    assert _totals(RIVALS) == ["assault killed 3..9 of 2", "raid killed 3..9 of 2"]


def test_categories_of_victims_are_added() -> None:
    victims = "PREFIX victim: <https://w3id.org/polemos/id/victim/>"
    kinds = "quantity:by-one pol:victimCategory victim:Civilian . "

    assert _totals(f"{victims} {RIVALS} {kinds}") == [
        "assault killed 9..12 of 2",
        "raid killed 9..12 of 2",
    ]


def test_an_included_figure_counts_once() -> None:
    included = "quantity:by-one pol:includedIn quantity:by-another . "

    assert _totals(RIVALS + included) == ["assault killed 6..9 of 1", "raid killed 6..9 of 1"]


def test_a_part_is_covered_by_the_figure_of_a_larger_part() -> None:
    blast = """
        event:blast pol:killed quantity:in-blast .
        quantity:in-blast pol:unit unit:Person ; pol:lowerBound 2 ; pol:upperBound 2 .
    """

    assert _totals(RIVALS + blast) == [
        "assault killed 3..9 of 2",
        "blast killed 2..2 of 1",
        "raid killed 3..9 of 2",
    ]


def test_no_bound_is_no_limit() -> None:
    about = "event:raid a pol:Attack ; pol:injured quantity:q . quantity:q pol:pointValue 20 ."

    assert _totals(about) == ["raid injured 0..INF of 1"]


@pytest.mark.parametrize(
    ("more", "sides"),
    [
        ("", ["south"]),
        # The outlet gives the figure too, in its own voice.
        ("quantity:killed pol:accordingTo claim:two . claim:two pol:speaker actor:observer .", []),
        # An independent voice supports the claim.
        ("claim:two pol:corroborates claim:one ; pol:speaker actor:observer .", []),
        # Somebody of the same side supports it.
        ("claim:two pol:corroborates claim:one ; pol:speaker actor:south .", ["south"]),
        # The other side gives the same figure.
        ("quantity:killed pol:accordingTo claim:two . claim:two pol:speaker actor:north .", []),
        # A row of a dataset gives it, whose speaker is not known.
        ("quantity:killed pol:accordingTo claim:row . claim:row pol:speakerText 'a radio' .", []),
    ],
)
def test_one_other_voice_is_enough(more: str, sides: list[str]) -> None:
    answer = ask(small_graph(f"{SIDES} {more}"), find_query("one-sided-figures"), {})

    assert sorted({row["side"].rpartition("/")[2] for row in answer}) == sides


@pytest.mark.parametrize(
    ("attack", "verdict"),
    [
        ("pol:earliestStart '2026-01-02T04:00:00Z'^^xsd:dateTime ;"
         " pol:latestEnd '2026-01-02T06:00:00Z'^^xsd:dateTime", ["possible P1D"]),
        ("pol:earliestStart '2026-01-01T06:00:00Z'^^xsd:dateTime ;"
         " pol:latestEnd '2026-01-01T08:00:00Z'^^xsd:dateTime", ["certain PT2H"]),
        ("pol:earliestStart '2025-12-31T00:00:00Z'^^xsd:dateTime ;"
         " pol:latestEnd '2025-12-31T02:00:00Z'^^xsd:dateTime", ["possible P1D"]),
        ("pol:earliestStart '2025-12-30T00:00:00Z'^^xsd:dateTime ;"
         " pol:latestEnd '2025-12-31T01:59:59Z'^^xsd:dateTime", []),
        ("pol:earliestStart '2026-01-01T06:00:00Z'^^xsd:dateTime", ["possible"]),
        ("pol:earliestStart '2026-01-04T06:00:00Z'^^xsd:dateTime", []),
    ],
)  # fmt: skip
def test_an_attack_near_talks_is_sure_only_within_all_its_bounds(
    attack: str, verdict: list[str]
) -> None:
    graph = small_graph(f"""
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        event:talks a pol:Negotiation ; pol:time [
            pol:earliestStart '2026-01-01T02:00:00Z'^^xsd:dateTime ;
            pol:latestEnd '2026-01-01T04:00:00Z'^^xsd:dateTime ] .
        event:raid a pol:Attack ; pol:time [ {attack} ] .
    """)

    answer = ask(graph, find_query("attacks-near-negotiations"), {"hours": "24"})

    assert [f"{row['verdict']} {row.get('leastApart', '')}".strip() for row in answer] == verdict
