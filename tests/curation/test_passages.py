"""Quotes against texts: where they stand, and what differs where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.coverage import sentences
from graph.errors import InvalidInput
from graph.passages import Span, locate

TEXT = "Ukraine’s mayor reported one fatality and four injuries,\nwith 6,000 blocks – cold."


def test_a_quote_that_stands_once() -> None:
    assert locate("one fatality", TEXT) == Span(25, 37)


MISQUOTES = {
    "another apostrophe": (
        "Ukraine's mayor",
        "the quote “Ukraine's mayor” is not in the text. The nearest words are “Ukraine’s mayor”:"
        " the quote has “'” (APOSTROPHE) where the text has “’” (RIGHT SINGLE QUOTATION MARK)."
        " Copy them from text.txt.",
    ),
    "another dash": (
        "6,000 blocks - cold",
        "the quote “6,000 blocks - cold” is not in the text. The nearest words are"
        " “6,000 blocks – cold”: the quote has “-” (HYPHEN-MINUS) where the text has “–” (EN DASH)."
        " Copy them from text.txt.",
    ),
    "a space for the end of a line": (
        "four injuries, with",
        "the quote “four injuries, with” is not in the text. The nearest words are “four injuries,"
        "\nwith”: the quote has “ ” (SPACE) where the text has “\n” (U+000A). Copy them from"
        " text.txt.",
    ),
    "a letter too many": (
        "one fatallity and four",
        "the quote “one fatallity and four” is not in the text. The nearest words are"
        " “one fatality and four”: the quote has “l” too many. Copy them from text.txt.",
    ),
    "a word left out": (
        "reported one fatality and injuries",
        "the quote “reported one fatality and injuries” is not in the text. The nearest words are"
        " “reported one fatality and four injuries”: the quote lacks “four ”."
        " Copy them from text.txt.",
    ),
    "a Latin letter for a Cyrillic one": (
        "one fаtality",
        "the quote “one fаtality” is not in the text. The nearest words are “one fatality”: the"
        " quote has “а” (CYRILLIC SMALL LETTER A) where the text has “a”. Copy them from text.txt.",
    ),
}


@pytest.mark.parametrize(("quote", "told"), MISQUOTES.values(), ids=MISQUOTES)
def test_what_differs_is_told_letter_by_letter(quote: str, told: str) -> None:
    with pytest.raises(InvalidInput) as failed:
        locate(quote, TEXT)

    assert str(failed.value) == told


@given(st.text(alphabet="ab ’'\n", max_size=4), st.text(alphabet="ab ’'\n", max_size=80))
def test_whatever_the_quote_it_is_found_once_or_refused(quote: str, text: str) -> None:
    places = [place for place in range(len(text)) if text.startswith(quote, place)]

    if quote.strip() and len(places) == 1:
        assert locate(quote, text) == Span(places[0], places[0] + len(quote))
    else:
        with pytest.raises(InvalidInput):
            locate(quote, text)


@given(st.data())
def test_one_letter_changed_shows_the_very_words(data: st.DataObject) -> None:
    start = data.draw(st.sampled_from([0, 10, 16, 25]))
    quote = TEXT[start : data.draw(st.sampled_from([46, 56, 67]))]
    at = data.draw(st.integers(0, len(quote) - 1))

    with pytest.raises(InvalidInput) as failed:
        locate(f"{quote[:at]}#{quote[at + 1 :]}", TEXT)

    assert f"The nearest words are “{quote}”" in str(failed.value)


def test_a_quote_that_overlaps_itself_stands_twice() -> None:
    with pytest.raises(InvalidInput, match=r"is in the text 2 times"):
        locate("ana", "banana")


def test_sentences_end_neither_at_abbreviations_nor_in_numbers() -> None:
    text = (
        "Mr. J. Smith came at 3.5 p.m. on Monday. “Really?” Gen. Ivanov asked… He left! Київ."
        " Слава.\nA heading\nThe U.S. envoy, e.g. Witkoff, stayed."
    )

    assert [text[span.start : span.end] for span in sentences(text)] == [
        "Mr. J. Smith came at 3.5 p.m. on Monday.",
        "“Really?”",
        "Gen. Ivanov asked…",
        "He left!",
        "Київ.",
        "Слава.",
        "A heading",
        "The U.S. envoy, e.g. Witkoff, stayed.",
    ]
