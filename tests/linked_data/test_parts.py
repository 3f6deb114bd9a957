"""Marks in a text, addresses, languages: what the pages are made of."""

from __future__ import annotations

import pytest

from api.linked_data.addresses import Addresses, split_suffix, to_iri
from api.linked_data.article import Quote, paragraphs
from api.linked_data.documents import ntriples
from api.linked_data.facts import supers
from api.linked_data.language import LANGUAGES, choose_language, messages
from api.linked_data.ontology import nearest, tree
from api.linked_data.sources import after, before
from api.linked_data.triples import Term, Triples
from graph.errors import NotFound
from graph.formats import RDF_FORMATS

ADDRESSES = Addresses("https://w3id.org/polemos/", "/under")


def quote(number: int, start: int, end: int) -> Quote:
    return Quote(number, start, end, f"claim:{number}", f"passage:{number}")


def test_overlapping_quotes_share_segments() -> None:
    (paragraph,) = paragraphs("abcdefgh", [quote(1, 1, 5), quote(2, 3, 7), quote(3, 3, 5)])

    assert [(each.text, [one.number for one in each.quotes]) for each in paragraph.segments] == [
        ("a", []),
        ("bc", [1]),
        ("de", [1, 2, 3]),
        ("fg", [2]),
        ("h", []),
    ]
    assert [[one.number for one in each.ends] for each in paragraph.segments] == [
        [],
        [],
        [1, 3],
        [2],
        [],
    ]


@pytest.mark.parametrize(
    ("prefix", "suffix"),
    [("", ""), ("short before ", " short after"), ("a" * 32, "b" * 32)],
)
def test_words_around_a_quote_stay_whole(prefix: str, suffix: str) -> None:
    assert (before(prefix), after(suffix)) == (prefix, suffix)


def test_words_that_were_cut_are_left_out() -> None:
    assert before("g fires and damaging buildings, ") == "fires and damaging buildings, "
    assert after(" without heat. In Kharkiv, strike") == " without heat. In Kharkiv,"


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    first, second = paragraphs("one two\n\nthree\n", [quote(1, 4, 14)])

    assert [each.text for each in first.segments] == ["one ", "two"]
    assert [each.text for each in second.segments] == ["three"]
    assert [each.number for each in first.quotes] == [1]
    assert second.quotes == ()
    assert second.segments[0].quotes[0].number == 1


@pytest.mark.parametrize(
    ("iri", "page", "turtle"),
    [
        ("id/actor/nato", "/under/page/actor/nato", "/under/data/actor/nato.ttl"),
        ("ontology", "/under/ontology", "/under/ontology.ttl"),
        ("ontology#Attack", "/under/ontology/Attack", "/under/ontology/Attack.ttl"),
        ("shapes#Attack", "/under/shapes/Attack", "/under/shapes/Attack.ttl"),
        ("alignment/prov", "/under/alignment/prov", "/under/alignment/prov.ttl"),
        ("id/region/Ї", "/under/page/region/%D0%87", "/under/data/region/%D0%87.ttl"),
        ("id/a%20b", "/under/page/a%20b", "/under/data/a%20b.ttl"),
    ],
)  # fmt: skip
def test_an_iri_has_its_addresses(iri: str, page: str, turtle: str) -> None:
    resource = ADDRESSES.resource(ADDRESSES.base + iri)

    assert resource is not None
    assert resource.iri == ADDRESSES.base + iri
    assert (resource.page, resource.document(RDF_FORMATS["turtle"])) == (page, turtle)


@pytest.mark.parametrize(
    "iri", ["https://example.org/x", "https://w3id.org/polemos/", "https://w3id.org/polemos/id/"]
)
def test_other_iris_have_none(iri: str) -> None:
    assert ADDRESSES.resource(iri) is None


@pytest.mark.parametrize("path", ["a b", "a<b", 'a"b', "a\\b", "a\x00b"])
def test_what_no_iri_can_hold_is_not_found(path: str) -> None:
    with pytest.raises(NotFound):
        to_iri(path)


@pytest.mark.parametrize(
    ("path", "stem", "name"),
    [
        ("actor/nato.ttl", "actor/nato", "turtle"),
        ("actor/v1.0.nq", "actor/v1.0", "nquads"),
        ("actor/v1.0", "actor/v1.0", None),
        (".ttl", ".ttl", None),
    ],
)
def test_a_suffix_names_a_format(path: str, stem: str, name: str | None) -> None:
    found, format = split_suffix(path)

    assert (found, format and format.name) == (stem, name)


@pytest.mark.parametrize(
    ("asked", "accepted", "tag", "chosen"),
    [
        (None, None, "en", False),
        (None, "uk-UA, en;q=0.5", "uk", False),
        (None, "de, fr;q=0.9", "en", False),
        (None, "en;q=0.2, uk;q=0.8", "uk", False),
        (None, "uk;q=0", "en", False),
        (None, "uk;q=much", "en", False),
        ("uk", "en", "uk", True),
        ("xx", "uk", "uk", False),
    ],
)
def test_the_language_is_chosen(
    asked: str | None, accepted: str | None, tag: str, chosen: bool
) -> None:
    language = choose_language(asked, accepted)

    assert (language.tag, language.chosen) == (tag, chosen)


def test_all_languages_have_the_same_words() -> None:
    first, *others = (messages(tag) for tag in LANGUAGES)

    assert all(other.keys() == first.keys() for other in others)


@pytest.mark.parametrize(
    ("iso", "english", "ukrainian"),
    [
        ("2026-01-24", "24 January 2026", "24 січня 2026 року"),
        ("2026-12-01T10:00:00+02:00", "1 December 2026", "1 грудня 2026 року"),
        ("2026-13-01", "2026-13-01", "2026-13-01"),
        ("in January", "in January", "in January"),
    ],
)
def test_dates_are_words(iso: str, english: str, ukrainian: str) -> None:
    assert choose_language("en", None).date(iso) == english
    assert choose_language("uk", None).date(iso) == ukrainian


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Term("uri", "https://a/"), "<https://a/>"),
        (Term("bnode", "b1"), "_:b1"),
        (Term("literal", 'a"b\\c\nd\r'), '"a\\"b\\\\c\\nd\\r"'),
        (Term("literal", "так", "uk"), '"так"@uk'),
        (Term("literal", "1", None, "https://int"), '"1"^^<https://int>'),
    ],
)
def test_terms_are_written_as_ntriples(term: Term, written: str) -> None:
    assert ntriples(term) == written


UP = "https://up"


def triples(*pairs: tuple[str, str]) -> Triples:
    return Triples((Term("uri", one), Term("uri", UP), Term("uri", above)) for one, above in pairs)


def test_a_tree_needs_no_more_than_the_nearest() -> None:
    terms = triples(("c", "b"), ("c", "a"), ("b", "a"), ("d", "d"))

    assert nearest("c", UP, terms) == {"b"}
    (a, d) = tree(["a", "b", "c", "d"], UP, terms, {"c": 3})
    assert (a.iri, a.below[0].iri, a.below[0].below[0].iri) == ("a", "b", "c")
    assert a.below[0].below[0].count == 3
    assert d.iri == "d"


def test_a_circle_of_properties_ends() -> None:
    up = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"
    graph = Triples(
        (Term("uri", one), Term("uri", up), Term("uri", other)) for one, other in ("ab", "ba")
    )

    assert supers("a", graph) == {"a", "b"}
