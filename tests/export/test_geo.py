"""GeoPackage and GeoParquet, as GDAL and geopandas read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import geopandas
import pyarrow.parquet
import pyogrio
import pytest

from graph.export.geopackage import write_geopackage
from graph.export.parquet import write_geoparquet
from graph.network import Network, Node
from tests.export.networks import HOSTILE, KYIV, MAYOR, SMALL, STRIKE
from tests.export.test_more_formats import meaning, with_words


def geopackage(network: Network, folder: Path) -> Path:
    file = folder / "network.gpkg"
    with file.open("wb") as stream:
        write_geopackage(network, stream)
    return file


def read_nodes(name: str, network: Network, folder: Path) -> geopandas.GeoDataFrame:
    if name == "geopackage":
        return geopandas.read_file(geopackage(network, folder), layer="nodes").set_index("iri")
    stream = BytesIO()
    write_geoparquet(network, stream)
    return geopandas.read_parquet(BytesIO(stream.getvalue())).set_index("iri")


FORMATS = ("geopackage", "geoparquet")


@pytest.mark.parametrize("name", FORMATS)
def test_points_times_and_attributes(name: str, tmp_path: Path) -> None:
    nodes = read_nodes(name, SMALL, tmp_path)

    point = nodes.loc[STRIKE].geometry
    assert (point.x, point.y) == (30.5234, 50.4501)
    assert nodes.loc[STRIKE, "start_utc"] == datetime(2026, 1, 23, 22, tzinfo=UTC)
    assert nodes.loc[STRIKE, "end"] == "2026-01-24T06:00:00+02:00"
    assert (nodes.loc[STRIKE, "killed"], nodes.loc[STRIKE, "size_"]) == (1, 2.5)
    assert nodes.loc[KYIV, "wikidata"] == "Q1899"
    assert nodes.loc[MAYOR, "in office"] == 1
    assert nodes.loc[MAYOR].geometry is None


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back(name: str, words: str, tmp_path: Path) -> None:
    nodes = read_nodes(name, with_words(words), tmp_path)

    assert list(nodes["label"]) == [words, words]
    assert nodes.loc["urn:b", "note"] == words


@pytest.mark.parametrize("name", FORMATS)
def test_what_has_no_place_on_a_time_line_stays_a_text(name: str, tmp_path: Path) -> None:
    texts = ("2026-01-24", "0001-01-01T00:00:00+14:00", "soon")
    network = Network("Odd", [Node(f"urn:{n}", "", "", text) for n, text in enumerate(texts)])

    nodes = read_nodes(name, network, tmp_path)

    assert list(nodes["start"]) == list(texts)
    assert nodes["start_utc"].isna().all()


def test_coordinates_are_longitude_and_latitude(tmp_path: Path) -> None:
    assert read_nodes("geopackage", SMALL, tmp_path).crs == "EPSG:4326"
    assert read_nodes("geoparquet", SMALL, tmp_path).crs == "OGC:CRS84"


def test_a_geopackage_has_the_edges_too(tmp_path: Path) -> None:
    edges = pyogrio.read_dataframe(geopackage(SMALL, tmp_path), layer="edges")

    assert sorted(edges[["iri", "source", "target", "label"]].itertuples(False, None)) == [
        *meaning(SMALL)[1]
    ]
    assert edges.loc[0, "quotes"] == 'one fatality, "four" injuries | =cmd() ]]> <b>'


def test_columns_that_sqlite_takes_for_one_stay_two(tmp_path: Path) -> None:
    network = Network("Sides", [Node("urn:a", "", "", attributes=(("Side", "A"), ("side", "b")))])

    nodes = pyogrio.read_dataframe(geopackage(network, tmp_path), layer="nodes")

    assert (nodes.loc[0, "Side"], nodes.loc[0, "side_"]) == ("A", "b")


def test_geoparquet_says_which_version_it_is() -> None:
    stream = BytesIO()
    write_geoparquet(SMALL, stream)

    schema = pyarrow.parquet.read_schema(BytesIO(stream.getvalue()))

    assert json.loads(schema.metadata[b"geo"])["version"] == "1.1.0"
