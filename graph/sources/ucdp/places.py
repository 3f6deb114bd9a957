"""Places and times of rows: nodes that rows share, named by what they say.

A location is the point with its precision and its names; two rows that give the same share it. So
do two rows with the same time span. UCDP dates are calendar days without a time zone: the bounds
are written in UTC, and mean days rather than hours. date_start and date_end are the bounds within
which it happened, not the beginning and end of the action (codebook 19.1, section 5).
"""

from __future__ import annotations

import polars as pl

from graph.sources.locations import named
from graph.sources.source import Reference
from graph.sources.statements import about, coded, decimal, node, text, typed, written
from graph.vocabulary import ID, POL, RDFS

WHERE = {
    1: "Exact",
    2: "Near",
    3: "SecondLevelRegion",
    4: "FirstLevelRegion",
    5: "Fuzzy",
    6: "Country",
    7: "International",
}
"""The code of place-precision for each where_prec."""
WHEN = {1: "Day", 2: "DayRange", 3: "Week", 4: "Month", 5: "Year"}
"""The code of precision for each date_prec."""
INTERNATIONAL = 7
PLACE = (
    "latitude",
    "longitude",
    "where_prec",
    "country_id",
    "country",
    "where_coordinates",
    "adm_1",
    "adm_2",
)
LOCATION = "location"


def located(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the name of their location: a digest of what they say of it."""
    return named(rows, PLACE, LOCATION)


def location() -> pl.Expr:
    """The location of a row that :func:`located` named."""
    return node("location", "ucdp-", pl.col(LOCATION))


def time_span() -> pl.Expr:
    """The time span of a row."""
    precision = pl.col("date_prec").replace_strict(WHEN, default=None, return_dtype=pl.String)
    start, end = (pl.col(name).cast(pl.String) for name in ("date_start", "date_end"))
    return node("time-span", start, "_", end, "_", precision)


def locations(rows: pl.DataFrame, reference: Reference) -> bytes:
    """The locations of rows, within the country and, where its name is known, the region."""
    places = located(rows.select(PLACE).unique(maintain_order=True))
    country = pl.when(pl.col("where_prec") != INTERNATIONAL).then(country_of(reference))
    return written(
        _with_regions(places, reference),
        [
            about(
                location(),
                (RDFS.label, text(pl.col("where_coordinates"), "en")),
                (POL.latitude, typed(decimal(pl.col("latitude")), "decimal")),
                (POL.longitude, typed(decimal(pl.col("longitude")), "decimal")),
                (POL.placePrecision, coded(pl.col("where_prec"), "place-precision", WHERE)),
                (POL.within, country),
                (POL.within, pl.col("region")),
                (POL.regionText, text(pl.col("adm_1"))),
                (POL.districtText, text(pl.col("adm_2"))),
                kind="Location",
            )
        ],
    )


def _with_regions(places: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """The places with the first-level region that adm_1 names, in whatever case."""
    known = [
        {"known": country, "name": name, "region": f"<{region}>"}
        for (country, name), region in reference.regions.items()
    ]
    schema = {"known": pl.String, "name": pl.String, "region": pl.String}
    return places.with_columns(
        country_of(reference).str.strip_chars("<>").alias("known"),
        pl.col("adm_1").str.to_lowercase().alias("name"),
    ).join(pl.DataFrame(known, schema), on=["known", "name"], how="left", maintain_order="left")


def country_of(reference: Reference) -> pl.Expr:
    """The country of a row: the one of the reference entities, else one named by its number."""
    known = {number: f"<{iri}>" for number, iri in reference.countries.items()}
    own = node("ucdp/country", pl.col("country_id").cast(pl.String))
    return pl.col("country_id").replace_strict(known, default=own, return_dtype=pl.String)


def time_spans(rows: pl.DataFrame) -> bytes:
    """The time spans of rows."""
    spans = rows.select("date_start", "date_end", "date_prec").unique(maintain_order=True)
    start, end = (pl.col(name).cast(pl.String) for name in ("date_start", "date_end"))
    return written(
        spans,
        [
            about(
                time_span(),
                (POL.earliestStart, typed(start + "T00:00:00Z", "dateTime")),
                (POL.latestEnd, typed(end + "T23:59:59Z", "dateTime")),
                (POL.datePrecision, coded(pl.col("date_prec"), "precision", WHEN)),
                kind="TimeSpan",
            )
        ],
    )


OPEN = f"<{ID}time-span/open>"


def open_span() -> bytes:
    """The time span of what UCDP gives neither beginning nor end of: a conflict, a dyad."""
    span = about(
        pl.lit(OPEN),
        (POL.datePrecision, pl.lit(f"<{ID}precision/Open>")),
        kind="TimeSpan",
    )
    return written(pl.DataFrame({"one": [1]}), [span])
