"""Every kind of thing in every format, as curl, rdflib and a signposting client ask for it."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import signposting

from graph.formats import RDF_FORMATS
from tests.api.serving import Served

BASE = "https://w3id.org/polemos/"
STRIKE = "/id/event/2026-01-24-kyiv-strike"
CLAIM = "/id/claim/2026-01-24-kyiv-kharkiv/killed-in-kyiv"
ARTICLE = "/id/article/2026-01-24-kyiv-kharkiv"
POL = f"{BASE}ontology#"
TRIPLES = {
    STRIKE: (f"{BASE}id/event/2026-01-24-kyiv-strike", f"{POL}place", f"{BASE}id/region/kyiv"),
    CLAIM: (
        f"{BASE}id/claim/2026-01-24-kyiv-kharkiv/killed-in-kyiv",
        f"{POL}speaker",
        f"{BASE}id/actor/vitali-klitschko",
    ),
    ARTICLE: (
        f"{BASE}id/article/2026-01-24-kyiv-kharkiv",
        f"{POL}reportedBy",
        f"{BASE}id/actor/2026-01-24-kyiv-kharkiv-outlet",
    ),
    "/id/modality/Reported": (
        f"{BASE}id/modality/Reported",
        "http://www.w3.org/2004/02/skos/core#inScheme",
        f"{BASE}id/scheme/modality",
    ),
    "/id/version/1": (
        f"{BASE}id/version/1",
        "http://purl.org/dc/terms/license",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "/ontology": (
        f"{POL}Attack",
        "http://www.w3.org/2000/01/rdf-schema#subClassOf",
        f"{POL}ConflictEvent",
    ),
    "/ontology/Attack": (
        f"{POL}Attack",
        "http://www.w3.org/2000/01/rdf-schema#subClassOf",
        f"{POL}ConflictEvent",
    ),
    "/shapes": (
        f"{BASE}shapes#Attack",
        "http://www.w3.org/ns/shacl#targetClass",
        f"{POL}Attack",
    ),
    "/shapes/Attack": (
        f"{BASE}shapes#Attack",
        "http://www.w3.org/ns/shacl#targetClass",
        f"{POL}Attack",
    ),
    "/alignment/prov": (
        f"{BASE}alignment/prov",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2002/07/owl#Ontology",
    ),
}
"""For each address a triple that its description has."""


def get(site: Served, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return httpx.get(
        site.address + path, headers={"Accept": accept, **headers}, follow_redirects=True
    )


def quads(answer: httpx.Response) -> list[ox.Quad]:
    media_type = answer.headers["content-type"].partition(";")[0]
    codec = next(each.codec for each in RDF_FORMATS.values() if each.media_type == media_type)
    return list(ox.parse(answer.content, codec))


@pytest.mark.parametrize("format", RDF_FORMATS.values(), ids=RDF_FORMATS)
@pytest.mark.parametrize("path", TRIPLES)
def test_a_description_in_the_format_asked_for(site: Served, path: str, format: object) -> None:
    wanted = format.media_type  # type: ignore[attr-defined]  # pytest gives it as an object

    answer = get(site, path, wanted)

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == wanted
    subject, predicate, value = map(ox.NamedNode, TRIPLES[path])
    assert ox.Triple(subject, predicate, value) in {quad.triple for quad in quads(answer)}


@pytest.mark.parametrize("path", TRIPLES)
def test_a_suffix_answers_without_a_detour(site: Served, path: str) -> None:
    address = site.address + path.replace("/id/", "/data/") + ".ttl"

    answer = httpx.get(address, headers={"Accept": "text/html"})

    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/turtle; charset=utf-8",
    )
    assert answer.headers["link"].startswith(f"<{path.replace('/id/', '/page/')}>;")
    assert 'rel="describes"' in answer.headers["link"]


@pytest.mark.parametrize("path", TRIPLES)
def test_rdflib_parses_the_address(site: Served, path: str) -> None:
    graph = rdflib.Graph().parse(site.address + path)

    subject, predicate, value = map(rdflib.URIRef, TRIPLES[path])
    assert (subject, predicate, value) in graph


@pytest.mark.parametrize("path", TRIPLES)
def test_a_signposting_client_reads_the_links(site: Served, path: str) -> None:
    found = signposting.find_signposting_http(site.address + path)

    subject = TRIPLES[path][0] if path not in ("/ontology", "/shapes") else BASE + path[1:]
    assert found.citeAs is not None
    assert found.citeAs.target == subject
    described = {link.type: str(link.target) for link in found.describedBy}
    assert set(described) == {format.media_type for format in RDF_FORMATS.values()}
    assert httpx.get(described["text/turtle"]).headers["content-type"].startswith("text/turtle")
    assert found.license is not None
    assert "https://schema.org/AboutPage" in {str(link.target) for link in found.types}


@pytest.mark.parametrize("path", TRIPLES)
def test_a_signposting_client_reads_the_same_from_the_linkset(site: Served, path: str) -> None:
    (told,) = signposting.find_signposting_http(site.address + path).linksets

    page = str(httpx.get(site.address + path, follow_redirects=True).url)
    found = signposting.find_signposting_linkset(str(told.target)).for_context(page)
    fields = signposting.find_signposting_http(site.address + path)
    assert httpx.get(str(told.target)).headers["content-type"] == "application/linkset+json"
    assert found.citeAs.target == fields.citeAs.target
    for links in ("authors", "describedBy", "types"):
        assert {str(link.target) for link in getattr(found, links)} == {
            str(link.target) for link in getattr(fields, links)
        }


@pytest.mark.parametrize(
    ("path", "author"),
    [
        ("/id/claim/2026-01-24-kyiv-kharkiv/killed-in-kyiv", "id/actor/vitali-klitschko"),
        ("/id/article/2026-01-24-kyiv-kharkiv", "id/actor/2026-01-24-kyiv-kharkiv-outlet"),
        (STRIKE, ""),
    ],
)
def test_the_author_is_who_wrote_or_said_it_else_the_project(
    site: Served, path: str, author: str
) -> None:
    (found,) = signposting.find_signposting_http(site.address + path).authors

    assert found.target == BASE + author


def test_there_are_no_links_of_what_is_not_there(site: Served) -> None:
    assert httpx.get(f"{site.address}/data/actor/nobody.linkset").status_code == 404
    assert httpx.get(f"{site.address}/data/version/99.linkset").status_code == 404
    assert httpx.get(f"{site.address}/data/version/1.linkset").is_success


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("*/*", "/page/event/2026-01-24-kyiv-strike"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "/page/event/2026-01-24-kyiv-strike"),
        ("text/turtle", "/data/event/2026-01-24-kyiv-strike.ttl"),
        ("text/turtle;q=0.5, application/trig", "/data/event/2026-01-24-kyiv-strike.trig"),
        ("application/json", "/data/event/2026-01-24-kyiv-strike.jsonld"),
        ("text/html;q=0.3, application/n-quads;q=0.4", "/data/event/2026-01-24-kyiv-strike.nq"),
        ("application/rdf+xml;q=0, application/*", "/data/event/2026-01-24-kyiv-strike.nt"),
    ],
)  # fmt: skip
def test_a_thing_sends_on_by_accept(site: Served, accept: str, location: str) -> None:
    answer = httpx.get(site.address + STRIKE, headers={"Accept": accept})

    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert "Accept" in answer.headers["vary"]


def test_only_formats_with_graphs_hold_the_claims(site: Served) -> None:
    in_trig = quads(get(site, STRIKE, "application/trig"))
    in_turtle = quads(get(site, STRIKE, "text/turtle"))

    claim = ox.NamedNode(f"{BASE}id/claim/2026-01-24-kyiv-kharkiv/killed-in-kyiv")
    quantity = ox.NamedNode(f"{BASE}id/quantity/2026-01-24-kyiv-killed")
    stated = ox.Quad(quantity, ox.NamedNode(f"{POL}verbatim"), ox.Literal("one fatality"), claim)
    assert stated in in_trig
    assert ox.Quad(stated.subject, stated.predicate, stated.object) in in_turtle
    assert {quad.graph_name for quad in in_turtle} == {ox.DefaultGraph()}


def test_trig_and_nquads_say_the_same(site: Served) -> None:
    in_trig = quads(get(site, CLAIM, "application/trig"))
    in_nquads = quads(get(site, CLAIM, "application/n-quads"))

    assert set(in_trig) == set(in_nquads)
    assert any(quad.graph_name != ox.DefaultGraph() for quad in in_trig)


@pytest.mark.parametrize(
    "path",
    [
        "/id/actor/nobody",
        "/page/actor/nobody",
        "/data/actor/nobody.ttl",
        "/data/actor/russia.docx",
        "/data/actor/russia",
        "/ontology/Nothing",
        "/ontology/Nothing.ttl",
        "/shapes/Nothing",
        "/alignment/nothing",
        "/id/version/99",
        "/page/version/one",
        "/data/version/1.docx",
        "/browse/Nothing",
        "/page/actor/%3Cscript%3E",
        "/id/actor/a%20b",
    ],
)
def test_what_is_not_there_is_a_problem(site: Served, path: str) -> None:
    answer = get(site, path, "application/json")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert get(site, path, "text/html").headers["content-type"].startswith("text/html")


def test_a_client_that_reads_none_of_the_formats_is_told(site: Served) -> None:
    answer = get(site, STRIKE, "image/png")

    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["offered"]["graph"]


@pytest.mark.parametrize("path", [STRIKE.replace("/id/", "/page/"), "/ontology", "/browse"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_a_client_has_is_not_sent_again(site: Served, path: str, accept: str) -> None:
    first = get(site, path, accept)

    again = get(site, path, accept, **{"If-None-Match": first.headers["etag"]})

    assert not first.headers["etag"].startswith("W/")
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == first.headers["vary"]


def test_tags_differ_by_format_and_language(site: Served) -> None:
    path = STRIKE.replace("/id/", "/page/")
    tags = {
        get(site, path).headers["etag"],
        get(site, path, **{"Accept-Language": "uk"}).headers["etag"],
        get(site, f"{path}?lang=uk").headers["etag"],
        get(site, STRIKE, "text/turtle").headers["etag"],
        get(site, STRIKE, "application/trig").headers["etag"],
    }

    assert len(tags) == 5


def test_a_release_of_the_ontology_leads_to_the_ontology(site: Served) -> None:
    answer = httpx.get(f"{site.address}/ontology/0.1.0")

    assert (answer.status_code, answer.headers["location"]) == (303, "/ontology")


@pytest.mark.parametrize("path", ["/page/actor/russia", "/data/actor/russia.ttl", "/ontology"])
def test_head_gives_the_fields_alone(site: Served, path: str) -> None:
    got, head = httpx.get(site.address + path), httpx.head(site.address + path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["link"] == got.headers["link"]
    assert head.headers["etag"] == got.headers["etag"]
