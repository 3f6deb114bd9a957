"""Synthetic answers in the SPARQL 1.1 Query Results JSON Format, for the views to show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, Route

ID = "https://w3id.org/polemos/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
KINDS = ("attack", "negotiation", "statement")
PLACES = (("Kyiv", 30.52, 50.45), ("Kharkiv", 36.23, 49.99), ("Odesa", 30.73, 46.48))

Term = dict[str, str]
Row = dict[str, Term]


def iri(value: str) -> Term:
    """An IRI as a term."""
    return {"type": "uri", "value": value}


def text(value: object, datatype: str | None = None) -> Term:
    """A literal, with the datatype's IRI where it has one."""
    typed = {} if datatype is None else {"datatype": datatype}
    return {"type": "literal", "value": str(value), **typed}


def events(count: int) -> Iterable[Row]:
    """Synthetic events: one a day from 2020 on in turns of three kinds and three cities."""
    for number in range(count):
        city, longitude, latitude = PLACES[number % 3]
        year, month, day = 2020 + number // 336 % 5, number // 28 % 12 + 1, number % 28 + 1
        date = f"{year}-{month:02}-{day:02}"
        yield {
            "event": iri(f"{ID}event/synthetic-{number}"),
            "eventLabel": text(f"Synthetic event {number}"),
            "kindLabel": text(KINDS[number % 3]),
            "place": text(city),
            "wkt": text(f"POINT({longitude} {latitude})", WKT),
            "placePrecision": text(("exact", "near", "country")[number % 3]),
            "start": text(date, f"{XSD}date"),
            "end": text(date, f"{XSD}date"),
            "low": text(number % 7, f"{XSD}integer"),
            "best": text(number % 7 + 1, f"{XSD}integer"),
            "high": text(number % 7 + 4, f"{XSD}integer"),
        }


def links(nodes: int) -> Iterable[Row]:
    """A synthetic network: each node is joined to two before it."""
    for number in range(1, nodes):
        for before in {number // 2, number // 3}:
            yield {
                "from": iri(f"{ID}actor/n{number}"),
                "to": iri(f"{ID}actor/n{before}"),
                "edgeLabel": text("synthetic"),
            }


def show(page: Page, address: str, rows: Iterable[Row], *views: str) -> None:
    """Open the query screen of a server and let these rows be the answer in these views."""
    bindings = list(rows)
    names = list(dict.fromkeys(name for row in bindings for name in row))
    answer: dict[str, Any] = {"head": {"vars": names}, "results": {"bindings": bindings}}

    def reply(route: Route) -> None:
        headers = {"Content-Type": "application/sparql-results+json", "Polemos-Version": "1"}
        route.fulfill(body=json.dumps(answer), headers=headers)

    page.route("**/sparql", reply)
    ask(page, address, "SELECT * { ?synthetic ?answer ?here }", *views)


def ask(page: Page, address: str, query: str, *views: str) -> None:
    """Open the query screen with a query, which is asked at once, and wait for these views."""
    page.goto(f"{address}/query?{urlencode({'query': query, 'view': ','.join(views)})}")
    for view in views:
        page.locator(f".view-{view}:not([aria-busy])").wait_for()
