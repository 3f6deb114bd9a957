"""Statements about territories and regions: names, codes, a point, a checked link or the reason."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from curation.gazetteers import SOVEREIGN, Gazetteer, Gazetteers, Territory
from curation.turtle_file import Statement
from graph.files import REFERENCE
from graph.turtle import read_rdf
from graph.vocabulary import POL, RDF, RDFS, SKOS, WD, XSD, entity

CHECKED_ON = ox.Literal("2026-11-24", datatype=XSD.date)
PERIODO = "the PeriodO gazetteer {} (2026-02-16), made from Wikidata"
EARTH = "Natural Earth 1:110m admin-0 countries, column WIKIDATAID, and "
INTEGERS = {"isoNumeric", "gleditschWard"}
DISPUTED = {"TW", "XK", "PS", "EH"}
"""Territories that states disagree about: whether they are states, or whose they are."""
COUNTRY_OF = {
    "afghan-provinces": "Q889",
    "algerian-provinces": "Q262",
    "argentinian-provinces": "Q414",
    "azerbaijani-districts": "Q227",
    "beninese-departments": "Q962",
    "bolivian-departments": "Q750",
    "burkinabe-regions": "Q965",
    "djiboutian-regions": "Q977",
    "egyptian-governorates": "Q79",
    "ethiopian-regions": "Q115",
    "gambian-regions": "Q1005",
    "georgian-regions": "Q230",
    "guinean-regions": "Q1006",
    "indian-states": "Q668",
    "indonesian-provinces": "Q252",
    "iranian-provinces": "Q794",
    "iraqi-governorates": "Q796",
    "israeli-districts": "Q801",
    "italian-regions": "Q38",
    "jordanian-governorates": "Q810",
    "kuwaiti-governorates": "Q817",
    "kyrgyz-regions": "Q813",
    "laotian-provinces": "Q819",
    "lebanese-governorates": "Q822",
    "libyan-districts": "Q1016",
    "malaysian-states": "Q833",
    "myanma-states": "Q836",
    "nigerian-states": "Q1033",
    "nigerien-regions": "Q1032",
    "omani-governorates": "Q842",
    "pakistani-provinces": "Q843",
    "philippine-regions": "Q928",
    "romanian-counties": "Q218",
    "russian-federal-subjects": "Q159",
    "saudi-arabian-provinces": "Q851",
    "spanish-communities": "Q29",
    "sudanese-states": "Q1049",
    "syrian-governorates": "Q858",
    "tajikistani-regions": "Q863",
    "thai-provinces": "Q869",
    "turkish-provinces": "Q43",
    "turkmen-regions": "Q874",
    "ukrainian-oblasts": "Q212",
    "uzbek-regions": "Q265",
    "vietnamese-provinces": "Q881",
    "yemeni-governorates": "Q805",
}
"""The country whose first-level regions a gazetteer has. Left out are those of other levels, those
that mix present and former regions (France, Greece, Norway), and those with outlying territories
of another status (United States)."""
CLAIMED = {
    "Q15966495": "The gazetteer of Russian federal subjects has it, that of Ukrainian oblasts does"
    " not; Ukraine and the United Nations General Assembly (resolution 68/262) hold Crimea to be"
    " part of Ukraine.",
    "Q7525": "The gazetteer of Russian federal subjects has it, that of Ukrainian oblasts does not;"
    " Ukraine and the United Nations General Assembly (resolution 68/262) hold it to be part of"
    " Ukraine.",
    "Q189942": "Israel counts the Golan Heights to it, which Syria claims.",
    "Q192232": "Israel counts East Jerusalem to it, which Palestine claims.",
    "Q66278313": "India and Pakistan both claim it.",
    "Q200130": "India and Pakistan both claim it.",
    "Q200697": "India and Pakistan both claim it.",
    "Q1162": "India and China both claim it, China in large part.",
}
"""Entries of gazetteers whose country states disagree about, with who says what."""
WITHIN_NOTHING = " So it is said to lie within nothing: whose it is are claims."


@cache
def regions_held() -> dict[str, str]:
    """The regions of regions.ttl by their Wikidata items."""
    return {
        quad.object.value.removeprefix(WD.base): quad.subject.value.rpartition("/")[2]
        for quad in read_rdf(REFERENCE / "regions.ttl").quads
        if quad.predicate == POL.wikidata
        and isinstance(quad.object, ox.NamedNode)
        and isinstance(quad.subject, ox.NamedNode)
    }


def slug(name: str) -> str:
    """A name in an IRI: ASCII letters and digits with hyphens."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


