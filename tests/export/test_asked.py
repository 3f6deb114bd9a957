"""Exports of a query's answer, and of the other clock: when things were reported."""

from __future__ import annotations

from io import BytesIO

import networkx
import polars
import pyoxigraph as ox
import pytest

from graph.engine.store import Reading
from graph.errors import InvalidInput, InvalidQuery, Refused
from graph.export import EXPORTS
from graph.exporting import Order, View, write
from graph.network import Edge, Node
from graph.networks import network
from graph.networks.answers import Questions
from graph.networks.asked import Asked, network_of
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.reported import Single, Whole
from graph.queries import find_query
from graph.vocabulary import ID, POL
from tests.export.networks import HOSTILE
from tests.queries.article_graph import article_graph, small_graph

STRIKE = f"{ID}event/2026-01-24-kyiv-strike"
DAY = ("2026-01-24T00:00:00Z", "2026-01-24T23:59:59Z")


def canned(name: str, **values: str) -> Asked:
    query = find_query(name)
    terms = query.bindings(values)
    return Asked(query.text, {key: str(term) for key, term in terms.items()}, name)


def exported(format: str, query: str | Asked, reading: Reading | None = None) -> bytes:
    asked = query if isinstance(query, Asked) else Asked(query, {})
    stream = BytesIO()
    write(EXPORTS[format], reading or article_graph(), View(asked=asked), stream)
    return stream.getvalue()


def test_a_canned_query_of_edges_is_a_network() -> None:
    text = exported("graphml", canned("network-of-actors", actor="actor:russia")).decode()

    graph = networkx.parse_graphml(text, force_multigraph=True)
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert {"Russia", "Ukraine"} <= labels
    assert all(f"{ID}actor/russia" in edge[:2] for edge in graph.edges)
    assert "attacker – target" in {data["label"] for *_, data in graph.edges(data=True)}


def test_a_canned_query_of_events_is_nodes_with_attributes() -> None:
    table = polars.read_csv(exported("nodes-csv", canned("events-on-a-map", place="region:kyiv")))

    (strike,) = table.filter(polars.col("Id") == STRIKE).iter_rows(named=True)
    assert (strike["Longitude"], strike["Latitude"]) == (30.52333, 50.45)
    assert strike["pointLabel"] == "Kyiv"


def test_rows_of_one_edge_are_its_claims() -> None:
    asked = Asked(
        'SELECT * { VALUES (?source ?target ?kind ?claim ?quote ?weight) { (<urn:a> <urn:b> "hit"'
        ' <urn:c2> "two" 2) (<urn:a> <urn:b> "hit" <urn:c1> "one" 2) (UNDEF <urn:b> "hit" UNDEF'
        " UNDEF UNDEF) } }",
        {},
    )

    found = network_of(Questions(article_graph().select, "en"), asked)

    assert list(found.edges) == [
        Edge(
            *("urn:a#hit/urn:b", "urn:a", "urn:b", "hit", "hit"),
            weight=2.0,
            claims=("urn:c1", "urn:c2"),
            speakers=("", ""),
            quotes=("one", "two"),
        )
    ]
    assert [node.iri for node in found.nodes] == ["urn:a", "urn:b"]


