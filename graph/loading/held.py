"""What the graph holds already: records of a dataset, and reference entities by their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.engine.store import Reading
from graph.formats import RESULTS_FORMATS
from graph.sources.source import Dataset, Reference
from graph.turtle import read_text

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Held:
    """The records of a dataset.

    ``records`` has ``record``, ``id``, ``hash``, ``release``, ``known_from`` and ``superseded``
    (days as texts); ``repeated`` a row for each record and other release with the same row, with
    ``record``, ``release`` and ``known_from``; ``releases`` the day of each release by its name.
    """

    records: pl.DataFrame
    repeated: pl.DataFrame
    releases: Mapping[str, str]


def held(graph: Reading, dataset: Dataset) -> Held:
    """What the graph holds of a dataset."""
    bound = {"dataset": dataset.node}
    releases = table(graph, FOLDER / "releases.rq", bound)
    return Held(
        table(graph, FOLDER / "records.rq", bound),
        table(graph, FOLDER / "repeated.rq", bound),
        dict(releases.select("release", "known_from").iter_rows()),
    )


def reference(graph: Reading) -> Reference:
    """The reference entities that datasets refer to by codes."""
    countries, states, regions, fips, iso = (
        table(graph, FOLDER / f"{name}.rq")
        for name in ("countries", "states", "regions", "fips", "iso")
    )
    named = regions.with_columns(pl.col("name").str.to_lowercase())
    return Reference(
        {int(number): iri for number, iri in countries.iter_rows()},
        {int(number): iri for number, iri in states.iter_rows()},
        {(country, name): region for country, name, region in named.iter_rows()},
        dict(fips.iter_rows()),
        {int(number): iri for number, iri in iso.iter_rows()},
    )


def table(
    graph: Reading, query: Path, bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None
) -> pl.DataFrame:
    """The answer to a SELECT as texts, unbound values null."""
    stream = BytesIO()
    graph.serialized(read_text(query), stream, RESULTS_FORMATS["csv"], bindings)
    stream.seek(0)
    return pl.read_csv(stream, infer_schema=False)
