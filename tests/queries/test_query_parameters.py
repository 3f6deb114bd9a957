"""Values of parameters: from texts to terms, and the words said where a text is none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput
from graph.parameters import TYPES, Parameter
from graph.queries import find_query
from tests.queries.article_graph import article_graph, ask

XSD = "<http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("type", "text", "term"),
    [
        ("iri", "region:kyiv", "<https://w3id.org/polemos/id/region/kyiv>"),
        ("iri", "pol:Attack", "<https://w3id.org/polemos/ontology#Attack>"),
        ("iri", "wd:Q1899", "<http://www.wikidata.org/entity/Q1899>"),
        ("iri", "claim:a-report/a-claim", "<https://w3id.org/polemos/id/claim/a-report/a-claim>"),
        ("iri", "https://example.org/a?b=c#d", "<https://example.org/a?b=c#d>"),
        ("iri", "<https://example.org/>", "<https://example.org/>"),
        ("iri", "urn:isbn:0451450523", "<urn:isbn:0451450523>"),
        ("iri", "region:київ", "<https://w3id.org/polemos/id/region/київ>"),
        ("string", "", '""'),
        ("string", 'a "quoted" word\n} # ?x', '"a \\"quoted\\" word\\n} # ?x"'),
        ("integer", "24", f'"24"^^{XSD}integer>'),
        ("integer", "-1", f'"-1"^^{XSD}integer>'),
        ("decimal", "0.5", f'"0.5"^^{XSD}decimal>'),
        ("date", "2024-02-29", f'"2024-02-29"^^{XSD}date>'),
        ("dateTime", "2026-01-24T12:00:00Z", f'"2026-01-24T12:00:00Z"^^{XSD}dateTime>'),
        ("dateTime", "2026-01-24T12:00:00+02:00", f'"2026-01-24T12:00:00+02:00"^^{XSD}dateTime>'),
        ("language", "uk", '"uk"'),
        ("language", "EN-gb", '"en-gb"'),
    ],
)
def test_a_text_becomes_a_term(type: str, text: str, term: str) -> None:
    assert str(Parameter("value", TYPES[type], "A value.").term(text)) == term


@pytest.mark.parametrize(
    ("type", "text", "message"),
    [
        (
            "iri",
            "kyiv",
            "The parameter value takes an IRI, in full or with a prefix, not “kyiv”."
            " It has no prefix. Write it like region:kyiv.",
        ),
        (
            "iri",
            "regoin:kyiv",
            "The parameter value takes an IRI, in full or with a prefix, not “regoin:kyiv”."
            " The prefix “regoin” is not known. Did you mean region? Write it like region:kyiv.",
        ),
        (
            "iri",
            "region:kyiv> } #",
            "The parameter value takes an IRI, in full or with a prefix, not “region:kyiv> } #”."
            " It is no valid IRI (RFC 3987). Write it like region:kyiv.",
        ),
        (
            "integer",
            "24h",
            "The parameter value takes a whole number of at most 18 digits, not “24h”."
            " Write it like 24.",
        ),
        (
            "integer",
            "٢٤",
            "The parameter value takes a whole number of at most 18 digits, not “٢٤”."
            " Write it like 24.",
        ),
        (
            "integer",
            "1" * 100,
            f"The parameter value takes a whole number of at most 18 digits, not “{'1' * 80}…”."
            " Write it like 24.",
        ),
        (
            "decimal",
            "1e3",
            "The parameter value takes a decimal number, not “1e3”. Write it like 0.5.",
        ),
        (
            "date",
            "2026-02-30",
            "The parameter value takes a day, not “2026-02-30”. There is no such day."
            " Write it like 2026-01-24.",
        ),
        (
            "date",
            "24.1.2026",
            "The parameter value takes a day, not “24.1.2026”. Write it like 2026-01-24.",
        ),
        (
            "dateTime",
            "2026-01-24T12:00:00",
            "The parameter value takes a moment, not “2026-01-24T12:00:00”. It does not say how"
            " far from UTC it is. Write it like 2026-01-24T12:00:00+02:00.",
        ),
        (
            "dateTime",
            "2026-01-24T25:00:00Z",
            "The parameter value takes a moment, not “2026-01-24T25:00:00Z”. There is no such"
            " moment. Write it like 2026-01-24T12:00:00+02:00.",
        ),
        (
            "language",
            "en\nFR",
            "The parameter value takes a language tag (BCP 47), not “en\\nFR”. Write it like en.",
        ),
        (
            "string",
            "a\udcff",
            "The parameter value takes a text, not “a\\udcff”. It holds half a character (a"
            " surrogate). Write it like Donbas.",
        ),
    ],
)
def test_a_text_that_is_no_value_is_refused_in_words(type: str, text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        Parameter("value", TYPES[type], "A value.").term(text)

    assert str(raised.value) == message


@given(st.sampled_from(sorted(TYPES)), st.text(st.characters()))
def test_any_text_is_a_term_or_refused(type: str, text: str) -> None:
    try:
        term = Parameter("value", TYPES[type], "A value.").term(text)
    except InvalidInput:
        return

    (quad,) = ox.parse(f"<urn:s> <urn:p> {term} .", ox.RdfFormat.N_TRIPLES)
    assert quad.object == term


def test_an_unknown_parameter_is_named_with_the_closest() -> None:
    with pytest.raises(InvalidInput) as raised:
        find_query("figures").bindings({"places": "region:kyiv"})

    assert str(raised.value) == (
        "The query figures has no parameter “places”. It takes partOf, place, asOf, language."
        " Did you mean place?"
    )


def test_defaults_fill_in_and_the_rest_stays_unbound() -> None:
    bindings = find_query("attacks-near-negotiations").bindings({"language": "uk"})

    assert {name: str(term) for name, term in bindings.items()} == {
        "hours": f'"24"^^{XSD}integer>',
        "language": '"uk"',
    }


@pytest.mark.parametrize(
    "words",
    ['" . } #', "'); DROP ALL", "} UNION { ?s ?p ?o } #", "\\", "\\u0022", "?quote", "<x>", "🕊"],
)
def test_whatever_a_text_holds_it_is_only_looked_for(words: str) -> None:
    assert ask(article_graph(), find_query("passages-with-words"), {"words": words}) == []


@pytest.mark.parametrize(
    ("name", "values", "column", "found"),
    [
        ("figures", {"place": "region:kharkiv-oblast"}, "verbatim",
         ["at least 19 individuals", "including a child"]),
        ("figures", {"partOf": "event:2026-01-24-assault", "place": "region:kyiv"}, "verbatim",
         ["four injuries", "one fatality", "nearly 6,000 apartment blocks"]),
        ("figures", {"partOf": "event:2026-01-abu-dhabi-talks"}, "verbatim", []),
        ("figures", {"asOf": "2026-01-23"}, "verbatim", []),
        ("figures", {"asOf": "2026-01-24", "place": "region:kharkiv"}, "date",
         ["2026-01-24", "2026-01-24"]),
        ("one-sided-figures", {"partOf": "event:2026-01-24-kharkiv-strike"}, "verbatim", []),
        ("attacks-near-negotiations", {"hours": "38"}, "verdict",
         ["certain", "certain", "certain"]),
        ("attacks-near-negotiations", {"hours": "37"}, "verdict",
         ["possible", "possible", "possible"]),
        ("who-negotiated", {"negotiation": "event:2026-01-abu-dhabi-first-day"}, "actorLabel",
         ["Delegation of Russia in Abu Dhabi, January 2026",
          "Top military intelligence figures in Russia's team (not named)",
          "Delegation of Ukraine in Abu Dhabi, January 2026",
          "Key negotiators of Ukraine (not named)",
          "Delegation of the United States in Abu Dhabi, January 2026",
          "Jared Kushner", "Steve Witkoff"]),
        ("demands-and-rejections", {"issue": "issue:territorial-disputes"}, "content", []),
        ("shares-of-disputed-region", {"issue": "issue:territorial-disputes"}, "verbatim",
         ["the parts of Donbas still under Ukrainian authority", "parts of Donetsk",
          "most of Luhansk", "about 20% of Ukraine’s internationally recognized territory"]),
        ("territorial-control", {"place": "region:luhansk-oblast"}, "verbatim",
         ["most of Luhansk"]),
        ("statements-by-speaker", {"speaker": "actor:rustem-umerov"}, "quote",
         ["Rustem Umerov, noted that the meeting aimed at a lasting resolution",
          "thanked the US for mediation", "with additional sessions scheduled"]),
        ("statements-about", {"about": "region:donbas"}, "content",
         ["Donbas holds strategic economic and symbolic value."]),
        ("events-on-a-map", {"place": "region:united-arab-emirates"}, "eventLabel",
         ["Trilateral peace negotiations in Abu Dhabi, January 2026",
          "First day of the talks in Abu Dhabi"]),
        ("network-of-actors", {"actor": "actor:rustem-umerov"}, "toLabel", ["United States"]),
        ("timeline", {"from": "2026-01-24T00:00:00Z"}, "eventLabel",
         ["Conflict over Donbas since 2014",
          "The war that began nearly four years before January 2026",
          "Aerial assault on Ukraine, 24 January 2026", "Strike on Kharkiv, 24 January 2026",
          "Strike on Kyiv, 24 January 2026"]),
        ("timeline", {"until": "2020-01-01T00:00:00Z"}, "eventLabel",
         ["Conflict over Donbas since 2014"]),
        ("claims-of-event", {"event": "event:donbas-flashpoint"}, "quote",
         ["The region has been a flashpoint since 2014"]),
        ("facilities-hit", {"facilityType": "facility:MaternityHospital"}, "quote",
         ["In Kharkiv, strikes hit a maternity hospital"]),
        ("facilities-hit", {"place": "region:kyiv"}, "typeLabel", ["building"]),
        ("targets", {"partOf": "event:2026-01-24-kyiv-strike"}, "target", []),
        ("damage", {"place": "region:kharkiv"}, "kind", []),
        ("harm-totals", {"partOf": "event:2026-01-24-kharkiv-strike"}, "atLeast", ["19"]),
        ("attestation", {"partOf": "event:2026-01-24-kyiv-strike"}, "byAttacked", ["4"]),
        ("labels", {"class": "pol:State", "language": "uk"}, "label",
         ["Росія", "Україна", "Об'єднані Арабські Емірати", "Сполучені Штати Америки"]),
        ("labels", {"class": "pol:City", "language": "fr"}, "label", []),
        ("offices", {"holder": "actor:vitali-klitschko", "language": "uk"}, "officeLabel",
         ["Міський голова Києва"]),
        ("passages-with-words", {"words": "PEACE DEAL"}, "quote",
         ["The Trump administration has been pressuring Ukraine to accept a peace deal"]),
        ("passages-without-fact", {"article": "article:another"}, "quote", []),
    ],
)  # fmt: skip
def test_a_value_narrows_the_answer(
    name: str, values: dict[str, str], column: str, found: list[str]
) -> None:
    answer = ask(article_graph(), find_query(name), values)

    assert [row[column] for row in answer if column in row] == found
