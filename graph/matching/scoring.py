"""How alike two events of different sources are: pairs that are near each other, with features.

Only pairs that share a cell of half a degree (or neighbouring ones) and a week are looked at, so
that the work grows with the events and not with their square. A pair's score is the weighted mean
of four similarities from 0 to 1:

- time: the share of the days of both that they have in common, and half for each day of a gap;
- place: falls with the distance, measured by how far from their points the events may be, and with
  that itself, for two events somewhere in one region have little in common;
- actors: the share of the words in the names of the actors of one that the other has, too;
- type: 1 for the same kind, a half where one is wider.

An event gets at most one partner, and only one that can be told from all others. Several events of
one day and place score alike; then the pair with the closest counts of killed is taken, and none
where these are alike, too. The counts are no part of the score: where sources differ is what
matches are for.
"""

from __future__ import annotations

import polars as pl

CELL = 0.5
NEIGHBOURS = (-1, 0, 1)
WEEK = 7
MOST_DAYS = 3
WEIGHTS = {"time": 0.3, "place": 0.3, "actors": 0.25, "type": 0.15}
THRESHOLD = 0.75
WIDE = ("Attack", "ConflictEvent", "AggregateReport")
EARTH_KM = 6371.0
UNKNOWN = 10_000
"""How far apart two counts are taken to be where one is not known."""


def matches(left: pl.DataFrame, right: pl.DataFrame, threshold: float = THRESHOLD) -> pl.DataFrame:
    """The pairs of events of two frames of incidents that score at least ``threshold``.

    Has ``left`` and ``right`` (events), ``score``, ``days``, ``kilometres``, ``actors``, ``type``
    and ``apart`` (the counts of killed), each event once on its side.
    """
    scored = scored_pairs(left, right).filter(pl.col("score") >= threshold)
    return told_apart(scored)


def scored_pairs(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """All pairs in shared blocks with their features and scores."""
    pairs = (
        _blocked(left, NEIGHBOURS)
        .join(_blocked(right, (0,)), on=["north", "east", "week"], suffix="_right")
        .select("event", "event_right")
        .unique()
    )
    both = pairs.join(left, on="event").join(
        right.rename({name: f"{name}_right" for name in right.columns}), on="event_right"
    )
    return (
        both.with_columns(_days(), _kilometres(), _shared_words(), _alike_kinds())
        .filter(pl.col("days") <= MOST_DAYS)
        .with_columns(_score())
        .select(
            pl.col("event").alias("left"),
            pl.col("event_right").alias("right"),
            pl.col("score", "days", "kilometres", "actors", "type").round(4),
            (pl.col("killed") - pl.col("killed_right")).abs().fill_null(UNKNOWN).alias("apart"),
        )
    )


def told_apart(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs that are better than every other pair of either event, the best first.

    Where two pairs of an event are alike in score and in how far their counts are apart, neither is
    taken: nobody can tell which it is.
    """
    rank = pl.col("score") * UNKNOWN * 100 - pl.col("apart").clip(0, UNKNOWN)
    ranked = pairs.with_columns(rank.alias("rank"))
    for side in ("left", "right"):
        best = pl.col("rank") == pl.col("rank").max().over(side)
        ranked = ranked.with_columns((best & (best.sum().over(side) == 1)).alias(f"best_{side}"))
    order = {"score": True, "left": False, "right": False}
    return (
        ranked.filter(pl.col("best_left") & pl.col("best_right"))
        .drop("rank", "best_left", "best_right")
        .sort(*order, descending=list(order.values()))
    )


def _blocked(frame: pl.DataFrame, offsets: tuple[int, ...]) -> pl.DataFrame:
    """The blocks that each event is in: cells, with those around, by weeks."""
    day = pl.col("start").dt.epoch("d") - MOST_DAYS, pl.col("end").dt.epoch("d") + MOST_DAYS
    around = pl.DataFrame(
        [{"up": up, "along": along} for up in offsets for along in offsets],
        {"up": pl.Int64, "along": pl.Int64},
    )
    return (
        frame.select(
            "event",
            (pl.col("latitude") / CELL).floor().cast(pl.Int64).alias("north"),
            (pl.col("longitude") / CELL).floor().cast(pl.Int64).alias("east"),
            pl.int_ranges(day[0] // WEEK, day[1] // WEEK + 1).alias("week"),
        )
        .explode("week")
        .join(around, how="cross")
        .select(
            "event",
            "week",
            pl.col("north") + pl.col("up"),
            pl.col("east") + pl.col("along"),
        )
    )


def _days() -> pl.Expr:
    """The days between two spans, 0 where they overlap."""
    gap = pl.max_horizontal("start", "start_right") - pl.min_horizontal("end", "end_right")
    return gap.dt.total_days().clip(lower_bound=0).alias("days")


def _kilometres() -> pl.Expr:
    """The distance on a sphere (haversine)."""
    north, north_right = pl.col("latitude").radians(), pl.col("latitude_right").radians()
    east = (pl.col("longitude_right") - pl.col("longitude")).radians()
    half = ((north_right - north) / 2).sin().pow(2)
    half += north.cos() * north_right.cos() * (east / 2).sin().pow(2)
    return (2 * EARTH_KM * half.sqrt().clip(0, 1).arcsin()).alias("kilometres")


def _shared_words() -> pl.Expr:
    """The share of the shorter list of words that the other has; a half where nothing is known."""
    mine, other = pl.col("words"), pl.col("words_right")
    fewest = pl.min_horizontal(mine.list.len(), other.list.len())
    shared = mine.list.set_intersection(other).list.len() / fewest
    return pl.when(fewest > 0).then(shared).otherwise(0.5).alias("actors")


def _alike_kinds() -> pl.Expr:
    mine, other = pl.col("kind"), pl.col("kind_right")
    wide = mine.is_in(WIDE) | other.is_in(WIDE)
    return pl.when(mine == other).then(1.0).when(wide).then(0.5).otherwise(0.0).alias("type")


def _score() -> pl.Expr:
    overlap = pl.min_horizontal("end", "end_right") - pl.max_horizontal("start", "start_right")
    union = pl.max_horizontal("end", "end_right") - pl.min_horizontal("start", "start_right")
    shared = (overlap.dt.total_days() + 1) / (union.dt.total_days() + 1)
    time = (
        pl.when(pl.col("days") == 0)
        .then(shared.clip(0, 1))
        .otherwise(pl.lit(0.5).pow(pl.col("days")))
    )
    reach = pl.col("radius") + pl.col("radius_right")
    place = (-(pl.col("kilometres") / reach).pow(2)).exp() / (1 + (reach - 10) / 400)
    features = {"time": time, "place": place, "actors": pl.col("actors"), "type": pl.col("type")}
    return sum((WEIGHTS[name] * value for name, value in features.items()), pl.lit(0.0)).alias(
        "score"
    )
