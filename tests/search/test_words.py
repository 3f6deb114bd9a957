from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.passage import LONGEST, passage
from graph.search.words import Word, fold, stem, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Київ", ["киів"]),
        ("КИЇВ", ["киів"]),
        ("п'ять п’ять пʼять", ["пять", "пять", "пять"]),
        ("Ukraine’s Kyiv's", ["ukraine", "kyiv"]),
        ("Bogotá, Łódź; STRASSE straße", ["bogota", "lodz", "strasse", "strasse"]),
        ("COVID-19: 2,000 (more)", ["covid", "19", "2", "000", "more"]),
        ("الرِّيَاض", ["الرياض"]),
        ("Кии\u0306в, и\u0306од", ["киив", "иод"]),
        ("हिन्दी", ["हिनदी"]),
        ("'' _ -- …", []),
    ],
)
def test_words_are_folded(text: str, folded: list[str]) -> None:
    assert [word.folded for word in words(text)] == folded


@pytest.mark.parametrize(
    ("word", "language", "stemmed"),
    [
        ("strikes", "en", "strike"),
        ("strikes", "en-GB", "strike"),
        ("strikes", "", "strike"),
        ("переговоры", "ru", "переговор"),
        ("переговори", "uk", "переговори"),
        ("переговори", "", "переговори"),
    ],
)
def test_endings_are_taken_off_where_they_are_known(word: str, language: str, stemmed: str) -> None:
    assert stem(word, language) == stemmed


@given(st.text())
def test_a_folded_word_has_letters_and_digits_alone(text: str) -> None:
    for word in words(text):
        assert '"' not in word.folded
        assert text[word.start : word.end]
        assert fold(text[word.start : word.end]) == word.folded


def is_war(word: Word) -> bool:
    return word.folded == "war"


def test_a_short_text_is_shown_whole_with_its_marks() -> None:
    shown = passage("The war, before the War.", is_war)

    assert shown == ("The war, before the War.", ((4, 7), (20, 23)))


def test_of_a_long_text_the_part_around_the_word_is_shown() -> None:
    shown = passage("peace " * 100 + "war " + "peace " * 100, is_war)

    assert shown.text.startswith("… peace ")
    assert shown.text.endswith("peace …")
    assert [shown.text[start:end] for start, end in shown.marks] == ["war"]


@given(st.text(), st.text())
def test_marks_are_where_the_words_are(before: str, after: str) -> None:
    shown = passage(f"{before * 9} war {after * 99}", is_war)

    assert len(shown.text) <= LONGEST + 4
    assert shown.marks
    assert {fold(shown.text[start:end]) for start, end in shown.marks} == {"war"}
