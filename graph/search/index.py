"""Finding entities by words in a version's index, which is made where it is missing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import graph
from graph.errors import EngineFailed, InvalidInput, LimitReached
from graph.search.passage import Passage, passage
from graph.search.words import Word, stem, words

FORMAT = 1
"""Raised when the index changes its form: indexes of other forms are passed over."""
MOST_WORDS = 20
_PATIENCE = 20.0
"""Seconds to wait for an index that is being made."""
_RETRY_AFTER = 5
_STEPS = 10_000
"""Of SQLite's machine, between two looks at the clock."""
_SQL = {
    name: (Path(__file__).parent / f"{name}.sql").read_text("utf-8")
    for name in ("found", "described")
}


@dataclass(frozen=True, slots=True)
class Search:
    """What to find: words, of which the last may be incomplete; "" where nothing is asked for."""

    words: str
    language: str = ""
    """Texts in this language, and those whose language is not said."""
    class_: str = ""
    """An IRI; instances of its subclasses are its instances too."""
    limit: int = 20
    offset: int = 0
    """How many of the best are passed over."""
    labels: str = ""
    """The language of the labels that are given; where nothing is said, that of the texts."""
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, and its text that matches best."""

    iri: str
    label: str
    """In the language asked for, else in English, else in any; the IRI where it has none."""
    classes: tuple[str, ...]
    property: str
    """Local name of the property whose value the text is."""
    language: str
    passage: Passage
    score: float
    """Higher is better; comparable within one answer only."""


def index_of(folder: Path) -> Path:
    """Where the index of a version is, by the version's folder."""
    return folder / "search" / f"index-{FORMAT}.sqlite"


def find(folder: Path, search: Search) -> tuple[Found, ...]:
    """The entities of a version that the words name, the best first.

    All words must be found in one text; where no text has all of them, any of them is enough.
    Raises InvalidInput where there is no word, LimitReached where the time is over or the index is
    still being made, EngineFailed where it cannot be made.
    """
    asked = [word.folded for word in words(search.words)]
    if not asked or len(asked) > MOST_WORDS:
        raise InvalidInput(f"Give 1 to {MOST_WORDS} words to search for.")
    with closing(_opened(ensure(folder))) as database, _within(database, search.seconds):
        rows = _rows(database, search, asked, " AND ") or _rows(database, search, asked, " OR ")
        return tuple(_found(database, row, search, asked) for row in rows)


def ensure(folder: Path) -> Path:
    """The path of a version's index, made by a process of its own where it is missing."""
    index = index_of(folder)
    if index.exists():
        return index
    root = str(Path(next(iter(graph.__path__))).parent)
    inherited = os.environ.get("PYTHONPATH")
    maker = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.search.build", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, inherited)))},
        process_group=0,
    )
    try:
        maker.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        raise LimitReached(
            "The index of this version is being made: try again in a moment.", _RETRY_AFTER
        ) from None
    if not index.exists():
        raise EngineFailed(
            f"The search index {index} cannot be made. “python -m graph.search.build {folder}”"
            " says why; the folder must be writable."
        )
    return index


def _opened(index: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(index))}?mode=ro&immutable=1", uri=True)


@contextmanager
def _within(database: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Break off what takes longer."""
    ends = time.monotonic() + seconds
    database.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if time.monotonic() > ends:
            reason = f"The search took more than {seconds:g} seconds. Give longer words."
            raise LimitReached(reason) from None
        raise EngineFailed(f"The search index cannot be read: {error}.") from error


def _rows(
    database: sqlite3.Connection, search: Search, asked: list[str], joined: str
) -> list[tuple[Any, ...]]:
    parameters: Mapping[str, Any] = {
        "match": joined.join(_condition(word, search.language) for word in asked),
        "whole": " ".join(asked),
        "language": search.language.lower(),
        "class": search.class_,
        "most": search.limit,
        "first": search.offset,
    }
    return database.execute(_SQL["found"], parameters).fetchall()


def _condition(word: str, language: str) -> str:
    """A word itself, words that begin with it, and its other forms, in FTS5's syntax.

    A folded word has letters and digits alone, so that nothing needs escaping inside the quotes.
    """
    return f'(folded:"{word}" OR folded:"{word}"* OR stems:"{stem(word, language)}")'


def _found(
    database: sqlite3.Connection, row: tuple[Any, ...], search: Search, asked: list[str]
) -> Found:
    iri, property, language, content, score, entity = row
    tongue = search.labels or search.language
    parameters = {"entity": entity, "language": tongue.lower()}
    described = database.execute(_SQL["described"], parameters).fetchall()
    stemmed = {stem(word, search.language) for word in asked}

    def is_asked(word: Word) -> bool:
        return word.folded.startswith(tuple(asked)) or stem(word.folded, language) in stemmed

    return Found(
        iri,
        next((value for what, value in described if what == "name"), iri),
        tuple(value for what, value in described if what == "class"),
        property,
        language,
        passage(content, is_asked),
        round(score, 3),
    )
