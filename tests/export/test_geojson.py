"""GeoJSON, held to the rules of RFC 7946 one by one."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from graph.export.geojson import write_geojson
from graph.network import Network, Node
from tests.export.networks import HOSTILE, KYIV, SMALL, STRIKE, networks

HERE = Path(__file__).parent


def written(network: Network) -> bytes:
    stream = BytesIO()
    write_geojson(network, stream)
    return stream.getvalue()


def read(network: Network) -> dict[str, Any]:
    collection = json.loads(written(network), parse_constant=refuse)
    assert isinstance(collection, dict)
    return collection


def refuse(constant: str) -> None:
    pytest.fail(f"{constant} is not JSON (RFC 8259, 6)")


def check_rfc_7946(collection: dict[str, Any]) -> None:
    """The rules for a collection of points; the numbers are the sections of RFC 7946."""
    assert collection["type"] == "FeatureCollection", "3.3"
    assert isinstance(collection["features"], list), "3.3"
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(collection), "7.1"
    assert "crs" not in collection, "4"
    for feature in collection["features"]:
        check_feature(feature)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(ids) == len(set(ids)), "3.2, an identifier"


def check_feature(feature: dict[str, Any]) -> None:
    assert feature["type"] == "Feature", "3.2"
    assert isinstance(feature["id"], str | int | float), "3.2"
    assert feature["properties"] is None or isinstance(feature["properties"], dict), "3.2"
    assert not {"coordinates", "geometries", "features"} & set(feature), "7.1"
    assert feature["geometry"]["type"] == "Point", "1.4"
    assert set(feature["geometry"]) == {"type", "coordinates"}, "3.1"
    longitude, latitude = feature["geometry"]["coordinates"]
    assert -180 <= longitude <= 180, "3.1.1: longitude first"
    assert -90 <= latitude <= 90, "3.1.1: latitude second"


def test_the_small_network() -> None:
    assert written(SMALL) == (HERE / "expected" / "small.geojson").read_bytes()


@given(networks())
def test_any_network_keeps_to_rfc_7946_and_is_whole(network: Network) -> None:
    collection = read(network)

    check_rfc_7946(collection)
    placed = {
        node.iri: (node.label, node.kind, node.start, node.end, [node.longitude, node.latitude])
        for node in network.nodes
        if node.longitude is not None and node.latitude is not None
    }
    assert placed == {feature["id"]: meaning(feature) for feature in collection["features"]}
    assert collection["nodes_without_position"] == len(list(network.nodes)) - len(placed)


def meaning(feature: dict[str, Any]) -> tuple[object, ...]:
    properties = feature["properties"]
    named = (properties["label"], properties["kind"], properties.get("start"))
    return (*named, properties.get("end"), feature["geometry"]["coordinates"])


def test_features_say_how_precise_they_are() -> None:
    strike, kyiv = read(SMALL)["features"]

    assert (strike["id"], kyiv["id"]) == (STRIKE, KYIV)
    assert strike["properties"]["date precision"] == "Night"
    assert strike["properties"]["killed"] == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_arrive_unchanged(words: str) -> None:
    node = Node("urn:a", words, "Region", longitude=0.0, latitude=0.0, wikidata=words)

    collection = read(Network(words, (node,)))

    assert collection["title"] == words
    assert collection["features"][0]["properties"] == {
        "label": words,
        "kind": "Region",
        "wikidata": words,
    }


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(None, 50.0), (30.0, None), (float("nan"), 50.0), (200.0, 50.0), (30.0, 91.0)],
)
def test_what_is_no_position_is_counted_not_drawn(
    longitude: float | None, latitude: float | None
) -> None:
    node = Node("urn:a", "A", "Region", longitude=longitude, latitude=latitude)

    collection = read(Network("", (node,)))

    assert (collection["features"], collection["nodes_without_position"]) == ([], 1)


def test_a_number_that_is_none_is_left_out() -> None:
    attributes = (("killed", float("inf")), ("injured", float("nan")), ("missing", 1.5))
    node = Node("urn:a", "A", "Attack", longitude=0.0, latitude=0.0, attributes=attributes)

    (feature,) = read(Network("", (node,)))["features"]

    assert feature["properties"] == {"label": "A", "kind": "Attack", "missing": 1.5}
