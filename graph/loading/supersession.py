"""Records that a release revises or withdraws: marked, and what they say put aside.

What a record says are the things that are pol:accordingTo it. They go from the default graph to the
named graph of its release; the record itself stays, with the day on which it was superseded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pyoxigraph as ox

from graph.engine.store import Writing
from graph.loading.held import FOLDER, table
from graph.loading.plan import NEXT, PREVIOUS, Plan
from graph.progress import Steps
from graph.sources.source import ROW_ID, Naming, Source
from graph.turtle import read_text
from graph.vocabulary import ID, POL, PROV, XSD

LOADING = ox.NamedNode(f"{ID}graph/loading")
"""A graph that names the records at hand for the queries, and is empty in between."""
AT_ONCE = 2_000
"""Records at hand at a time: an update holds what it changes in memory."""
RECORD = "record"


@dataclass(frozen=True)
class Superseded:
    """What became of older records: how many were withdrawn, and which columns were revised."""

    gone: int
    revised_by: dict[str, int]


def supersede(
    draft: Writing,
    source: Source,
    naming: Naming,
    plan: Plan,
    day: str,
    rows: pl.DataFrame,
    steps: Steps,
) -> Superseded:
    """Mark the records that a release revises or withdraws, and put aside what they say.

    ``rows`` are all sound rows of the release, ``day`` the one from which it was known. Revisions
    are counted by column where the older record was the current one.
    """
    revising = plan.revising
    _relink(draft, revising, naming)
    stands = _stands(draft, revising[PREVIOUS])
    revised = revising.filter(stands).select(pl.col(PREVIOUS).alias(RECORD), ROW_ID)
    _mark(draft, revising.filter(~stands)[PREVIOUS].drop_nulls(), day)
    gone, by = 0, pl.DataFrame()
    for some in steps.over("compare", tuple(_slices(plan.candidates.select(RECORD)))):
        gone += _withdraw(draft, source, some, day, rows)
    for some in steps.over("supersede", tuple(_slices(revised))):
        old = _at_hand(draft, some[RECORD], source)
        by = pl.concat([by, _differences(old, some, rows)])
        _put_aside(draft, some[RECORD], day)
    counts = by.sum().row(0, named=True) if len(by) else {}
    ordered = sorted(counts.items(), key=lambda each: (-(each[1] or 0), each[0]))
    return Superseded(gone, {name: int(count) for name, count in ordered if count})


def _slices(records: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return records.iter_slices(AT_ONCE) if len(records) else iter(())


def _stands(draft: Writing, records: pl.Series) -> pl.Series:
    """Which records no release has superseded so far; false for null."""
    stands = [
        record is not None
        and next(draft.quads(ox.NamedNode(record), POL.supersededOn), None) is None
        for record in records
    ]
    return pl.Series("stands", stands, pl.Boolean)


def _relink(draft: Writing, revising: pl.DataFrame, naming: Naming) -> None:
    """Let the next record revise the new one rather than the previous."""
    prefix = naming.dataset.records(naming.release)
    between = revising.filter(pl.col(NEXT).is_not_null()).select(ROW_ID, PREVIOUS, NEXT)
    for row_id, previous, following in between.iter_rows():
        after = ox.NamedNode(following)
        if previous is not None:
            draft.remove([ox.Quad(after, PROV.wasRevisionOf, ox.NamedNode(previous))])
        draft.extend([ox.Quad(after, PROV.wasRevisionOf, ox.NamedNode(prefix + row_id))])


def _withdraw(
    draft: Writing, source: Source, some: pl.DataFrame, day: str, rows: pl.DataFrame
) -> int:
    """Put aside those of some records that lie in the release's coverage; how many they are."""
    old = _at_hand(draft, some[RECORD], source)
    covered = source.covered(old, rows)[RECORD]
    draft.clear_graph(LOADING)
    _name(draft, covered)
    _put_aside(draft, covered, day)
    return len(covered)


def _at_hand(draft: Writing, records: pl.Series, source: Source) -> pl.DataFrame:
    """Name records for the queries; what the graph holds of them, in the source's columns."""
    _name(draft, records)
    return table(draft, source.columns)


def _name(draft: Writing, records: pl.Series) -> None:
    draft.extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, LOADING)
        for record in records
        for quad in draft.quads(ox.NamedNode(record), POL.ofRelease, None, ox.DefaultGraph())
    )


def _put_aside(draft: Writing, records: pl.Series, day: str) -> None:
    """Move what the records at hand say to the graph of their release, and let go of them."""
    draft.update(read_text(FOLDER / "supersede.ru"))
    draft.clear_graph(LOADING)
    _mark(draft, records, day)


def _mark(draft: Writing, records: pl.Series, day: str) -> None:
    """Say from which day records are superseded; an earlier day that they have stays."""
    for record in records:
        node = ox.NamedNode(record)
        held = tuple(draft.quads(node, POL.supersededOn))
        if not any(getattr(quad.object, "value", "") <= day for quad in held):
            draft.remove(held)
            draft.extend([ox.Quad(node, POL.supersededOn, ox.Literal(day, datatype=XSD.date))])


def _differences(old: pl.DataFrame, revised: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """For each column that the graph has of records, how many rows now say something else."""
    columns = [name for name in old.columns if name in rows.columns]
    floats = [name for name in columns if rows.schema[name].is_float()]
    before = old.with_columns(pl.col(floats).cast(pl.Float64)).select(RECORD, *_texts(columns))
    now = rows.select(ROW_ID, *_texts(columns))
    pairs = revised.join(before, on=RECORD).join(now, on=ROW_ID, suffix="_new")
    return pairs.select(
        pl.col(name).ne_missing(pl.col(f"{name}_new")).sum().alias(name) for name in columns
    )


def _texts(columns: list[str]) -> list[pl.Expr]:
    return [pl.col(name).cast(pl.String) for name in columns]