def test_further_columns_are_attributes_with_their_types() -> None:
    row = '<urn:a> "A" "POINT(30.5 50.4)" {} 0.5 true'
    query = "SELECT ?node ?label ?wkt ?n ?x ?yes { VALUES (?node ?label ?wkt ?n ?x ?yes) {"
    asked = Asked(f"{query} ({row.format(1)}) ({row.format(2)}) }} }}", {})

    (node,) = network_of(Questions(article_graph().select, "en"), asked).nodes

    assert node == Node(
        *("urn:a", "A", "Thing"),
        longitude=30.5,
        latitude=50.4,
        attributes=(*(("wkt", "POINT(30.5 50.4)"), ("n", 1), ("n", 2), ("x", 0.5), ("yes", True)),),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_of_an_answer_stay_words(words: str) -> None:
    asked = Asked(
        "SELECT ?node ?label { BIND(<urn:a> AS ?node) }", {"label": str(ox.Literal(words))}
    )

    (node,) = network_of(Questions(article_graph().select, "en"), asked).nodes

    assert node.label == words


def test_what_is_constructed_is_written_in_any_format_of_rdf() -> None:
    query = f"CONSTRUCT {{ ?event a <urn:Strike> }} WHERE {{ ?event a <{POL.AerialAttack.value}> }}"

    endings = {"turtle": "ttl", "nquads": "nq", "jsonld-compacted": "jsonld"}
    read = {
        format: set(ox.parse(exported(format, query), ox.RdfFormat.from_extension(ending)))
        for format, ending in endings.items()
    }

    assert ox.NamedNode(STRIKE) in {quad.subject for quad in read["turtle"]}
    assert read["turtle"] == read["nquads"] == read["jsonld-compacted"]


@pytest.mark.parametrize(
    ("format", "query", "kind", "said"),
    [
        ("gexf", "SELECT ?x { ?x ?y ?z }", InvalidInput, r"\?source and \?target"),
        ("gexf", "CONSTRUCT WHERE { ?s ?p ?o }", InvalidInput, "not a SELECT"),
        ("turtle", "SELECT ?s { ?s ?p ?o }", InvalidInput, "no CONSTRUCT"),
        ("gexf", "SELECT ?node {", InvalidQuery, "line 1"),
        ("gexf", "SELECT ?node { SERVICE <http://a/> { ?node ?p ?o } }", Refused, "refused"),
        ("jelly", "DESCRIBE ?s { SERVICE <http://a/> { ?s ?p ?o } }", Refused, "refused"),
    ],
)  # fmt: skip
def test_what_makes_no_export_is_told(
    format: str, query: str, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        exported(format, query)


def test_a_network_by_the_days_of_reports() -> None:
    found = network(article_graph().select, "events", time="reported")

    (strike,) = (node for node in found.nodes if node.iri == STRIKE)
    (at,) = (edge for edge in found.edges if (edge.source, edge.kind) == (STRIKE, "place"))
    assert (strike.start, strike.end) == (at.start, at.end) == DAY
    assert "date precision" not in dict(strike.attributes)


def test_a_neighbourhood_by_the_days_of_reports() -> None:
    found = network(article_graph().select, place=Neighbourhood(STRIKE), time="reported")

    assert {node.start for node in found.nodes if node.iri == STRIKE} == {DAY[0]}


def test_a_report_of_a_dataset_is_dated_by_its_release_and_several_span_days() -> None:
    graph = small_graph(
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
        " event:raid a pol:Attack ; pol:accordingTo <urn:one> , <urn:two> ."
        ' <urn:one> pol:ofRelease [ pol:knownFrom "2023-06-23"^^xsd:date ] .'
        ' <urn:two> pol:ofRelease [ pol:knownFrom "2023-02-03"^^xsd:date ] .'
    )
    questions = Questions(graph.select, "en")

    for calendar in (Single(questions), Whole(questions)):
        assert calendar.of(f"{ID}event/raid") == ("2023-02-03T00:00:00Z", "2023-06-23T23:59:59Z")
        assert calendar.of(f"{ID}event/other") == (None, None)
        assert calendar.of(f"{ID}event/raid")[0] == "2023-02-03T00:00:00Z"


def test_there_is_no_third_clock() -> None:
    with pytest.raises(InvalidInput, match="happened or reported"):
        network(article_graph().select, time="loaded")


def test_an_order_comes_back_from_its_text() -> None:
    view = View(
        "query", "uk", Neighbourhood("urn:a", 2), "reported", Asked("ASK {}", {"a": "<b:>"})
    )
    order = Order("/store", "gexf", view, 1)

    assert Order.from_text(order.to_text()) == order
