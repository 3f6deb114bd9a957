from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.reconciliation.likeness import In, likeness
from graph.reconciliation.names import acronyms, loose, spelled
from graph.reconciliation.transliteration import latin

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(("text", "readings"), rows("transliterations.csv"))
def test_cyrillic_is_read_as_the_tables_say(text: str, readings: str) -> None:
    assert latin(text.lower()) == tuple(readings.split("|"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zełenski", "zelenski"),
        ("KYIV (city)", "kyiv city"),
        ("U.S.", "us"),
        ("U. S. A.", "usa"),
        ("Об'єднані Арабські Емірати", "обєднані арабські емірати"),
        ("Об’єднані", "обєднані"),
        ("Харків", "харків"),
        ("Trump, Donald J.", "trump donald j"),
        ("Bogotá", "bogota"),
        ("\u0415\u0308лка", "ёлка"),
        ("", ""),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    assert spelled(text).folded == folded


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("zelenski", "zelensky zelenskyy zelenskiy zelenskyj zelenskij zelenski zelenskyi"),
        ("harkiv", "kharkiv charkiw harkiv"),
        ("klihko", "klitschko klichko klytchko"),
        ("oblast", "oblast region province"),
        ("2026", "2026"),
    ],
)
def test_romanisations_meet_in_one_loose_spelling(key: str, words: str) -> None:
    assert {loose(word) for word in words.split()} == {key}


def test_an_acronym_has_the_first_letters_with_and_without_slight_words() -> None:
    assert acronyms("United States of America") == ("usoa", "usa")
    assert acronyms("Сполучені Штати Америки") == ("сша",)
    assert acronyms("Ukraine") == ()


@pytest.mark.parametrize(
    ("asked", "name", "agree", "value"),
    [
        ("kyiv", "Kyiv", In.EXACT, 1.0),
        ("Харьков", "Kharkov", In.TRANSLITERATED, 0.97),
        ("Zelenskyy, Volodymyr", "Volodymyr Zelenskyy", In.WORD_ORDER, 0.96),
        ("Zelenskyj", "Zelenskyy", In.SPELLING, 0.94),
        ("Selenskyj", "Zelensky", In.WORDS, 0.74),
        ("Attack in 2014", "Attack in 2015", In.WORDS, 0.43),
        ("Moscow", "Kyiv", In.WORDS, 0.0),
        ("", "Kyiv", In.WORDS, 0.0),
        ("!?", "Kyiv", In.WORDS, 0.0),
    ],
)
def test_names_are_alike_in_something(asked: str, name: str, agree: In, value: float) -> None:
    found = likeness(spelled(asked), spelled(name))

    assert found.agree is agree
    assert found.value == pytest.approx(value, abs=0.01)
