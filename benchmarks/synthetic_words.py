"""The texts of synthetic rows, made from the numbers that were drawn for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

LABEL = "SYNTHETIC ROW, about no real event"
ONE_SIDED = 3
LISTS_FROM = 2013
"""The year from which nearly all rows have lists of sources."""

Learned = Mapping[str, Any]


def worded(rows: pl.DataFrame, known: Learned) -> pl.DataFrame:
    """The rows with names and texts for what was drawn as numbers."""
    places = pl.DataFrame(known["countries"]).select("country", "country_id", "region")
    rows = rows.join(
        places.with_row_index("place").cast({"place": pl.Int64}),
        on="place",
        how="left",
        maintain_order="left",
    )
    kind, number = pl.col("type_of_violence"), pl.col("conflict")
    dyad = 2 * number + pl.col("dyad")
    state_led = kind == 1
    government = pl.format("Government of {} (synthetic)", "country")
    group = pl.format("Synthetic group {}", dyad)
    rows = rows.with_columns(
        pl.when(state_led)
        .then(pl.col("country_id"))
        .otherwise(20_000 + dyad)
        .alias("side_a_new_id"),
        pl.when(kind == ONE_SIDED).then(9_999).otherwise(900_000 + dyad).alias("side_b_new_id"),
        pl.when(state_led).then(government).otherwise(group).alias("side_a"),
        pl.when(kind == ONE_SIDED)
        .then(pl.lit("Civilians"))
        .otherwise(pl.format("Synthetic opponent {}", dyad))
        .alias("side_b"),
        pl.format("Synthetic conflict {} ({})", number, "country").alias("conflict_name"),
        (1_000_000 + number).alias("conflict_new_id"),
        (2_000_000 + dyad).alias("dyad_new_id"),
        pl.when(state_led).then(pl.col("country_id").cast(pl.String)).alias("gwnoa"),
        (pl.date("year", 1, 1) + pl.duration(days="day")).alias("date_start"),
        (pl.date("year", 1, 1) + pl.duration(days=pl.col("day") + pl.col("length"))).alias(
            "date_end"
        ),
    )
    return rows.with_columns(
        pl.format("{} - {}", "side_a", "side_b").alias("dyad_name"), *_places(), *_sources(known)
    )


def _places() -> Iterator[pl.Expr]:
    town, precision = pl.col("town"), pl.col("where_prec")
    yield pl.format("Synthetic town {}", town).alias("where_coordinates")
    described = pl.format("Synthetic quarter of synthetic town {}, {}", town, "country")
    yield pl.when(~pl.col("no_where_description")).then(described).alias("where_description")
    region = pl.format("Synthetic region {}", town % 12)
    yield pl.when(~pl.col("no_adm_1") & (precision < 6)).then(region).alias("adm_1")
    district = pl.format("Synthetic district {}", town % 90)
    yield pl.when(~pl.col("no_adm_2") & (precision < 4)).then(district).alias("adm_2")
    yield pl.format("POINT ({} {})", "longitude", "latitude").alias("geom_wkt")
    row, column = (
        (pl.col(name) + shift) * 2 for name, shift in (("latitude", 90), ("longitude", 180))
    )
    yield (row.floor() * 720 + column.floor() + 1).cast(pl.Int64).alias("priogrid_gid")


def _sources(known: Learned) -> Iterator[pl.Expr]:
    """The lists of sources, parallel; without them nearly a quarter of all rows, before 2013."""
    early = sum(count for year, count in known["year"].items() if int(year) < LISTS_FROM)
    share = known["without_source_lists"] * sum(known["year"].values()) / early
    listed = (pl.col("year") >= LISTS_FROM) | (pl.col("list") >= share)
    times = pl.col("sources")
    office = pl.format("Synthetic News {}", "outlet")
    day = pl.col("date_end").cast(pl.String)
    words = pl.concat_str(
        pl.lit(f"{LABEL}, {'and some more made-up words ' * 40}").str.head(
            pl.col("headline") + len(LABEL)
        )
    )
    item = pl.format('"{},{},{}"', office, day, words)

    def repeated(value: pl.Expr) -> pl.Expr:
        return value.repeat_by(times).list.join(";")

    yield repeated(item).alias("source_article")
    for name, value in (
        ("source_office", office),
        ("source_date", day),
        ("source_headline", words),
    ):
        yield pl.when(listed).then(repeated(value)).alias(name)
    yield pl.when(pl.col("year") < LISTS_FROM).then(-1).otherwise(times).alias("number_of_sources")
    speaker = pl.format("Synthetic speaker {}", "speaker").str.pad_end(
        pl.col("speaker_length"), "x"
    )
    yield pl.when(~pl.col("no_source_original")).then(speaker).alias("source_original")


def soiled(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with faults where they were drawn."""
    states = pl.when(pl.col("state_lists")).then(pl.col("gwnoa") + ";2;200")
    floats = pl.when(pl.col("float_states")).then(pl.col("gwnoa") + ".0")
    best = pl.when(pl.col("unreadable")).then(pl.lit("unknown"))
    clock = pl.when(pl.col("clock_dates")).then(pl.lit("T00:00:00")).otherwise(pl.lit(""))
    wrong = pl.col("out_of_order")
    return rows.with_columns(
        states.otherwise(floats.otherwise(pl.col("gwnoa"))).alias("gwnoa"),
        pl.when(wrong).then(pl.col("best") + 1).otherwise(pl.col("low")).alias("low"),
        best.otherwise(pl.col("best").cast(pl.String)).alias("best"),
        *(
            (pl.col(name).cast(pl.String) + clock).alias(name)
            for name in ("date_start", "date_end")
        ),
        (pl.col("at") - (pl.col("repeated_id") & (pl.col("at") > 0)).cast(pl.Int64)).alias("at"),
    )


def written(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the columns that repeat or identify."""
    return rows.with_columns(
        (90_000_000 + pl.col("at")).alias("id"),
        pl.format("SYNTHETIC-{}-{}-{}", "year", "type_of_violence", "at").alias("relid"),
        pl.when(pl.col("inactive"))
        .then(pl.lit("False"))
        .otherwise(pl.lit("True"))
        .alias("active_year"),
        pl.lit("Clear").alias("code_status"),
        pl.lit(None, pl.String).alias("gwnob"),
        *(
            pl.col(f"{name}_new_id").alias(f"{name}_dset_id")
            for name in ("conflict", "dyad", "side_a", "side_b")
        ),
    )
