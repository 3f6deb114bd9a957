"""Locations that rows share: each is named by a digest of what its rows say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import polars as pl


def named(rows: pl.DataFrame, said: Sequence[str], name: str) -> pl.DataFrame:
    """The rows with a column ``name``: the same digest where all the columns ``said`` agree."""
    distinct = rows.select(said).unique()
    texts = distinct.select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    digests = [hashlib.sha256(each.encode()).hexdigest()[:16] for each in texts]
    digested = distinct.with_columns(pl.Series(name, digests, pl.String))
    return rows.join(digested, on=said, how="left", nulls_equal=True, maintain_order="left")
