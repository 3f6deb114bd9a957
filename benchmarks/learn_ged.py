"""Learn from real UCDP GED rows how their values are distributed; no row is kept.

Run: ``python benchmarks/learn_ged.py FOLDER``, where the folder holds ``ucdp_ged_ukraine`` (rows of
GED with all columns) and ``ucdp_ged_sample_10k`` (a sample of GED 25.1 with few columns, and its
register of conflicts), and ``country_crosswalk``. Writes ``ged_distributions.json`` beside this
file: counts, shares and quantiles.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

OUT = Path(__file__).with_name("ged_distributions.json")
UKRAINE = "ucdp_ged_ukraine/UCDP-Ukraine_2023-06-23_f0821cc_ged23.1_utf8.csv"
ORIGIN = (
    "Aggregates of UCDP GED (CC BY 4.0; Davies, Pettersson and Öberg; Sundberg and Melander 2013):"
    " GED 23.1, Ukraine, 3,077 rows, and a stratified sample of GED 25.1, 9,972 rows."
)
PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
STEPS = [*(step / 100 for step in range(100)), 0.995, 0.998, 0.999, 0.9995, 1]
GLEDITSCH_WARD = {
    "DR Congo (Zaire)": 490,
    "Yemen (North Yemen)": 678,
    "Russia (Soviet Union)": 365,
    "Bosnia-Herzegovina": 346,
    "Serbia (Yugoslavia)": 345,
    "Myanmar (Burma)": 775,
    "Zimbabwe (Rhodesia)": 552,
    "Madagascar (Malagasy)": 580,
    "Cambodia (Kampuchea)": 811,
    "Kingdom of eSwatini (Swaziland)": 572,
    "Ivory Coast": 437,
    "Congo": 484,
    "Macedonia, FYR": 343,
    "Trinidad and Tobago": 52,
    "Turkey": 640,
    "Vietnam (North Vietnam)": 816,
}
"""Countries that UCDP and the crosswalk name differently."""


def quantiles(values: pl.Series) -> list[float]:
    """The quantiles at the steps."""
    return [round(float(values.quantile(step, "nearest") or 0), 3) for step in STEPS]


def counts(values: pl.Series) -> dict[str, int]:
    """How often each value occurs."""
    counted = values.value_counts().sort("count", descending=True)
    return {str(value): count for value, count in counted.iter_rows()}


def countries(sample: pl.DataFrame, crosswalk: pl.DataFrame) -> list[dict[str, Any]]:
    """Of each country its code, region, how many events of each type, and where they lie."""
    codes = {name: int(float(code)) for name, code in crosswalk.drop_nulls().iter_rows()}
    grouped = sample.group_by("country").agg(
        pl.col("region").first(),
        *((pl.col("type_of_violence") == each).sum().alias(f"type_{each}") for each in (1, 2, 3)),
        *(pl.col(name).mean().round(2).alias(f"{name}_mean") for name in ("latitude", "longitude")),
        *(
            pl.col(name).std().fill_null(0).round(2).alias(f"{name}_sd")
            for name in ("latitude", "longitude")
        ),
    )
    return [
        {**row, "country_id": GLEDITSCH_WARD.get(row["country"], codes.get(row["country"]))}
        for row in grouped.sort("country").to_dicts()
    ]


def learned(folder: Path) -> dict[str, Any]:
    """The distributions of all columns."""
    rows = pl.read_csv(folder / UKRAINE, infer_schema_length=None)
    sample_folder = folder / "ucdp_ged_sample_10k"
    sample = pl.DataFrame(json.loads((sample_folder / "events_sample.json").read_text("utf-8")))
    register = json.loads((sample_folder / "conflicts_summary.json").read_text("utf-8"))
    crosswalk = pl.read_csv(folder / "country_crosswalk/country_crosswalk.csv", infer_schema=False)
    deadly = rows.filter(pl.col("best") > 0)
    return {
        "origin": ORIGIN,
        "steps": STEPS,
        "year": counts(sample["date"].str.slice(0, 4).sort()),
        "countries": countries(sample, crosswalk.select("country.name.en", "gwn")),
        "best": {
            str(each): quantiles(sample.filter(pl.col("type_of_violence") == each)["best"])
            for each in (1, 2, 3)
        },
        "conflicts": counts(pl.Series([str(each["violence_type"]) for each in register])),
        "conflict_events": quantiles(pl.Series([each["event_count"] for each in register])),
        "dyads_in_a_conflict": round(
            rows["dyad_new_id"].n_unique() / rows["conflict_new_id"].n_unique(), 2
        ),
        "events_at_a_location": round(
            len(rows) / rows.select("latitude", "longitude").n_unique(), 2
        ),
        **{
            name: counts(rows[name])
            for name in ("where_prec", "date_prec", "event_clarity", "number_of_sources")
        },
        "inactive_year": share(rows["active_year"].cast(pl.String).str.to_lowercase() == "false"),
        "part": {part: round(mean(deadly[part] / deadly["best"]), 4) for part in PARTS},
        "one_part_only": share(deadly.select(PARTS).max_horizontal() == deadly["best"]),
        "low_is_best": share(rows["low"] == rows["best"]),
        "high_is_best": share(rows["high"] == rows["best"]),
        "low_share": quantiles(
            (rows["low"] / rows["best"]).filter((rows["low"] < rows["best"]) & (rows["best"] > 0))
        ),
        "high_share": quantiles(
            (rows["high"] / rows["best"]).filter((rows["high"] > rows["best"]) & (rows["best"] > 0))
        ),
        "out_of_order": share((rows["low"] > rows["best"]) | (rows["best"] > rows["high"])),
        "days": {
            str(each): quantiles(days(rows.filter(pl.col("date_prec") == each)))
            for each in range(1, 6)
        },
        "missing": {
            name: share(rows[name].is_null())
            for name in ("source_original", "where_description", "adm_1", "adm_2")
        },
        "headline_length": quantiles(rows["source_headline"].str.len_chars()),
        "speaker_length": quantiles(rows["source_original"].drop_nulls().str.len_chars()),
        "outlets": rows["source_office"].str.split(";").explode().n_unique(),
        "speakers": share_of(rows["source_original"]),
        "without_source_lists": 97_496 / 417_968,
        "without_source_lists_origin": "GED 26.1: empty in 97,496 of 417,968 rows, mostly < 2013",
    }


def mean(values: pl.Series) -> float:
    """The mean of numbers or of marks."""
    return float(values.cast(pl.Float64).to_numpy().mean())


def share(marks: pl.Series) -> float:
    """The share of the marked."""
    return round(mean(marks), 5)


def share_of(values: pl.Series) -> float:
    """How many distinct values there are for one row."""
    return round(values.n_unique() / len(values), 4)


def days(rows: pl.DataFrame) -> pl.Series:
    """The length of the time span, in days after the first."""
    start, end = (rows[name].cast(pl.String).str.to_date() for name in ("date_start", "date_end"))
    return (end - start).dt.total_days()


def main(folder: Path) -> None:
    lines = (f'"{name}": {json.dumps(each)}' for name, each in learned(folder).items())
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
