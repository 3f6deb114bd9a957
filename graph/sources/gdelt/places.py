"""Places and times of codings: nodes that rows share, named by what they say.

ActionGeo_Type tells what kind of place the machine read. A city is its centre, and the act may have
been anywhere near, so that it is place-precision:Near and never Exact. Countries are FIPS 10-4
codes: UP is Ukraine.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graph.sources.locations import named
from graph.sources.source import Reference
from graph.sources.statements import about, coded, decimal, node, text, typed, written
from graph.vocabulary import ID, POL, RDFS

PRECISION = {1: "Country", 2: "FirstLevelRegion", 3: "Near", 4: "Near", 5: "FirstLevelRegion"}
"""The code of place-precision for each ActionGeo_Type; 0 is no place."""
PLACE = (
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
)
LOCATION = "location"


def located(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the name of their location, null where they have no coordinates."""
    known = pl.all_horizontal(
        pl.col("ActionGeo_Type") > 0,
        pl.col("ActionGeo_Lat").is_not_null(),
        pl.col("ActionGeo_Long").is_not_null(),
    )
    return named(rows, PLACE, LOCATION).with_columns(pl.when(known).then(pl.col(LOCATION)))


def location() -> pl.Expr:
    """The location of a row that :func:`located` named."""
    return node("location", "gdelt-", pl.col(LOCATION))


def time_span() -> pl.Expr:
    """The time span of a row: the day that the machine read, which may lie long before."""
    day = pl.col("day").cast(pl.String)
    return node("time-span", day, "_", day, "_Day")


def shared(rows: pl.DataFrame, reference: Reference) -> bytes:
    """The locations and time spans of rows."""
    return _locations(rows, reference) + _time_spans(rows)


def _locations(rows: pl.DataFrame, reference: Reference) -> bytes:
    places = located(rows).filter(pl.col(LOCATION).is_not_null()).unique(LOCATION)
    country = _known(pl.col("ActionGeo_CountryCode"), reference.fips)
    return written(
        places.sort(LOCATION),
        [
            about(
                location(),
                (RDFS.label, text(pl.col("ActionGeo_FullName"), "en")),
                (POL.latitude, typed(decimal(pl.col("ActionGeo_Lat")), "decimal")),
                (POL.longitude, typed(decimal(pl.col("ActionGeo_Long")), "decimal")),
                (POL.placePrecision, coded(pl.col("ActionGeo_Type"), "place-precision", PRECISION)),
                (POL.within, country),
                (POL.regionText, text(pl.col("ActionGeo_ADM1Code"))),
                (POL.districtText, text(pl.col("ActionGeo_ADM2Code"))),
                (POL.featureId, text(pl.col("ActionGeo_FeatureID"))),
                kind="Location",
            )
        ],
    )


def _known(code: pl.Expr, countries: Mapping[str, str]) -> pl.Expr:
    """The country of a code, null where the reference entities lack it."""
    known = {each: f"<{iri}>" for each, iri in countries.items()}
    return code.replace_strict(known, default=None, return_dtype=pl.String)


def _time_spans(rows: pl.DataFrame) -> bytes:
    day = pl.col("day").cast(pl.String)
    return written(
        rows.unique("day").sort("day"),
        [
            about(
                time_span(),
                (POL.earliestStart, typed(day + "T00:00:00Z", "dateTime")),
                (POL.latestEnd, typed(day + "T23:59:59Z", "dateTime")),
                (POL.datePrecision, pl.lit(f"<{ID}precision/Day>")),
                kind="TimeSpan",
            )
        ],
    )