def country_statements(territory: Territory) -> Iterator[Statement]:
    """What is written of a country or another territory."""
    node, name = entity("region", slug(territory.name)), slug(territory.name)
    alpha2 = territory.codes.get("isoAlpha2", "XK")
    classes = territory.entry.classes if territory.entry else ()
    disputed = alpha2 in DISPUTED
    is_state = SOVEREIGN in classes or "gleditschWard" in territory.codes
    yield node, RDF.type, POL.Country if is_state and not disputed else POL.Region
    yield node, RDFS.label, ox.Literal(territory.name, language="en")
    if territory.ukrainian:
        yield node, RDFS.label, ox.Literal(territory.ukrainian, language="uk")
    if territory.also != territory.name:
        yield node, SKOS.altLabel, ox.Literal(territory.also, language="en")
    yield from _point(node, territory.longitude, territory.latitude)
    for property, value in territory.codes.items():
        datatype = XSD.integer if property in INTEGERS else XSD.string
        yield node, POL[property], ox.Literal(value, datatype=datatype)
    if disputed:
        said = f"States disagree about its status{_noted(territory)}." + WITHIN_NOTHING
        yield node, POL.reason, ox.Literal(said, language="en")
    elif not is_state:
        said = "No sovereign state in the gazetteer made from Wikidata: a territory with codes."
        yield node, POL.reason, ox.Literal(said, language="en")
    if territory.item and territory.entry:
        against = PERIODO.format("countries")
        yield from _checked(
            node,
            name,
            territory.entry,
            EARTH + against if territory.natural_earth else _capital(against),
        )
    else:
        yield node, POL.reason, ox.Literal(_unlinked(territory), language="en")


def _noted(territory: Territory) -> str:
    return f" (Natural Earth: {territory.note.rstrip('.')})" if territory.note else ""


def _unlinked(territory: Territory) -> str:
    if territory.entry and territory.natural_earth:
        return (
            f"No Wikidata link: Natural Earth names {territory.natural_earth}, the gazetteer made"
            f" from Wikidata {territory.entry.item}."
        )
    return "No Wikidata link: no gazetteer names an item with its class."


def _point(
    node: ox.NamedNode, longitude: float | None, latitude: float | None
) -> Iterator[Statement]:
    if longitude is not None and latitude is not None:
        yield node, POL.latitude, ox.Literal(str(latitude), datatype=XSD.decimal)
        yield node, POL.longitude, ox.Literal(str(longitude), datatype=XSD.decimal)


def _checked(node: ox.NamedNode, name: str, entry: Gazetteer, against: str) -> Iterator[Statement]:
    """The link to Wikidata and the check behind it."""
    check, item = entity("link-check", f"region-{name}"), WD[entry.item]
    kind = SOVEREIGN if SOVEREIGN in entry.classes else entry.classes[0]
    yield node, POL.wikidata, item
    yield node, POL.linkCheck, check
    yield check, RDF.type, POL.LinkCheck
    yield check, POL.linkTarget, item
    yield check, POL.matchedLabel, ox.Literal(entry.title)
    yield check, POL.matchedClass, WD[kind]
    yield check, POL.checkedAgainst, ox.Literal(against)
    yield check, POL.checkedOn, CHECKED_ON


def region_statements(gazetteers: Gazetteers) -> Iterator[Statement]:
    """What is written of all first-level regions, gazetteer by gazetteer."""
    held = regions_held()
    countries = held | {
        each.item: slug(each.name) for each in gazetteers.territories if each.item not in held
    }
    names = _names(gazetteers, countries)
    for gazetteer, country in COUNTRY_OF.items():
        for entry in gazetteers.regions[gazetteer]:
            if entry.item in names:
                within = entity("region", countries[country])
                yield from _region(entry, names.pop(entry.item), within, gazetteer)


def _names(gazetteers: Gazetteers, countries: dict[str, str]) -> dict[str, str]:
    """The part in IRIs of each entry to be written: its title, with the country where it recurs."""
    entries = [
        (entry, countries[country])
        for gazetteer, country in COUNTRY_OF.items()
        for entry in gazetteers.regions[gazetteer]
        if entry.item not in countries and entry.classes
    ]
    taken = Counter(
        slug(entry.title) for entry in {each.item: each for each, _ in entries}.values()
    )
    taken.update(countries.values())
    return {
        entry.item: slug(entry.title)
        if taken[slug(entry.title)] == 1
        else f"{slug(entry.title)}-{country}"
        for entry, country in entries
    }


def _region(
    entry: Gazetteer, name: str, country: ox.NamedNode, gazetteer: str
) -> Iterator[Statement]:
    node, claimed = entity("region", name), CLAIMED.get(entry.item)
    yield node, RDF.type, POL.Region if claimed else POL.FirstLevelRegion
    yield node, RDFS.label, ox.Literal(entry.title, language="en")
    if claimed:
        yield node, POL.reason, ox.Literal(claimed + WITHIN_NOTHING, language="en")
    else:
        yield node, POL.within, country
    yield from _point(node, entry.longitude, entry.latitude)
    yield from _checked(node, name, entry, _capital(PERIODO.format(gazetteer)))


def _capital(against: str) -> str:
    return against.removeprefix("the ")
