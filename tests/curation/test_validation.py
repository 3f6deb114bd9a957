"""Findings of shapes as data: where they were written, and as quads of the quality graph."""

from __future__ import annotations

from pathlib import Path

from graph.build import check_article, prepare, read
from graph.finding import Finding, Origin, Severity
from graph.progress import Steps
from graph.turtle import read_rdf
from graph.validation import quality_quads
from graph.vocabulary import RDFS
from tests.curation import tiny

FACTS = f"articles/{tiny.SLUG}/facts.trig"
NO_LABEL = (FACTS, '        rdfs:label "blasts in Kyiv"@en ;\n', "")
CLAIM = "https://w3id.org/polemos/id/claim/2026-01-01-tiny/blasts"
WARNING = Finding(
    "The event has no label. Add rdfs:label.",
    "https://w3id.org/polemos/id/event/blasts",
    Origin("2026-01-01-tiny/facts.trig", 21, CLAIM, "У Києві пролунали вибухи"),
    Severity.WARNING,
    RDFS.label,
    None,
    "https://w3id.org/polemos/shapes#Event",
    "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
)


def test_a_warning_is_kept_and_forbids_nothing(tmp_path: Path) -> None:
    steps = Steps()

    prepared = prepare(read(tiny.copied(tmp_path, NO_LABEL), steps), steps)

    assert prepared.findings == (WARNING,)
    assert prepared.counts["warnings"] == 1
    assert set(quality_quads([WARNING])) <= set(prepared.quads)


def test_a_finding_as_quads() -> None:
    report = read_rdf(Path(__file__).parent / "expected" / "quality.trig")

    assert set(quality_quads([WARNING])) == set(report.quads)


def test_a_fact_that_no_claim_states_is_a_warning(tmp_path: Path) -> None:
    edit = (FACTS, "passage:world a", "event:blasts pol:pointValue 3 .\npassage:world a")

    check = check_article((sources := tiny.copied(tmp_path, edit)).articles / tiny.SLUG, sources)

    assert [str(finding) for finding in check.findings] == [
        "2026-01-01-tiny/facts.trig:16: event:blasts: no claim states its pol:pointValue."
        " Move it into the graph of one."
    ]


def test_the_check_of_an_article_names_the_sentences_left_out() -> None:
    check = check_article(tiny.DATA / "articles" / tiny.SLUG, tiny.sources())

    assert [each.text for each in check.unexplained] == [
        "The council, led by J. Doe, said nothing."
    ]
    assert check.findings == ()


def test_an_article_outside_of_the_sources_is_checked_among_the_others(tmp_path: Path) -> None:
    edited = tiny.copied(tmp_path, NO_LABEL)

    check = check_article(edited.articles / tiny.SLUG, tiny.sources())

    assert check.findings == (WARNING,)
