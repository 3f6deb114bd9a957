"""What is judged after a change finds all that judging the whole graph would find anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.changes import Changes
from graph.engine.store import Writing
from graph.engine.versions import Versions
from graph.material import SHAPES
from graph.vocabulary import POL, RDF, RDFS
from graph.writing import neighbourhood
from graph.writing.neighbourhood import Shapes, read_shapes_of

DEFAULT = ox.DefaultGraph()
OURS = "https://w3id.org/polemos/id/"


@pytest.fixture(scope="module")
def draft(built_home: Path) -> Writing:
    version = Versions(built_home).current()
    assert version is not None
    store = ox.Store()
    store.bulk_extend(version.read().quads())
    return Writing(store)


@pytest.fixture(scope="module")
def shapes(draft: Writing) -> Shapes:
    return read_shapes_of(draft, SHAPES)


def facts(draft: Writing) -> list[ox.Quad]:
    quads = draft.quads(graph=DEFAULT)
    return sorted((q for q in quads if str(q.subject).startswith(f"<{OURS}")), key=str)


def removals(draft: Writing, chance: random.Random) -> Iterator[list[ox.Quad]]:
    for _ in range(40):
        yield chance.sample(facts(draft), chance.choice((1, 1, 3)))


def misplaced(draft: Writing, chance: random.Random) -> Iterator[list[ox.Quad]]:
    """Triples of the graph with the subject or the value of another."""
    for _ in range(40):
        one, other = chance.sample(facts(draft), 2)
        yield [ox.Quad(other.subject, one.predicate, one.object, DEFAULT)]


def judged(draft: Writing, shapes: Shapes) -> set[str]:
    return set(map(repr, shapes._judged(draft.quads(graph=DEFAULT))))


def compare(draft: Writing, shapes: Shapes, changes: Changes, before: set[str]) -> int:
    near = set(map(repr, shapes.findings(draft, (*changes.added, *changes.removed))))
    whole = judged(draft, shapes)
    changes.undo()
    assert whole - before <= near <= whole
    return len(whole - before)


def test_removals_and_misplaced_triples(draft: Writing, shapes: Shapes) -> None:
    chance = random.Random(7)
    before = judged(draft, shapes)
    found = 0
    for quads in removals(draft, chance):
        changes = Changes(draft)
        changes.delete(quads)
        found += compare(draft, shapes, changes, before)
    for quads in misplaced(draft, chance):
        changes = Changes(draft)
        changes.insert(quads)
        found += compare(draft, shapes, changes, before)
    assert found > 20


def test_what_no_shape_mentions_is_not_judged(draft: Writing, shapes: Shapes) -> None:
    one = ox.NamedNode("http://example.org/one")
    changed = [ox.Quad(one, ox.NamedNode("http://example.org/p"), one, DEFAULT)]
    assert shapes.findings(draft, changed) == ()


def test_a_new_subclass_has_everything_judged(draft: Writing, shapes: Shapes) -> None:
    kind = ox.NamedNode("http://example.org/Raid")
    raid = ox.NamedNode("http://example.org/raid")
    changes = Changes(draft)
    changes.insert([ox.Quad(raid, RDF.type, kind, DEFAULT)])
    assert shapes.findings(draft, changes.added) == ()
    changes.insert([ox.Quad(kind, RDFS.subClassOf, POL.Attack, DEFAULT)])
    found = {finding.focus for finding in shapes.findings(draft, changes.added)}
    changes.undo()
    assert raid.value in found


def test_where_too_much_is_near_the_whole_is_judged(
    draft: Writing, shapes: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbourhood, "MOST_NODES", 0)
    changes = Changes(draft)
    changes.delete([next(q for q in facts(draft) if q.predicate == RDF.type)])
    compare(draft, shapes, changes, judged(draft, shapes))
