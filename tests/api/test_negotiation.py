from __future__ import annotations

import pytest

from api.negotiation import SHORT_NAMES, choose, choose_named, prefers_html, read_accept
from graph.errors import InvalidInput, NotAcceptable

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv; charset=utf-8"
TSV = "text/tab-separated-values; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
NT = "application/n-triples"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"
TRIG = "application/trig"
NQUADS = "application/n-quads"

COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
    "text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
JENA_SELECT = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, "
    "application/xml;q=0.2, */*;q=0.1"
)
SPARQLWRAPPER_JSON = (
    "application/sparql-results+json,application/json,text/javascript,application/javascript"
)
SPARQLWRAPPER_N3 = (
    "application/turtle,text/turtle,text/rdf+n3,application/n-triples,application/n3,text/n3"
)
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/plain;q=0.1, text/turtle, "
    "application/x-turtle, application/turtle, text/n3;q=0.3, application/xml;q=0.3, "
    "text/xml;q=0.3, text/html;q=0.6, application/xhtml+xml;q=0.8, text/x-nquads, */*;q=0.1"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"

CHOICES = [
    pytest.param(None, JSON, TURTLE, id="no header"),
    pytest.param("", JSON, TURTLE, id="empty header"),
    pytest.param("*/*", JSON, TURTLE, id="anything"),
    pytest.param("*/*;q=0.1", JSON, TURTLE, id="anything, hardly wanted"),
    pytest.param("text/csv", CSV, "", id="csv has no graph"),
    pytest.param("text/turtle", "", TURTLE, id="turtle has no results"),
    pytest.param("TEXT/Turtle", "", TURTLE, id="media types are case-insensitive"),
    pytest.param("application/n-quads", "", NQUADS, id="n-quads"),
    pytest.param("application/json", "application/json", "application/json", id="alias kept"),
    pytest.param("application/json, " + JSON, JSON, "application/json", id="own name before alias"),
    pytest.param("application/json, */*", "application/json", "application/json", id="axios"),
    pytest.param("text/xml", "text/xml; charset=utf-8", "text/xml; charset=utf-8", id="text/xml"),
    pytest.param("text/plain", "", "text/plain; charset=utf-8", id="n-triples as text/plain"),
    pytest.param("text/*", CSV, TURTLE, id="text/*"),
    pytest.param("application/*", JSON, NT, id="application/*"),
    pytest.param(f"{RDFXML}, */*", JSON, RDFXML, id="explicit before wildcard"),
    pytest.param("text/csv, " + JSON, CSV, "", id="client's order"),
    pytest.param(f"text/csv;q=0.5, {XML};q=0.6", XML, "", id="q before order"),
    pytest.param(f"{JSON};q=0, */*", XML, TURTLE, id="q=0 forbids a name"),
    pytest.param("text/*;q=0.9, text/csv;q=0.1, */*;q=0.5", TSV, TURTLE, id="specific before wide"),
    pytest.param("text/turtle;q=0, */*;q=0.1", JSON, NT, id="all but turtle"),
    pytest.param('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, ;q=0"',
                 "", JSONLD, id="quoted comma, semicolon and q"),
    pytest.param("text/turtle;version=1.2;q=0.1, application/trig;q=0.2, text/turtle;q=0.3",
                 "", TURTLE, id="plain range describes ours better"),
    pytest.param("text/turtle; charset=iso-8859-1", "", TURTLE, id="charset ignored"),
    pytest.param("text/csv;Q=0.3, application/trig ; q = 0.4", CSV, TRIG, id="odd spacing"),
    pytest.param("nonsense, text/csv", CSV, "", id="malformed element left out"),
    pytest.param("text/csv;q=high, text/tab-separated-values", TSV, "", id="malformed q left out"),
    pytest.param("text/csv;q=5, text/tab-separated-values", CSV, "", id="q above one"),
    pytest.param("nonsense", JSON, TURTLE, id="nothing readable"),
    pytest.param('text/turtle;a="b', "", TURTLE, id="quote never closed"),
    pytest.param(",,text/csv,", CSV, "", id="empty elements"),
    pytest.param(COMUNICA, "application/json", NQUADS, id="Comunica"),
    pytest.param(JENA_SELECT, JSON, "application/json", id="Jena"),
    pytest.param(SPARQLWRAPPER_JSON, JSON, "application/json", id="SPARQLWrapper JSON"),
    pytest.param(SPARQLWRAPPER_N3, "", TURTLE, id="SPARQLWrapper N3"),
    pytest.param(f"{XML}, {RDFXML}", XML, RDFXML, id="rdflib SPARQLStore"),
    pytest.param(RAPPER, "application/xml", RDFXML, id="rapper"),
    pytest.param(FIREFOX, "application/xml", "application/xml", id="browser"),
    pytest.param(JAVA, JSON, TURTLE, id="java.net.HttpURLConnection"),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "results_type", "graph_type"), CHOICES)
def test_choice(accept: str | None, results_type: str, graph_type: str) -> None:
    choice = choose(accept)

    assert (choice.results_type, choice.graph_type) == (results_type, graph_type)


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/html", "text/csv;q=0"])
def test_nothing_acceptable(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="Ask for one of the media types offered"):
        choose(accept)


def test_formats_are_the_engines_own_names_whatever_the_alias() -> None:
    choice = choose("application/json")

    assert (choice.results_format, choice.graph_format) == (JSON, JSONLD)
    assert choice.content_type(JSON) == "application/json"
    assert choice.content_type("text/csv") == CSV


@pytest.mark.parametrize(
    ("name", "results_format", "graph_format"),
    [
        ("json", JSON, JSONLD),
        ("xml", XML, RDFXML),
        ("csv", "text/csv", None),
        ("tsv", "text/tab-separated-values", None),
        ("turtle", None, "text/turtle"),
        ("ntriples", None, NT),
        ("rdfxml", None, RDFXML),
        ("jsonld", None, JSONLD),
        ("trig", None, TRIG),
        ("nquads", None, NQUADS),
        ("JSON", JSON, JSONLD),
        ("text/csv", "text/csv", None),
    ],
)
def test_named_format(name: str, results_format: str | None, graph_format: str | None) -> None:
    choice = choose_named([name])

    assert (choice.results_format, choice.graph_format) == (results_format, graph_format)


def test_first_known_name_decides() -> None:
    assert choose_named(["paper", "csv", "json"]) == SHORT_NAMES["csv"]


def test_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match=r"'paper' is not known. Use one of (arrow, )?csv, json"):
        choose_named(["paper"])


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (FIREFOX, True),
        ("text/html", True),
        (JAVA, True),
        (COMUNICA, False),
        (RAPPER, False),
        ("*/*", False),
        (None, False),
        ("text/turtle, text/html", False),
        ("text/html;q=0", False),
    ],
)
def test_browsers(accept: str | None, html: bool) -> None:
    assert prefers_html(accept) is html


def test_a_long_header_is_read_in_reasonable_steps() -> None:
    assert len(read_accept('text/turtle;a="' + "\\" * 100_000)) == 1
    assert len(read_accept("text/turtle," * 5_000)) == 5_000
