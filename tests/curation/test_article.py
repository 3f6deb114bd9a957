"""What is read from the tiny article, and what its words become in the graph."""

from __future__ import annotations

import pyoxigraph as ox

from graph.article import read_article
from graph.coverage import SentenceCoverage, coverage
from graph.turtle import read_rdf
from graph.vocabulary import OA, POL, entity
from tests.curation import tiny

ARTICLE = read_article(tiny.DATA / "articles" / tiny.SLUG)
CLAIMS = "https://w3id.org/polemos/id/claim/2026-01-01-tiny"


def test_the_claims_of_an_article() -> None:
    assert [(each.name, each.line, each.speaker, each.quote) for each in ARTICLE.claims] == [
        ("blasts", 26, "https://w3id.org/polemos/id/actor/mayor", "У Києві пролунали вибухи"),
        (
            "killed",
            40,
            "https://w3id.org/polemos/id/actor/mayor",
            "The mayor said that one person died",
        ),
    ]


def test_positions_count_code_points_behind_an_emoji_and_cyrillic() -> None:
    """Web Annotation Data Model, 4.2.5: code points, neither bytes nor UTF-16 units."""
    assert [(each.start, each.end, each.prefix, each.suffix) for each in ARTICLE.passages] == [
        (2, 26, "🕯 ", ". The mayor said that one person"),
        (28, 63, "🕯 У Києві пролунали вибухи. ", " on 1 January.\nThe council, led "),
        (120, 138, "l, led by J. Doe, said nothing. ", "\n"),
    ]
    assert ARTICLE.text[28:63] == "The mayor said that one person died"
    assert len(ARTICLE.text[:28].encode("utf-8")) == 52
    assert len(ARTICLE.text[:28].encode("utf-16-le")) // 2 == 29


def test_a_passage_as_a_web_annotation() -> None:
    node = entity("passage", "2026-01-01-tiny/killed")
    position = ox.NamedNode(f"{node.value}/position")
    quote = ox.NamedNode(f"{node.value}/quote")

    values = {(quad.subject, quad.predicate, str(quad.object)) for quad in ARTICLE.quads}

    count = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert {
        (ox.NamedNode(f"{CLAIMS}/killed"), POL.evidence, str(node)),
        (node, OA.hasSource, str(entity("article", "2026-01-01-tiny"))),
        (node, OA.hasSelector, str(position)),
        (node, OA.hasSelector, str(quote)),
        (position, OA.start, f'"28"{count}'),
        (position, OA.end, f'"63"{count}'),
        (quote, OA.exact, '"The mayor said that one person died"'),
        (quote, OA.prefix, '"🕯 У Києві пролунали вибухи. "'),
        (quote, OA.suffix, '" on 1 January.\\nThe council, led "'),
    } <= values


def test_coverage_gives_each_sentence_its_claims_or_its_reason() -> None:
    assert coverage(ARTICLE) == (
        SentenceCoverage(0, 27, "🕯 У Києві пролунали вибухи.", (f"{CLAIMS}/blasts",), ()),
        SentenceCoverage(
            28,
            77,
            "The mayor said that one person died on 1 January.",
            (f"{CLAIMS}/killed",),
            (),
        ),
        SentenceCoverage(78, 119, "The council, led by J. Doe, said nothing.", (), ()),
        SentenceCoverage(
            120,
            138,
            "The world watches.",
            (),
            ("A remark that states nothing that could be checked.",),
        ),
    )
    assert [sentence.explained for sentence in coverage(ARTICLE)] == [True, True, False, True]


def test_lines_of_names_written_in_full() -> None:
    file = read_rdf(tiny.DATA / "articles" / tiny.SLUG / "facts.trig")

    assert file.graph_line(f"{CLAIMS}/killed") == 32
    assert file.description_line(f"{CLAIMS}/killed") == 40
    assert file.description_line("https://w3id.org/polemos/id/event/blasts") == 21
    assert (
        file.description_line("https://w3id.org/polemos/id/event/blasts", f"{CLAIMS}/killed") == 33
    )
    assert file.description_line("https://w3id.org/polemos/id/event/other") is None
