"""Made-up rows in the format of UCDP GED, at any size, distributed like real ones.

Run: ``python -m benchmarks.synthetic_ged ROWS [--seed N] [--folder DIR] [--out-of-order SHARE] …``

The distributions are aggregates (``ged_distributions.json``, by ``learn_ged.py``); conflicts,
groups, places, outlets and speakers are made up and called synthetic, and no row is about anything
that happened: every row says so in ``source_article``, ``conflict_name`` and ``where_coordinates``,
and so does the name of the file. The years are as flat as in the sample they come from, which was
drawn evenly by year. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.synthetic_words import ONE_SIDED, Learned, soiled, worded, written
from graph.sources.ucdp.rows import COLUMNS

DISTRIBUTIONS = Path(__file__).with_name("ged_distributions.json")
BATCH = 100_000
"""Rows made at a time: memory does not grow with the size of the file."""
PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dirt:
    """The shares of rows with a fault; None is the share in the real rows."""

    out_of_order: float | None = None
    """low, best and high not in this order."""
    unreadable: float = 0.0
    """A word where best should be: a broken row."""
    repeated_id: float = 0.0
    """The id of the row before it: a broken row."""
    state_lists: float = 0.001
    """Several numbers in gwnoa."""
    float_states: float = 0.0
    """gwnoa as a spreadsheet writes it, 369.0."""
    clock_dates: float = 0.0
    """date_start and date_end with a time of day, as the API gives them."""


def learned() -> Learned:
    """The distributions."""
    found: Learned = json.loads(DISTRIBUTIONS.read_text("utf-8"))
    return found


def batches(rows: int, seed: int = 1, dirt: Dirt | None = None) -> Iterator[pl.DataFrame]:
    """The rows, in frames of at most :data:`BATCH`; all columns as GED has them in CSV."""
    known = learned()
    for at in range(0, rows, BATCH):
        random = np.random.default_rng((seed, at))
        yield _Batch(known, random, dirt or Dirt(), at, min(BATCH, rows - at)).frame()


def write(rows: int, folder: Path, seed: int = 1, dirt: Dirt | None = None) -> Path:
    """Write the rows as CSV; gives the file, whose name says that it is synthetic."""
    path = folder / f"synthetic_ged_{rows}_rows_seed_{seed}.csv"
    with path.open("wb") as file:
        for number, frame in enumerate(batches(rows, seed, dirt)):
            frame.write_csv(file, include_header=number == 0)
    return path


@dataclass(frozen=True)
class _Batch:
    """Some rows on their way: columns drawn one after the other from one stream of chance."""

    known: Learned
    random: np.random.Generator
    dirt: Dirt
    first: int
    size: int

    def frame(self) -> pl.DataFrame:
        what = self._what()
        rows = pl.DataFrame({**what, **self._where(what), **self._when(), **self._deaths(what)})
        rows = rows.with_columns(**self._chances())
        return written(soiled(worded(rows, self.known))).select(COLUMNS)

    def _pick(self, name: str) -> Numbers:
        """Whole numbers as often as they were counted."""
        return self._weighted(self.known[name])

    def _weighted(self, counts: Mapping[str, int]) -> Numbers:
        values, weights = np.array(list(counts), np.int64), np.array(list(counts.values()), float)
        return self.random.choice(values, self.size, p=weights / weights.sum())

    def _quantile(self, quantiles: list[float], size: int | None = None) -> Floats:
        """Numbers of 0 and more between the quantiles, evenly by their logarithms."""
        at = self.random.random(self.size if size is None else size)
        found: Floats = np.expm1(np.interp(at, self.known["steps"], np.log1p(quantiles)))
        return found

    def _what(self) -> dict[str, Numbers]:
        """Which country, type of violence, conflict and dyad."""
        types = (1, 2, ONE_SIDED)
        counts = {
            str(4 * place + each): country[f"type_{each}"]
            for place, country in enumerate(self.known["countries"])
            for each in types
        }
        drawn = self._weighted(counts)
        place, kind = drawn // 4, drawn % 4
        pool = {each: self._pool(each) for each in types}
        sizes = np.array([pool[each][at] for at, each in zip(place, kind, strict=True)], np.int64)
        conflict = (sizes * self.random.random(self.size) ** 2).astype(np.int64)
        dyad = self.random.integers(0, 2, self.size) * self.random.integers(0, 2, self.size)
        number = 1_000 * (4 * place + kind) + conflict
        return {"place": place, "type_of_violence": kind, "conflict": number, "dyad": dyad}

    def _pool(self, kind: int) -> list[int]:
        """How many conflicts of a type each country has: its share of the register, at least 1."""
        events = np.array([country[f"type_{kind}"] for country in self.known["countries"]], float)
        shares = events / events.sum() * self.known["conflicts"][str(kind)]
        return [int(each) for each in np.maximum(1, shares.round())]

    def _where(self, what: Mapping[str, Numbers]) -> dict[str, npt.NDArray[Any]]:
        """A location of the country: each has its own point, whichever row it is in."""
        countries = self.known["countries"]
        total = sum(country[f"type_{each}"] for country in countries for each in (1, 2, 3))
        share = np.array([sum(each[f"type_{n}"] for n in (1, 2, 3)) for each in countries]) / total
        choices = np.maximum(3, share * 40_000).astype(np.int64)[what["place"]]
        town = (choices * self.random.random(self.size) ** 2).astype(np.int64)
        degrees: dict[str, npt.NDArray[Any]] = {
            "town": town,
            "where_prec": self._pick("where_prec"),
        }
        for turn, name in enumerate(("latitude", "longitude")):
            mean = np.array([each[f"{name}_mean"] for each in countries])[what["place"]]
            spread = np.array([each[f"{name}_sd"] for each in countries])[what["place"]]
            bent = np.sin(12.9898 * (town + 1) + 78.233 * (what["place"] + turn)) * 43758.5453
            limit = (89.0, 179.0)[turn]
            point = mean + spread * 3 * (bent - np.floor(bent) - 0.5)
            degrees[name] = np.clip(point, -limit, limit).round(6)
        return degrees

    def _when(self) -> dict[str, Numbers]:
        """The year, the day in it, how precise, and how many days the span takes."""
        precision = self._pick("date_prec")
        length = np.zeros(self.size, np.int64)
        for each, quantiles in self.known["days"].items():
            chosen = precision == int(each)
            length[chosen] = self._quantile(quantiles, int(chosen.sum())).round()
        year, day = self._pick("year"), self.random.integers(0, 365, self.size)
        return {
            "year": year,
            "day": np.minimum(day, 364 - np.minimum(length, 364)),
            "date_prec": precision,
            "length": np.minimum(length, 364),
        }

    def _deaths(self, what: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Best, its four parts, low and high."""
        kind = what["type_of_violence"]
        best = np.zeros(self.size, np.int64)
        for each, quantiles in self.known["best"].items():
            chosen = kind == int(each)
            best[chosen] = np.floor(self._quantile(quantiles, int(chosen.sum())) + 1e-9)
        parts = self._parts(best, kind == ONE_SIDED)
        low = np.where(
            self._chance("low_is_best"), best, best * self._quantile(self.known["low_share"])
        )
        high = np.where(
            self._chance("high_is_best"),
            best,
            np.ceil(best * self._quantile(self.known["high_share"])),
        )
        return {**parts, "best": best, "low": low.astype(np.int64), "high": high.astype(np.int64)}

    def _parts(self, best: Numbers, one_sided: npt.NDArray[np.bool_]) -> dict[str, Numbers]:
        weights = np.array([self.known["part"][part] for part in PARTS])
        main = self.random.choice(len(PARTS), self.size, p=weights / weights.sum())
        main = np.where(one_sided, PARTS.index("deaths_civilians"), main)
        spread = ~self._chance("one_part_only") & ~one_sided
        aside = np.where(spread, best // 3, 0)
        rest = {part: np.where(main == at, best - aside, 0) for at, part in enumerate(PARTS)}
        other = (main + 1) % len(PARTS)
        return {part: rest[part] + np.where(other == at, aside, 0) for at, part in enumerate(PARTS)}

    def _chance(self, name: str) -> npt.NDArray[np.bool_]:
        return self.random.random(self.size) < float(self.known[name])

    def _chances(self) -> dict[str, Any]:
        """What is drawn for a row besides: sources, names left out, and where faults fall."""
        missing = self.known["missing"]
        disorder = self.dirt.out_of_order
        drawn = {
            "at": np.arange(self.first, self.first + self.size),
            "inactive": self._chance("inactive_year"),
            "event_clarity": self._pick("event_clarity"),
            "sources": np.minimum(self._pick("number_of_sources"), 10),
            "outlet": self.random.integers(0, self.known["outlets"], self.size),
            "headline": self._quantile(self.known["headline_length"]).astype(np.int64),
            "speaker": self.random.integers(0, 1 + int(self.known["speakers"] * 1e5), self.size),
            "speaker_length": self._quantile(self.known["speaker_length"]).astype(np.int64),
            **{
                f"no_{name}": self.random.random(self.size) < share
                for name, share in missing.items()
            },
            "list": self.random.random(self.size),
        }
        shares = {each.name: getattr(self.dirt, each.name) for each in fields(Dirt)}
        shares["out_of_order"] = self.known["out_of_order"] if disorder is None else disorder
        for name, share in shares.items():
            drawn[name] = self.random.random(self.size) < share
        return {name: pl.Series(name, values) for name, values in drawn.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Write synthetic rows in the format of UCDP GED.")
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path())
    for each in fields(Dirt):
        parser.add_argument(f"--{each.name.replace('_', '-')}", type=float, default=each.default)
    given = vars(parser.parse_args())
    rows, seed, folder = given.pop("rows"), given.pop("seed"), given.pop("folder")
    print(write(rows, folder, seed, Dirt(**given)))


if __name__ == "__main__":
    main()
