"""The published files on countries and regions, joined: what each says of a territory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ITEM = "http://www.wikidata.org/entity/"
SOVEREIGN = "Q3624078"
UNCODED = {"XK": "Kosovo", "NA": "Namibia"}
"""Codes that the table of codes lacks, with its names: XK is no code of ISO 3166-1, and NA was
taken for a missing value."""
ISO = {"NA": ("NA", "NAM", "516")}
FIPS = {"SS": "OD"}
"""Codes of FIPS 10-4 younger than the table."""
NAMES = {"PS": "Palestine"}
"""Where titles in the sources take sides, the shortest of them."""
NUMBERS = {"YE": "678"}
"""Gleditsch-Ward numbers that the table has under another name: 678 is Yemen, since 1990 too."""


@dataclass(frozen=True)
class Gazetteer:
    """An entry of a PeriodO gazetteer: the item, its title, its classes, the middle of its hull."""

    item: str
    title: str
    classes: tuple[str, ...]
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Territory:
    """A country or other territory; codes are empty where there is none."""

    name: str
    also: str
    """Its name in the table of codes."""
    ukrainian: str
    codes: Mapping[str, str]
    entry: Gazetteer | None
    natural_earth: str
    """The item that Natural Earth names, if it has the territory."""
    longitude: float | None
    latitude: float | None
    note: str
    """What Natural Earth notes of a dispute."""

    @property
    def item(self) -> str:
        """The item that the sources agree on, or the only one named; empty where they differ."""
        named = {each for each in (self.natural_earth, self.entry and self.entry.item) if each}
        return named.pop() if len(named) == 1 else ""


@dataclass(frozen=True)
class Gazetteers:
    """All of them: territories, and the entries of each gazetteer of regions by its name."""

    territories: tuple[Territory, ...]
    regions: Mapping[str, tuple[Gazetteer, ...]]


def read_gazetteers(folder: Path) -> Gazetteers:
    """Read the folder of published files."""
    periodo = folder / "periodo_gazetteers_wikidata"
    regions = {path.stem: tuple(_entries(path)) for path in sorted(periodo.glob("*.json"))}
    return Gazetteers(tuple(_territories(folder)), regions)


def _features(path: Path) -> list[dict[str, Any]]:
    features = json.loads(path.read_text("utf-8"))["features"]
    assert isinstance(features, list)
    return features


def _entries(path: Path) -> Iterator[Gazetteer]:
    for feature in _features(path):
        if feature.get("geometry"):
            yield _entry(feature)


def _entry(feature: Mapping[str, Any]) -> Gazetteer:
    points = list(_points(feature["geometry"]))
    east, north = zip(*points, strict=True)
    return Gazetteer(
        feature["id"].removeprefix(ITEM),
        feature["properties"]["title"],
        tuple(each["identifier"].removeprefix(ITEM) for each in feature.get("types", ())),
        round((min(east) + max(east)) / 2, 1),
        round((min(north) + max(north)) / 2, 1),
    )


def _points(geometry: object) -> Iterator[tuple[float, float]]:
    """All points of a geometry of GeoJSON, however nested."""
    if isinstance(geometry, dict):
        for name in ("geometries", "coordinates"):
            yield from _points(geometry.get(name, []))
    elif isinstance(geometry, list):
        if len(geometry) >= 2 and all(isinstance(each, int | float) for each in geometry):
            yield (float(geometry[0]), float(geometry[1]))
        else:
            for each in geometry:
                yield from _points(each)


def _territories(folder: Path) -> Iterator[Territory]:
    periodo = {
        feature["properties"].get("ccode", ""): _entry(feature)
        for feature in _features(folder / "periodo_gazetteers_wikidata" / "countries.json")
    }
    earth = {
        feature["properties"]["ISO_A2_EH"]: feature["properties"]
        for feature in _features(
            folder / "natural_earth_110m_admin0" / "ne_110m_admin_0_countries.geojson"
        )
    }
    cameo = {row["ISO3"] for row in _cameo(folder)}
    for row in _rows(folder / "country_crosswalk" / "country_crosswalk.csv"):
        code = row["iso2c"] or next(
            (code for code, name in UNCODED.items() if name == row["country.name.en"]), ""
        )
        if code in periodo or code in earth:
            yield _territory(code, row, periodo.get(code), earth.get(code), cameo)


def _cameo(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "cameo" / "cameo_country_code_name.csv").open(encoding="utf-8") as file:
        for cells in csv.reader(file):
            yield {"ISO3": cells[0].strip()}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _territory(
    code: str,
    row: Mapping[str, str],
    entry: Gazetteer | None,
    earth: Mapping[str, Any] | None,
    cameo: set[str],
) -> Territory:
    alpha2, alpha3, numeric = ISO.get(code) or (row["iso2c"], row["iso3c"], _whole(row["iso3n"]))
    codes = {
        "isoAlpha2": alpha2,
        "isoAlpha3": alpha3,
        "isoNumeric": numeric,
        "gleditschWard": NUMBERS.get(code) or _whole(row["gwn"]),
        "fips": row["fips"] or FIPS.get(code, ""),
        "cameoCountry": alpha3 if alpha3 in cameo else "",
    }
    return Territory(
        NAMES.get(code) or (entry.title if entry else row["country.name.en"]),
        row["country.name.en"],
        earth["NAME_UK"] if earth else "",
        {name: value for name, value in codes.items() if value},
        entry,
        earth["WIKIDATAID"] if earth else "",
        *_label_point(entry, earth),
        (earth["NOTE_BRK"] or "") if earth else "",
    )


def _label_point(
    entry: Gazetteer | None, earth: Mapping[str, Any] | None
) -> tuple[float | None, float | None]:
    if earth:
        return earth["LABEL_X"], earth["LABEL_Y"]
    return (entry.longitude, entry.latitude) if entry else (None, None)


def _whole(number: str) -> str:
    return number.removesuffix(".0")
