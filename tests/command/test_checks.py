"""The commands of a curator: validate, reason, article check."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.files import ARTICLES, REFERENCE
from tests.command.running import polemos
from tests.command.test_build import SLUG, change, copied_articles

WRONG = Path(__file__).parent / "wrong.ttl"


def test_the_facts_that_come_with_polemos_break_no_shape() -> None:
    ran = polemos("validate")

    assert ran.code == 0
    assert ran.lines[-1].endswith("of them 0 violations.")


def test_a_file_of_facts_is_held_against_the_shapes() -> None:
    ran = polemos("validate", WRONG)

    rows = [[cell.strip() for cell in line.split("│")] for line in ran.lines if "│" in line]
    assert ran.code == 1
    assert [
        "Violation",
        "command/wrong.ttl:8",
        "event:strike",
        "pol:place names region:kiev, which nothing describes. Describe it, or mend the name."
        " Did you mean region:kyiv?",
    ] in rows


def test_findings_on_other_files_are_left_out() -> None:
    ran = polemos("validate", REFERENCE / "weapons.ttl")

    assert (ran.code, ran.lines) == (0, ["0 findings, of them 0 violations."])


def test_a_file_that_does_not_parse_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "facts.ttl"
    file.write_text("<urn:a> <urn:b> .", "utf-8")

    ran = polemos("validate", file)

    assert ran.code == 1
    assert ran.errors.startswith(f"{tmp_path.name}/facts.ttl:1:17: ")


@pytest.mark.parametrize("command", ["validate", "reason"])
def test_a_file_of_no_known_ending_is_refused(command: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.docx"
    file.touch()

    ran = polemos(command, file)

    assert (ran.code, ran.errors) == (
        2,
        "facts.docx has none of the endings .ttl, .nt, .rdf, .jsonld, .trig, .nq. Rename it.\n",
    )


def test_ontology_and_facts_can_be_true_together() -> None:
    ran = polemos("reason")

    assert ran.code == 0
    assert ran.lines[0].startswith("Consistent: ")


def test_a_contradiction_is_found_and_named() -> None:
    ran = polemos("reason", WRONG)

    assert ran.code == 1
    assert ran.lines[0].startswith("Inconsistent: ")
    assert (
        "  - event:talks is both pol:Attack and pol:Negotiation, which exclude each other."
        in ran.lines
    )


def test_each_sentence_is_shown_with_its_claims_or_the_reason_for_none() -> None:
    ran = polemos("article", "check", ARTICLES / SLUG)

    sentence = ran.lines.index(
        "Kyiv Mayor Vitali Klitschko reported one fatality and four injuries, with debris causing"
        " fires and damaging buildings, leaving nearly 6,000 apartment blocks without heat."
    )
    assert ran.code == 0
    assert "    claim:killed-in-kyiv" in ran.lines[sentence + 1 :]
    assert (
        "    no fact: A general remark: it names no actor, event or figure that could be checked."
        in ran.lines
    )
    assert ran.lines[-1] == "55 claims on 19 sentences; every sentence is explained."


def test_a_sentence_without_claim_or_reason_fails_the_check(tmp_path: Path) -> None:
    folder = copied_articles(tmp_path) / SLUG
    with (folder / "text.txt").open("a", encoding="utf-8") as text:
        text.write("\nA sentence that was overlooked.\n")

    ran = polemos("article", "check", folder)

    assert ran.code == 1
    assert ran.errors == (
        "1 sentence with neither claim nor reason. Quote a part of each in a claim, or in a"
        " pol:PassageWithoutFact with the reason.\n  - A sentence that was overlooked.\n"
    )


def test_an_article_of_ones_own_is_checked_beside_the_others(tmp_path: Path) -> None:
    folder = copied_articles(tmp_path) / SLUG
    change(folder / "facts.trig", "reported one fatality", "reported two fatalities")

    ran = polemos("article", "check", folder)

    assert ran.code == 1
    assert f"{SLUG}/facts.trig:246: claim:killed-in-kyiv: the quote" in ran.errors
