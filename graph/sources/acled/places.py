"""Places and times of rows: nodes that rows share, named by what they say.

A date with time_precision 2 stands for a week that holds it, and with 3 for its month: the bounds
are as wide as that allows. Locations at sea name a body of water as their country and lie in none.
"""

from __future__ import annotations

import polars as pl

from graph.sources.locations import named
from graph.sources.source import Reference
from graph.sources.statements import about, coded, decimal, node, text, typed, written
from graph.vocabulary import POL, RDFS

WHERE = {1: "Exact", 2: "Near", 3: "FirstLevelRegion"}
"""The code of place-precision for each geo_precision."""
WHEN = {1: "Day", 2: "Week", 3: "Month"}
"""The code of precision for each time_precision."""
PLACE = (
    "latitude",
    "longitude",
    "geo_precision",
    "iso",
    "country",
    "admin1",
    "admin2",
    "location",
)
LOCATION = "location_name"


def located(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the name of their location: a digest of what they say of it."""
    return named(rows, PLACE, LOCATION)


def location() -> pl.Expr:
    """The location of a row that :func:`located` named."""
    return node("location", "acled-", pl.col(LOCATION))


def _bounds() -> tuple[pl.Expr, pl.Expr]:
    day, precision = pl.col("day"), pl.col("time_precision")
    start = pl.when(precision == 1).then(day).when(precision == 2).then(day.dt.offset_by("-6d"))
    end = pl.when(precision == 1).then(day).when(precision == 2).then(day.dt.offset_by("6d"))
    return (
        start.otherwise(day.dt.month_start()).cast(pl.String),
        end.otherwise(day.dt.month_end()).cast(pl.String),
    )


def time_span() -> pl.Expr:
    """The time span of a row."""
    start, end = _bounds()
    precision = pl.col("time_precision").replace_strict(WHEN, return_dtype=pl.String)
    return node("time-span", start, "_", end, "_", precision)


def locations(rows: pl.DataFrame, reference: Reference) -> bytes:
    """The locations of rows, within the country and, where its name is known, the region."""
    known = {number: f"<{iri}>" for number, iri in reference.iso.items()}
    places = (
        located(rows)
        .unique(LOCATION)
        .sort(LOCATION)
        .with_columns(
            pl.col("iso")
            .replace_strict(known, default=None, return_dtype=pl.String)
            .alias("country_node"),
            pl.col("admin1").str.to_lowercase().alias("name"),
        )
    )
    schema = {"country_node": pl.String, "name": pl.String, "region_node": pl.String}
    regions = pl.DataFrame(
        [
            {"country_node": f"<{country}>", "name": name, "region_node": f"<{region}>"}
            for (country, name), region in reference.regions.items()
        ],
        schema,
    )
    return written(
        places.join(regions, on=["country_node", "name"], how="left", maintain_order="left"),
        [
            about(
                location(),
                (RDFS.label, text(pl.col("location"), "en")),
                (POL.latitude, typed(decimal(pl.col("latitude")), "decimal")),
                (POL.longitude, typed(decimal(pl.col("longitude")), "decimal")),
                (POL.placePrecision, coded(pl.col("geo_precision"), "place-precision", WHERE)),
                (POL.within, pl.col("country_node")),
                (POL.within, pl.col("region_node")),
                (POL.regionText, text(pl.col("admin1"))),
                (POL.districtText, text(pl.col("admin2"))),
                kind="Location",
            )
        ],
    )


def time_spans(rows: pl.DataFrame) -> bytes:
    """The time spans of rows."""
    start, end = _bounds()
    return written(
        rows.unique(["day", "time_precision"]).sort("day", "time_precision"),
        [
            about(
                time_span(),
                (POL.earliestStart, typed(start + "T00:00:00Z", "dateTime")),
                (POL.latestEnd, typed(end + "T23:59:59Z", "dateTime")),
                (POL.datePrecision, coded(pl.col("time_precision"), "precision", WHEN)),
                kind="TimeSpan",
            )
        ],
    )
