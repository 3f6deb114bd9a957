"""What a release changes: which rows are new, which revise or repeat a record, which are gone.

Releases stand in the order of the days from which they were known, so that an older one can be
loaded after a newer. A row is compared with the record of the same identifier before it and with
the one after it. It repeats one of them where it says the same; otherwise it gets a record of its
own, which revises the one before it and is revised by the one after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.errors import Refused
from graph.loading.held import Held
from graph.sources.source import ROW_HASH, ROW_ID, Naming

PREVIOUS, NEXT, NEXT_FROM = "previous", "next", "next_from"


@dataclass(frozen=True)
class Plan:
    """What to do with the rows of a release.

    ``rows`` get a record; they have the columns of the source, :data:`PREVIOUS` and :data:`NEXT`
    (records, or null) and :data:`NEXT_FROM` (the day from which the next was known, or null).
    ``repeated`` are records that the release repeats and did not before. ``candidates`` are records
    that a complete release withdraws if they lie in its coverage. ``present`` is how many rows the
    graph has of this very release.
    """

    rows: pl.DataFrame
    repeated: tuple[str, ...]
    candidates: pl.DataFrame
    present: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do, candidates aside."""
        return self.rows.is_empty() and not self.repeated

    @property
    def revising(self) -> pl.DataFrame:
        """The rows that stand beside a record of another release."""
        return self.rows.filter(pl.col(PREVIOUS).is_not_null() | pl.col(NEXT).is_not_null())


def plan(rows: pl.DataFrame, naming: Naming, known_from: str, held: Held, complete: bool) -> Plan:
    """Compare the rows of a release with the records held.

    Raises Refused where the graph has another row under the same release and identifier.
    """
    key = _key(known_from, naming.release)
    records = held.records.with_columns(_keys(pl.col("known_from"), pl.col("release")).alias("key"))
    compared = _beside(rows, records, key)
    _refuse_another(compared, naming)
    before, after = (pl.col("hash_before") == pl.col(ROW_HASH)), _same_after()
    standing = pl.col("superseded_before").is_null() | (pl.col("superseded_before") > known_from)
    present = (pl.col("release_before") == naming.release).fill_null(False)
    repeats = (
        pl.when(~present & before.fill_null(False) & standing)
        .then(pl.col("record_before"))
        .when(~present & after.fill_null(False))
        .then(pl.col("record_after"))
    )
    marked = compared.with_columns(present.alias("present"), repeats.alias("repeats"))
    again = held.repeated.filter(pl.col("release") == naming.release)["record"]
    repeated = marked["repeats"].drop_nulls()
    return Plan(
        _new(marked),
        tuple(repeated.filter(~repeated.is_in(again.implode()))),
        _withdrawable(records, rows, held, key) if complete else records.clear(),
        int(marked["present"].sum()) + int(repeated.is_in(again.implode()).sum()),
    )


def _key(known_from: str, release: str) -> str:
    return f"{known_from} {release}"


def _keys(known_from: pl.Expr, release: pl.Expr) -> pl.Expr:
    return pl.concat_str([known_from, release], separator=" ")


def _same_after() -> pl.Expr:
    return pl.col("hash_after") == pl.col(ROW_HASH)


def _beside(rows: pl.DataFrame, records: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows with the record before (or of the same release) and the one after."""
    ordered = records.sort("key")
    before = ordered.filter(pl.col("key") <= key).unique("id", keep="last")
    after = ordered.filter(pl.col("key") > key).unique("id", keep="first")
    for side, name in ((before, "before"), (after, "after")):
        kept = side.drop("dataset", "key")
        named = kept.rename({column: f"{column}_{name}" for column in kept.columns})
        rows = rows.join(named, left_on=ROW_ID, right_on=f"id_{name}", how="left")
    return rows


def _refuse_another(compared: pl.DataFrame, naming: Naming) -> None:
    same = pl.col("release_before") == naming.release
    other = compared.filter(same & (pl.col("hash_before") != pl.col(ROW_HASH)))
    if len(other):
        raise Refused(
            f"Release {naming.release} is loaded already, with other content in {len(other):,}"
            f" rows, such as {other[ROW_ID][0]}. If the publisher has replaced the file, give this"
            f" one a name of its own: --release {naming.release}-2."
        )


def _new(marked: pl.DataFrame) -> pl.DataFrame:
    columns = {
        "record_before": PREVIOUS,
        "record_after": NEXT,
        "known_from_after": NEXT_FROM,
    }
    beside = [name for name in marked.columns if name.endswith(("_before", "_after"))]
    dropped = [name for name in beside if name not in columns]
    new = marked.filter(~pl.col("present") & pl.col("repeats").is_null())
    return new.drop(*dropped, "present", "repeats").rename(columns)


def _withdrawable(records: pl.DataFrame, rows: pl.DataFrame, held: Held, key: str) -> pl.DataFrame:
    """The records that stand, are not in the release, and were last said before it."""
    later = held.repeated.with_columns(_keys(pl.col("known_from"), pl.col("release")).alias("key"))
    said_again = later.filter(pl.col("key") >= key)["record"]
    return records.filter(
        pl.col("superseded").is_null()
        & (pl.col("key") < key)
        & ~pl.col("id").is_in(rows[ROW_ID].implode())
        & ~pl.col("record").is_in(said_again.implode())
    )
