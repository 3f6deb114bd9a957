"""Each way to break an article, and what the curator is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import prepare, read
from graph.errors import InvalidInput, PolemosError, ValidationFailed
from graph.progress import Steps
from tests.curation import tiny

FACTS = f"articles/{tiny.SLUG}/facts.trig"
TEXT = f"articles/{tiny.SLUG}/text.txt"
WORDS = "It rests on the words “The mayor said that one person died”."

FAULTS: dict[str, tuple[tuple[str, str, str], str]] = {
    "one letter of a quote": (
        (FACTS, "that one person died", "that one persen died"),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the quote “The mayor said that one persen"
        " died” is not in the text. The nearest words are “The mayor said that one person died”:"
        " the quote has “e” where the text has “o”. Copy them from text.txt.",
    ),
    "a quote from elsewhere": (
        (FACTS, "У Києві пролунали вибухи", "Hospitals in the north were struck"),
        "2026-01-01-tiny/facts.trig:26: claim:blasts: the quote “Hospitals in the north were"
        " struck” is not in the text. Nothing in the text is like it. Copy the words from"
        " text.txt.",
    ),
    "a quote that is in the text twice": (
        (FACTS, '"The mayor said that one person died"', '"said"'),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the quote “said” is in the text 2 times:"
        " “…єві пролунали вибухи. The mayor said that one person died on 1 Janua…” and"
        " “…ry. The council, led by J. Doe, said nothing. The world watches.”."
        " Lengthen the quote until it stands there once.",
    ),
    "an empty quote": (
        (FACTS, '"The mayor said that one person died"', '""'),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the quote is empty."
        " Give the exact words of the passage.",
    ),
    "no quote": (
        (FACTS, 'pol:quote "The mayor said that one person died"', 'pol:verbatim "one"'),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the claim has no pol:quote."
        ' Add “pol:quote "the exact words"” to its description.',
    ),
    "no speaker": (
        (
            FACTS,
            "pol:speaker actor:mayor ;\n    pol:modality modality:Rep",
            "pol:modality modality:Rep",
        ),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the claim has no pol:speaker."
        f" Add “pol:speaker actor:…” to its description. {WORDS}",
    ),
    "two modalities": (
        (FACTS, "modality:Reported ;", "modality:Reported , modality:Asserted ;"),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the claim has 2 values of pol:modality."
        f" Keep one, or make a claim for each. {WORDS}",
    ),
    "another article": (
        (
            FACTS,
            'article:2026-01-01-tiny ;\n    pol:quote "The',
            'article:other ;\n    pol:quote "The',
        ),
        "2026-01-01-tiny/facts.trig:40: claim:killed: the claim is quoted from article:other, which"
        " is not the article of this folder. Write “prov:wasQuotedFrom article:2026-01-01-tiny”."
        f" {WORDS}",
    ),
    "according to another claim": (
        (FACTS, "pol:accordingTo claim:killed", "pol:accordingTo claim:blasts"),
        "2026-01-01-tiny/facts.trig:40: claim:killed: quantity:blasts-killed is pol:accordingTo"
        " claim:blasts, but stands in the graph of claim:killed. Name the claim in whose graph it"
        f" stands. {WORDS}",
    ),
    "a claim graph without description": (
        (FACTS, "passage:world a", "claim:third { event:blasts a pol:Event . }\npassage:world a"),
        "2026-01-01-tiny/facts.trig:16: claim:third: the claim graph has no description."
        " Add “claim:third a pol:Claim ; pol:speaker … .” outside its braces.",
    ),
    "a description without claim graph": (
        (
            FACTS,
            "claim:killed a pol:Claim",
            'claim:third a pol:Claim ; pol:speaker actor:mayor ; pol:modality modality:Asserted ;'
            ' prov:wasQuotedFrom article:2026-01-01-tiny ; pol:quote "The mayor" .\n'
            "claim:killed a pol:Claim",
        ),
        "2026-01-01-tiny/facts.trig:40: claim:third: the claim states nothing. Add “claim:third { …"
        " }” with the triples the passage states. It rests on the words “The mayor”.",
    ),
    "a claim named under another": (
        (FACTS, "claim:killed", "claim:dead\\/killed"),
        "2026-01-01-tiny/facts.trig: claim:killed: a claim of this article is named otherwise. Put"
        f" it right under <https://w3id.org/polemos/id/claim/2026-01-01-tiny/>. {WORDS}",
    ),
    "a graph without a name": (
        (FACTS, "passage:world a", "_:g { event:blasts a pol:Event . }\npassage:world a"),
        "2026-01-01-tiny/facts.trig: article:2026-01-01-tiny: a graph has a blank node for its"
        " name. Give it the IRI of its claim.",
    ),
    "no article": (
        (FACTS, "tiny a pol:Article ;", "tiny a pol:Actor ;"),
        "2026-01-01-tiny/facts.trig: article:2026-01-01-tiny: the article is not described."
        " Add “article:2026-01-01-tiny a pol:Article ; …” outside the claims.",
    ),
    "two articles": (
        (FACTS, "passage:world a", "article:other a pol:Article .\npassage:world a"),
        "2026-01-01-tiny/facts.trig:16: article:other: a folder holds one article, this one"
        " article:2026-01-01-tiny. Give the other its own folder.",
    ),
    "a passage without fact or reason": (
        (FACTS, 'pol:reason "A remark that', 'pol:verbatim "A remark that'),
        "2026-01-01-tiny/facts.trig:16: passage:world: a passage without fact has one pol:quote and"
        " a pol:reason. Add what is missing.",
    ),
    "a passage that the article does not name": (
        (FACTS, "pol:Article ;\n    pol:withoutFact passage:world .", "pol:Article ."),
        "2026-01-01-tiny/facts.trig:15: passage:world: the article does not name it."
        " Add “article:2026-01-01-tiny pol:withoutFact passage:world .”",
    ),
    "a date upside down": (
        (FACTS, '"2026-01-01T23', '"2025-12-31T23'),
        "2026-01-01-tiny/facts.trig:21: event:blasts in claim:blasts: The event ends before it"
        " begins. Swap pol:earliestStart and pol:latestEnd, or mend one. It rests on the words"
        " “У Києві пролунали вибухи”.",
    ),
    "an unknown code": (
        (FACTS, "modality:Reported ", "modality:Reportd "),
        "2026-01-01-tiny/facts.trig:40: claim:killed: pol:modality names modality:Reportd, which"
        " nothing describes. Describe it, or mend the name. Did you mean modality:Reported?"
        f" {WORDS}",
    ),
    "an unknown property": (
        (FACTS, "pol:killed", "pol:kiled"),
        "2026-01-01-tiny/facts.trig:33: event:blasts in claim:killed: there is no property"
        " pol:kiled in the ontology. Mend the name. Did you mean pol:killed?"
        f" {WORDS}",
    ),
    "an unknown class": (
        (FACTS, "pol:DroneAttack ;\n        pol:killed", "pol:Atack ;\n        pol:killed"),
        "2026-01-01-tiny/facts.trig:33: event:blasts in claim:killed: there is no class pol:Atack"
        f" in the ontology. Mend the name. Did you mean pol:Attack? {WORDS}",
    ),
    "a misspelt subject": (
        (FACTS, "event:blasts a pol:DroneAttack ;\n        pol:killed", "event:blast pol:killed"),
        "2026-01-01-tiny/facts.trig:33: event:blast in claim:killed: nothing says what it is. Give"
        f" it a class, or mend the name. Did you mean event:blasts? {WORDS}",
    ),
    "a text where a link should be": (
        ("reference/actors.ttl", "a pol:Person ;", 'a pol:Person ; pol:wikidata "Q1" ;'),
        "reference/actors.ttl:5: actor:mayor: The link is not that of an item. Write it as wd:Q1.",
    ),
    "a link to something else": (
        ("reference/actors.ttl", "a pol:Person ;", "a pol:Person ; pol:wikidata <http://q/1> ;"),
        "reference/actors.ttl:5: <http://q/1>: The link is not that of an item. Write it as wd:Q1.",
    ),
    "a misspelt reference entity": (
        ("reference/actors.ttl", "actor:mayor a pol:Person", "actor:mayor a pol:Persn"),
        "reference/actors.ttl:5: actor:mayor: there is no class pol:Persn in the ontology."
        " Mend the name. Did you mean pol:Person?",
    ),
}  # fmt: skip

UNREADABLE: dict[str, tuple[tuple[str, str, str], str]] = {
    "broken TriG": (
        (FACTS, "pol:killed quantity:blasts-killed .", "pol:killed quantity:blasts-killed"),
        "2026-01-01-tiny/facts.trig:35:5: A '}' or a '.' is expected at the end of a graph"
        " block."
        " Mend the file at this line and column; the cause may stand just before it.",
    ),
    "an undeclared prefix": (
        (FACTS, "PREFIX xsd:", "PREFIX xs:"),
        "2026-01-01-tiny/facts.trig:23:51: The prefix xsd: has not been declared."
        " Mend the file at this line and column; the cause may stand just before it.",
    ),
    "blank nodes in a circle": (
        (
            FACTS,
            "passage:world a",
            "_:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a .\npassage:world a",
        ),
        "2026-01-01-tiny/facts.trig: blank nodes refer to each other in a circle, or too deep."
        " Give one of them an IRI.",
    ),
    "a broken shape": (
        ("ontology/shapes/event.ttl", "sh:minCount 1", 'sh:minCount "one"'),
        "A SHACL shape is wrong. MinCountConstraintComponent sh:minCount must be a literal with"
        " datatype xsd:integer. For reference, see"
        " https://www.w3.org/TR/shacl/#MinCountConstraintComponent Mend the shape.",
    ),
}  # fmt: skip


def built(folder: Path, *edits: tuple[str, str, str]) -> None:
    steps = Steps()
    prepare(read(tiny.copied(folder, *edits), steps), steps)


@pytest.mark.parametrize(("edit", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(
    edit: tuple[str, str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(ValidationFailed) as failed:
        built(tmp_path, edit)

    assert failed.value.findings == (told,)
    assert str(failed.value) == (
        "1 fault in the facts; nothing was published. Mend what is named below."
    )


@pytest.mark.parametrize(("edit", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_place(
    edit: tuple[str, str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as failed:
        built(tmp_path, edit)

    assert str(failed.value) == told


def test_the_faults_of_all_articles_are_told_at_once(tmp_path: Path) -> None:
    sources = tiny.copied(tmp_path, (FACTS, "that one person", "that two persons"))
    first = sources.articles / tiny.SLUG
    second = sources.articles / "2026-01-02-tiny"
    second.mkdir()
    for file in first.iterdir():
        words = file.read_text("utf-8").replace("2026-01-01-tiny", "2026-01-02-tiny")
        (second / file.name).write_text(words, "utf-8")

    steps = Steps()
    with pytest.raises(ValidationFailed) as failed:
        read(sources, steps)

    assert [finding.partition(": the quote")[0] for finding in failed.value.findings] == [
        "2026-01-01-tiny/facts.trig:40: claim:killed",
        "2026-01-02-tiny/facts.trig:40: claim:killed",
    ]


def test_a_text_that_is_not_utf_8(tmp_path: Path) -> None:
    sources = tiny.copied(tmp_path)
    (sources.articles / tiny.SLUG / "text.txt").write_bytes("Київ".encode("cp1251"))

    with pytest.raises(InvalidInput) as failed:
        read(sources, Steps())

    assert str(failed.value) == (
        "2026-01-01-tiny/text.txt is not UTF-8 at byte 0. Save the file as UTF-8."
    )


def test_a_folder_without_text(tmp_path: Path) -> None:
    sources = tiny.copied(tmp_path)
    (sources.articles / tiny.SLUG / "text.txt").unlink()

    with pytest.raises(InvalidInput) as failed:
        read(sources, Steps())

    assert str(failed.value) == "There is no file 2026-01-01-tiny/text.txt. Add it."


def test_a_folder_with_another_name(tmp_path: Path) -> None:
    sources = tiny.copied(tmp_path)
    (sources.articles / "kyiv").mkdir()

    with pytest.raises(InvalidInput) as failed:
        read(sources, Steps())

    assert str(failed.value) == (
        "An article's folder is named by date and words, not “kyiv”."
        " Name it like 2026-01-24-kyiv-kharkiv."
    )


def test_no_shapes_to_validate_with(tmp_path: Path) -> None:
    sources = tiny.copied(tmp_path)
    for file in sources.shapes:
        file.unlink()

    with pytest.raises(PolemosError, match=r"^There are no shapes in .*shapes\. Add them\.$"):
        read(sources, Steps())
