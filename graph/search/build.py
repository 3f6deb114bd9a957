"""Making a version's index: ``python -m graph.search.build <the version's folder>``.

A process of its own, since it works for seconds and reads what no time limit should cut off.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph.engine.store import Reading, open_store
from graph.search.index import index_of
from graph.search.words import stem, words

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_POL = "https://w3id.org/polemos/ontology#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_NAME = 3.0
"""From this weight on, a text is a name: found whole, its entity comes first."""
WEIGHTS: Mapping[str, float] = {
    f"{_RDFS}label": 5.0,
    f"{_SKOS}prefLabel": 5.0,
    f"{_SKOS}altLabel": 4.0,
    f"{_POL}quote": 1.5,
    f"{_POL}content": 1.5,
    f"{_POL}verbatim": 1.0,
    f"{_SKOS}definition": 1.0,
    "https://schema.org/articleBody": 0.8,
}
"""What is searched, and how much a word weighs that is found there."""
_SCHEMA = (Path(__file__).parent / "schema.sql").read_text("utf-8")


def main() -> None:
    """Make the index of the version whose folder is named, unless it is there."""
    build(Path(sys.argv[1]))


def build(folder: Path) -> None:
    """Make a version's index; whoever comes second waits for the first."""
    index = index_of(folder)
    index.parent.mkdir(exist_ok=True)
    with (index.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if index.exists():
            return
        part = index.with_suffix(".part")
        part.unlink(missing_ok=True)
        write(open_store(folder / "store"), part)
        _to_disk(part)
        part.rename(index)


def write(reading: Reading, path: Path) -> None:
    """Write the index of what is read into a new file."""
    with sqlite3.connect(path) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        entities: dict[str, int] = defaultdict(lambda: len(entities) + 1)
        for number, row in enumerate(_texts(reading), 1):
            subject, property, weight, language, content = row
            folded = [word.folded for word in words(content)]
            whole = " ".join(folded) if weight >= _NAME else ""
            name = property.rpartition("#")[2].rpartition("/")[2]
            entity = entities[subject]
            database.execute(
                "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, entity, name, weight, language, whole, content),
            )
            database.execute(
                "INSERT INTO words (rowid, folded, stems) VALUES (?, ?, ?)",
                (number, " ".join(folded), " ".join(stem(word, language) for word in folded)),
            )
        database.executemany(
            "INSERT INTO entities VALUES (?, ?)", ((id, iri) for iri, id in entities.items())
        )
        _write_types(reading, database, entities)
        database.executescript(
            "CREATE INDEX texts_by_entity ON texts (entity, property);"
            "INSERT INTO words (words) VALUES ('optimize');"
        )
    database.close()


def _texts(reading: Reading) -> Iterator[tuple[str, str, float, str, str]]:
    for property, weight in WEIGHTS.items():
        for quad in reading.quads(None, ox.NamedNode(property), None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                language = (quad.object.language or "").lower()
                yield quad.subject.value, property, weight, language, quad.object.value


def _write_types(
    reading: Reading, database: sqlite3.Connection, entities: Mapping[str, int]
) -> None:
    classes: dict[str, int] = defaultdict(lambda: len(classes) + 1)
    for quad in reading.quads(None, _TYPE, None, ox.DefaultGraph()):
        if (
            isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
            and quad.subject.value in entities
        ):
            row = entities[quad.subject.value], classes[quad.object.value]
            database.execute("INSERT OR IGNORE INTO types VALUES (?, ?)", row)
    database.executemany(
        "INSERT INTO classes VALUES (?, ?)", ((id, iri) for iri, id in classes.items())
    )


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    main()
