"""The reports behind a row: ``"Office,2014-01-22,Headline, with commas";"Office,…"``.

Headlines hold commas and quotation marks, so that this is no CSV within the CSV: an office ends at
the first comma before a date. Rows of before 2013 abbreviate freely and name no office in this way.
The columns source_office, source_date and source_headline repeat the same as lists joined by
semicolons, which headlines hold, too; their lengths disagree, so that only offices are taken there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

BETWEEN = '";"'
OFFICE = r"^([^,]+),\s*\d{4}-\d{2}-\d{2}"
ARTICLE = re.compile(
    r"(?P<office>[^,]+),\s*(?P<date>\d{4}-\d{2}-\d{2}),?(?P<headline>.*)", re.DOTALL
)
SEPARATORS = r"[^\p{L}\p{N}]+"


@dataclass(frozen=True, slots=True)
class Report:
    """One report; ``date`` as it stands."""

    office: str
    date: str
    headline: str


def reports(cell: str) -> tuple[Report, ...]:
    """The reports of a cell of source_article, as far as they name office and date."""
    items = cell.strip().removeprefix('"').removesuffix('"').split(BETWEEN)
    found = (ARTICLE.fullmatch(item.strip()) for item in items)
    return tuple(
        Report(each["office"].strip(), each["date"], each["headline"].strip())
        for each in found
        if each is not None
    )


def offices(articles: pl.Expr, office: pl.Expr) -> pl.Expr:
    """The offices of a row, each once: from source_article, else from source_office."""
    items = (
        articles.str.strip_chars().str.strip_prefix('"').str.strip_suffix('"').str.split(BETWEEN)
    )
    named = items.list.eval(pl.element().str.strip_chars().str.extract(OFFICE, 1)).list.drop_nulls()
    listed = office.str.split(";").list.eval(pl.element().str.strip_chars())
    chosen = pl.when(named.list.len() > 0).then(named).otherwise(listed)
    kept = chosen.list.eval(pl.element().filter(slug(pl.element()).str.len_chars() > 0))
    return kept.list.unique(maintain_order=True)


def slug(office: pl.Expr) -> pl.Expr:
    """The part of an office in its IRI: letters and digits, in lower case, with hyphens."""
    return office.str.to_lowercase().str.replace_all(SEPARATORS, "-").str.strip_chars("-")
