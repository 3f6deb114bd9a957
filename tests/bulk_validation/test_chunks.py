"""Chunks: in several processes, with progress, and refused where they cannot be told apart."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.bulk_validation import BulkValidator, validate_chunks
from graph.closure import closed
from graph.errors import EngineFailed, InvalidInput
from graph.validation import in_order, validate
from graph.vocabulary import POL, RDF, entity
from tests.bulk_validation.rows import SIDES, Row, nquads, quads, surroundings
from tests.ontology.examples import all_shapes, codes

CONTEXT = (*POL.quads, *codes(), *closed(surroundings(), POL.quads))
FIRST, SECOND = entity("event", "made-up-1"), entity("event", "made-up-2")


def chunk(*rows: Row, more: tuple[ox.Quad, ...] = ()) -> bytes:
    return nquads((*quads(rows), *more))


def test_processes_find_what_one_finds_and_tell_how_far_they_are(tmp_path: Path) -> None:
    rows = [Row(number, low=str(number)) for number in range(8)]
    files = [tmp_path / f"{number}.nq" for number in range(4)]
    for number, file in enumerate(files):
        file.write_bytes(chunk(*rows[2 * number : 2 * number + 2]))
    steps: list[tuple[str, int, int]] = []

    found = tuple(
        validate_chunks(
            files, CONTEXT, all_shapes(), workers=2, progress=lambda *step: steps.append(step)
        )
    )

    assert in_order(found) == validate((*CONTEXT, *quads(rows)), all_shapes())
    assert len(found) > 0
    assert steps == [("validate", done, 4) for done in range(5)]


def test_named_graphs_play_no_part() -> None:
    name = entity("graph", "made-up")
    bare = nquads(quads([Row(1, low="3")]))
    named = nquads(
        ox.Quad(quad.subject, quad.predicate, quad.object, name)
        for quad in quads([Row(1, low="3")])
    )

    both = [list(validate_chunks([text], CONTEXT, all_shapes())) for text in (bare, named)]

    assert b"graph/made-up" in named
    assert both[0] == both[1] != []


def test_what_a_chunk_repeats_of_the_context_changes_nothing() -> None:
    repeated = chunk(Row(1, low="3"), more=tuple(surroundings()))

    found = list(validate_chunks([repeated], CONTEXT, all_shapes()))

    assert found == list(validate_chunks([chunk(Row(1, low="3"))], CONTEXT, all_shapes()))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (ox.Quad(SECOND, RDF.type, POL.Event), "Two chunks describe the same node"),
        (ox.Quad(FIRST, POL.partOf, SECOND), "Chunk 1 refers to a node that another chunk"),
        (ox.Quad(SIDES[0], RDF.type, POL.Outlet), "made-up-side-a>, which the context describes"),
        (ox.Quad(FIRST, POL.damage, SIDES[0]), "made-up-side-a> of the context by a property"),
    ],
)
def test_chunks_that_cannot_be_told_apart_are_refused(more: ox.Quad, words: str) -> None:
    chunks = [chunk(Row(1), more=(more,)), chunk(Row(2))]

    with pytest.raises(EngineFailed, match=words):
        list(validate_chunks(chunks, CONTEXT, all_shapes(), workers=1))


@pytest.mark.parametrize("text", [b"<urn:s> <urn:p>\n", b"<urn:s> <urn:p> 1\n", b"@prefix a\n"])
def test_what_is_no_nquads_is_refused(text: bytes) -> None:
    with pytest.raises(InvalidInput, match="no N-Quads: "):
        BulkValidator(CONTEXT, all_shapes()).chunk(text)


class Deadly(bytes):
    """A chunk that ends the process that receives it, as a want of memory would."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def test_a_killed_process_is_told_and_not_waited_for() -> None:
    with pytest.raises(EngineFailed, match="A process that works on a part of the data was killed"):
        list(validate_chunks([Deadly(), Deadly()], CONTEXT, all_shapes(), workers=2))
