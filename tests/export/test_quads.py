"""Jelly and JSON-LD with the project's context: every quad comes back, whatever it holds."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from graph.engine.store import Reading
from graph.errors import InvalidInput, NotFound
from graph.export import EXTRAS, RDF_EXPORTS, TREE_EXPORTS, find_export
from graph.export.context import BY_LANGUAGE, NAMESPACES, context
from graph.export.jsonld import write_events
from graph.vocabulary import ID, POL, PREFIXES, RDFS, XSD
from tests.api.asking import get
from tests.api.fake_engine import FakeEngine
from tests.export.networks import HOSTILE
from tests.export.reading import READERS, read_jsonld
from tests.queries.article_graph import article_graph

TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
STRIKE = f"{ID}event/2026-01-24-kyiv-strike"

_texts = (st.text(max_size=8) | st.sampled_from(HOSTILE)).filter(
    lambda text: not any("\ud800" <= character <= "\udfff" for character in text)
)
_iris = st.sampled_from(
    [
        POL.Attack, POL.place, POL.killed, POL.pointValue, POL.earliestStart, RDFS.label,
        TYPE,
        ox.NamedNode(f"{RDFS.base}//odd"),
        *map(ox.NamedNode, ("urn:a", "pol:place", "wd:Q1", "geo:50.4,30.5", "label:x", "http://a/")),
    ]
)  # fmt: skip
_blank = st.sampled_from([ox.BlankNode("a"), ox.BlankNode("b")])
_datatypes = st.sampled_from(
    [XSD.string, XSD.integer, XSD.boolean, XSD.dateTime, XSD.decimal, ox.NamedNode("wd:type")]
)
_literals = (
    st.builds(lambda text: ox.Literal(text), _texts)
    | st.builds(lambda text: ox.Literal(text, language="uk"), _texts)
    | st.builds(lambda text, type: ox.Literal(text, datatype=type), _texts, _datatypes)
    | st.integers().map(lambda number: ox.Literal(str(number), datatype=XSD.integer))
    | st.sampled_from(["true", "false", "1"]).map(lambda t: ox.Literal(t, datatype=XSD.boolean))
)
_quads = st.builds(
    ox.Quad,
    _iris | _blank,
    _iris,
    _iris | _blank | _literals,
    st.just(ox.DefaultGraph()) | _iris | _blank,
)


def store_of(quads: list[ox.Quad]) -> Reading:
    store = ox.Store()
    store.extend(quads)
    return Reading(store)


def written(name: str, reading: Reading) -> bytes:
    stream = BytesIO()
    RDF_EXPORTS[name].write(reading.dump, stream, PREFIXES)
    assert not stream.closed
    return stream.getvalue()


def canonical(quads: Any) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None)
@given(quads=st.lists(_quads, max_size=8))
def test_any_quads_come_back(name: str, quads: list[ox.Quad]) -> None:
    graph = store_of(quads)  # which writes some numbers and truths in another way

    assert canonical(READERS[name](written(name, graph))) == canonical(graph.quads())


@pytest.mark.parametrize("name", READERS)
def test_the_article_s_graph_comes_back(name: str) -> None:
    graph = article_graph()

    assert canonical(READERS[name](written(name, graph))) == canonical(graph.quads())


def test_rdflib_reads_jelly() -> None:
    read = rdflib.Dataset().parse(BytesIO(written("jelly", article_graph())), format="jelly")

    strike = rdflib.URIRef(STRIKE)
    labels = {str(label) for label in read.objects(strike, rdflib.RDFS.label)}
    assert "Strike on Kyiv, 24 January 2026" in labels


@pytest.mark.parametrize("name", ["jelly", "jsonld-compacted"])
def test_what_only_rdf_1_2_has_is_told(name: str) -> None:
    fact = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
    graph = store_of([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:reifies"), fact)])

    with pytest.raises(InvalidInput, match="Take N-Quads"):
        written(name, graph)


def test_compacted_objects_have_the_ontology_s_names() -> None:
    graph = json.loads(written("jsonld-compacted", article_graph()))["@graph"]

    (kyiv,) = (one for one in graph if one["@id"] == f"{ID}region/kyiv" and "label" in one)
    assert kyiv["label"] == {"en": "Kyiv", "uk": "Київ"}
    assert "City" in kyiv["@type"]
    assert kyiv["within"] == f"{ID}region/ukraine"


def trees(graph: Reading) -> bytes:
    stream = BytesIO()
    TREE_EXPORTS["jsonld-events"].write(graph.quads, stream)
    return stream.getvalue()


def test_an_event_is_a_tree_with_its_numbers_and_who_gave_them() -> None:
    events = json.loads(trees(article_graph()))["@graph"]

    (strike,) = (event for event in events if event["@id"] == STRIKE)
    killed = strike["killed"]
    assert (killed["verbatim"], killed["lowerBound"]) == ("one fatality", 1)
    assert killed["accordingTo"]["speaker"]["label"]["en"] == "Vitali Klitschko"
    assert strike["partOf"]["label"]["en"] == "Aerial assault on Ukraine, 24 January 2026"
    assert strike["harm"]  # the wider properties point at what is whole under the narrow ones


def test_the_trees_hold_facts_and_every_fact_of_every_event() -> None:
    graph = article_graph()
    facts = set(graph.quads(graph=ox.DefaultGraph()))
    events = {quad.subject for quad in graph.quads(None, TYPE, POL.Event, ox.DefaultGraph())}

    read = set(read_jsonld(trees(graph)))

    assert read <= facts
    assert {fact for fact in facts if fact.subject in events} <= read


def test_a_tree_is_what_framing_by_event_makes() -> None:
    document = json.loads(trees(article_graph()))
    frame = {"@context": context(), "@id": STRIKE, "@embed": "@always"}

    framed = jsonld.frame(document, frame, {"documentLoader": None, "omitGraph": True})

    (tree,) = (event for event in document["@graph"] if event["@id"] == STRIKE)
    assert framed["killed"]["verbatim"] == tree["killed"]["verbatim"]
    assert framed["participation"].keys() == tree["participation"].keys()


def test_a_chain_without_end_is_cut() -> None:
    links = [ox.BlankNode(f"n{number}") for number in range(5_000)]
    event = ox.NamedNode("urn:event")
    chain: list[ox.NamedNode | ox.BlankNode] = [event, *links]
    quads = [ox.Quad(one, POL.about, next) for one, next in pairwise(chain)]

    document = trees(store_of([*quads, ox.Quad(event, TYPE, POL.Event)]))

    assert document.count(b'"about"') == 21 + 1  # and the name in the context


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_from_a_tree(words: str) -> None:
    stream = BytesIO()
    event = ox.NamedNode("urn:event")
    said = ox.Quad(event, POL.quote, ox.Literal(words))
    write_events(store_of([ox.Quad(event, TYPE, POL.Event), said]).quads, stream)

    assert said in set(read_jsonld(stream.getvalue()))


def test_no_term_of_the_ontology_is_a_name_of_the_context_s_own() -> None:
    assert not POL.names & {*NAMESPACES, *BY_LANGUAGE.values()}


def test_the_context_is_published() -> None:
    answer = get(FakeEngine(), "/ontology/context.jsonld")

    assert answer.headers["content-type"].startswith("application/ld+json")
    assert answer.json() == {"@context": context()}
    assert isinstance(answer, httpx.Response)


@pytest.mark.parametrize("name", EXTRAS)
def test_a_format_whose_extra_is_missing_says_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.export.EXPORTS", {})

    with pytest.raises(NotFound, match=f"polemos\\[{EXTRAS[name]}\\]"):
        find_export(name)
