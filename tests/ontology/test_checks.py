"""The rules on the ontology itself: each finds the fault made for it, and none in the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.files import PACKAGE, Sources
from graph.turtle import read_rdf

ONTOLOGY = Sources().ontology
CHECKS = {path.stem: path for path in sorted((ONTOLOGY / "checks").glob("*.rq"))}
FAULTS = {path.stem: path for path in sorted((Path(__file__).parent / "faults").glob("*.ttl"))}


def holding(paths: Iterable[Path]) -> ox.Store:
    """The files in the default graph, and each again in a graph named by its path.

    Examples stand in their own graphs only: what they say is made up, and some of it wrong.
    """
    store = ox.Store()
    for path in paths:
        file = ox.NamedNode(f"file:{path.relative_to(PACKAGE.parent).as_posix()}")
        for subject, predicate, value, _ in read_rdf(path).quads:
            store.add(ox.Quad(subject, predicate, value, file))
            if path.parent.name != "examples":
                store.add(ox.Quad(subject, predicate, value))
    return store


def faults(check: str, store: ox.Store) -> list[str]:
    """The rows of a check as sentences."""
    rows = store.query(CHECKS[check].read_text("utf-8"))
    assert isinstance(rows, ox.QuerySolutions)
    return [f"{row['term']} {row['error'].value}" for row in rows]


@pytest.fixture(scope="module")
def ontology() -> ox.Store:
    return holding(
        path for path in sorted(ONTOLOGY.rglob("*.ttl")) if path.parent.name != "reasoning"
    )


def test_each_check_has_a_fault_made_for_it() -> None:
    assert len(CHECKS) > 10
    assert set(CHECKS) == set(FAULTS)


@pytest.mark.parametrize("check", CHECKS)
def test_the_ontology_has_no_fault(check: str, ontology: ox.Store) -> None:
    assert faults(check, ontology) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_the_fault_made_for_it(check: str) -> None:
    assert len(faults(check, holding([FAULTS[check]]))) > 0
