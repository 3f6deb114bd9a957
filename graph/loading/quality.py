"""What is wrong or odd in a dataset's rows, as data: a report file and the graph of quality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.bulk_validation import Chunks, validate_chunks
from graph.engine.store import Reading, Writing
from graph.errors import ValidationFailed
from graph.files import Sources
from graph.finding import Finding, Severity
from graph.loading.content import SharedNodes
from graph.material import SHAPES
from graph.progress import Progress
from graph.sources.source import ROW_ID, Naming, Rows
from graph.turtle import read_rdf
from graph.validation import QUALITY, quality_quads
from graph.vocabulary import SH

SHOWN = 20


def row_findings(
    graph: Reading, chunks: Chunks, shared: SharedNodes, progress: Progress
) -> tuple[Finding, ...]:
    """What the shapes of the graph find on rows and on what they share.

    The chunks are taken one after the other, each after the one before was handed to the process
    that validates. Raises ValidationFailed where a finding is a violation: the sources' own checks
    set such rows aside, so that it is the source that needs mending.
    """
    codes = [quad for path in Sources().codes for quad in read_rdf(path).quads]
    context = (*codes, *shared.stubs)
    shapes = tuple(graph.quads(graph=SHAPES))
    around = {each.subject.value for each in context if isinstance(each.subject, ox.NamedNode)}
    several = len(chunks) > 1
    found = validate_chunks(
        chunks, context, shapes, more=shared.file, workers=1, apart=several, progress=progress
    )
    kept = tuple(finding for finding in found if finding.focus not in around)
    _refuse_violations(kept)
    return kept


def _refuse_violations(findings: Iterable[Finding]) -> None:
    broken = [str(each) for each in findings if each.severity is Severity.VIOLATION]
    if broken:
        raise ValidationFailed(
            f"{len(broken):,} statements made of the rows break a shape; nothing was loaded.",
            tuple(broken[:SHOWN]),
        )


def broken_findings(rows: Rows, naming: Naming) -> tuple[Finding, ...]:
    """A violation for each row that was set aside, about the record that it would have had."""
    prefix = naming.dataset.records(naming.release)
    named = rows.broken.select("file", "row", pl.col(ROW_ID), "reason").iter_rows()
    return tuple(
        Finding(
            f"Row {row} of {file} was not loaded: {reason}. Mend the row, or ask the publisher.",
            prefix + (identifier or f"row-{row}"),
        )
        for file, row, identifier, reason in named
    )


def write_report(rows: Rows, path: Path) -> None:
    """Write the rows set aside, each with its reason and its cells, as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.broken.write_csv(path)


def refuse_broken(rows: Rows, most: float, report: Path) -> None:
    """Raise ValidationFailed where more than a share of the rows was set aside."""
    broken = len(rows.broken)
    if broken > most * len(rows):
        reasons = rows.broken["reason"].value_counts(sort=True, name="rows")
        raise ValidationFailed(
            f"{broken:,} of {len(rows):,} rows are broken, more than {most:.1%}; nothing was"
            f" loaded. They are in {report}. Mend the file, or allow more with --max-broken.",
            tuple(f"{count:,} × {reason}" for reason, count in reasons.iter_rows()),
        )


def keep(draft: Writing, findings: Sequence[Finding]) -> None:
    """Add findings to the graph of quality, which then says that the graph does not conform."""
    if findings:
        draft.remove(tuple(draft.quads(QUALITY, SH.conforms, None, QUALITY)))
        draft.extend(quality_quads(findings))
