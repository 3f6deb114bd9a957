"""Write the countries of the world and their first-level regions as reference entities.

Run ``python -m curation.world FOLDER`` with the folder that holds ``country_crosswalk/``,
``natural_earth_110m_admin0/``, ``periodo_gazetteers_wikidata/`` and ``cameo/``. What regions.ttl
has already is left to it.

A link to Wikidata is written where the gazetteers made from Wikidata name the item with its class
and no source names another. What a source does not call a sovereign state, and what is disputed
between the sources or between states, is a pol:Region within nothing, with the reason: whose it is
are claims, and not for this layer to say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from curation.gazetteers import Gazetteers, Territory, read_gazetteers
from curation.places import country_statements, region_statements, regions_held
from curation.turtle_file import write_turtle
from graph.files import REFERENCE
from graph.vocabulary import ID, POL, RDFS, SKOS, WD, XSD

PREFIXES = {
    "pol": POL.base,
    "rdfs": RDFS.base,
    "skos": SKOS.base,
    "xsd": XSD.base,
    "wd": WD.base,
    "region": f"{ID}region/",
    "check": f"{ID}link-check/",
}
SOURCES = (
    "Written by curation/world.py from Natural Earth 1:110m admin-0 countries (public domain), the",
    "PeriodO placename gazetteers (2026-02-16, made from Wikidata, CC0) and the country codes of",
    "vincentarelbundock/countrycode (284d6a2). Points are for labels: Natural Earth's, else the",
    "middle of the convex hull in the gazetteer.",
)


def main(folder: Path) -> None:
    """Write both files."""
    gazetteers = read_gazetteers(folder)
    countries = _countries(gazetteers)
    write_turtle(
        REFERENCE / "world-countries.ttl",
        ("Countries and other territories with codes of their own.", *SOURCES),
        PREFIXES,
        (said for each in countries for said in country_statements(each)),
    )
    write_turtle(
        REFERENCE / "world-regions.ttl",
        ("First-level regions, as far as there are gazetteers of them.", *SOURCES),
        PREFIXES,
        region_statements(gazetteers),
    )


def _countries(gazetteers: Gazetteers) -> list[Territory]:
    held = regions_held()
    return [each for each in gazetteers.territories if each.item not in held]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
