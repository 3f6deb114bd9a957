"""Rows in the form of ACLED's exports. All are invented: no row of ACLED is in this repository."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.sources import find_source
from graph.sources.acled.cells import COLUMNS
from graph.sources.source import Rows

SOURCE = find_source("acled")
INVENTED = {
    "event_id_cnty": "XXA1",
    "event_date": "2031-02-03",
    "year": "2031",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Invented Army of Nowhere",
    "assoc_actor_1": "Invented First Brigade; Invented Allies",
    "inter1": "State forces",
    "actor2": "Invented Front",
    "assoc_actor_2": "",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": "804",
    "region": "Europe",
    "country": "Ukraine",
    "admin1": "Kharkiv Oblast",
    "admin2": "Invented District",
    "admin3": "",
    "location": "Inventedville",
    "latitude": "49.5",
    "longitude": "36.5",
    "geo_precision": "2",
    "source": "Invented Gazette; Invented Radio",
    "source_scale": "National",
    "notes": "On 3 February 2031, an invented clash took place near Inventedville.",
    "fatalities": "4",
    "tags": "",
    "timestamp": "1927843200",
}


def write(path: Path, *changes: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    """An export with an invented row for each set of changed cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        for number, cells in enumerate(changes, start=1):
            writer.writerow({**INVENTED, "event_id_cnty": f"XXA{number}", **cells})
    return path


def read(folder: Path, *changes: dict[str, str]) -> Rows:
    """What is read of such rows."""
    return SOURCE.read([write(folder / "invented.csv", *changes)])
