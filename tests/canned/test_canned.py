"""Canned queries over HTTP: the list, the answers in each format, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from graph.formats import RESULTS_FORMATS
from graph.queries import read_queries
from tests.api.asking import request
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE = '"><script>alert(1)</script>\u202e'


def get(engine: FakeEngine, url: str, **more: Any) -> httpx.Response:
    return request(engine, "GET", url, **more)


def test_the_list_names_every_query_with_its_parameters() -> None:
    listed = get(FakeEngine(), "/queries").json()["queries"]

    assert [query["name"] for query in listed] == list(read_queries())
    (figures,) = (query for query in listed if query["name"] == "figures")
    assert figures["href"] == "http://polemos.test/queries/figures"
    assert figures["parameters"][2] == {
        "name": "asOf",
        "type": "date",
        "takes": "a day",
        "description": "Only what was published on this day or before.",
        "example": "2026-01-24",
    }


def test_a_browser_gets_the_list_as_a_page() -> None:
    answer = get(FakeEngine(), "/queries", headers=BROWSER)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/queries/figures"' in answer.text


def test_values_are_bound_and_never_become_text() -> None:
    engine = FakeEngine()

    get(engine, "/queries/figures", params={"place": "region:kyiv", "asOf": "2026-01-24"})

    (question,) = engine.asked
    assert question.query == read_queries()["figures"].text
    assert question.bindings == {
        "place": "<https://w3id.org/polemos/id/region/kyiv>",
        "asOf": '"2026-01-24"^^<http://www.w3.org/2001/XMLSchema#date>',
        "language": '"en"',
    }


def test_a_form_has_the_same_answer_and_an_empty_field_says_nothing() -> None:
    engine = FakeEngine()

    request(engine, "POST", "/queries/figures", data={"place": "region:kyiv", "asOf": ""})

    assert set(engine.asked[0].bindings) == {"place", "language"}


@pytest.mark.parametrize("name", RESULTS_FORMATS)
@pytest.mark.parametrize("way", ["accept", "parameter", "ending"])
def test_every_format_can_be_asked_for_in_three_ways(name: str, way: str) -> None:
    engine, media_type = FakeEngine(), RESULTS_FORMATS[name].media_type
    address = {
        "accept": "/queries/contents",
        "parameter": f"/queries/contents?format={name}",
        "ending": f"/queries/contents.{name}",
    }

    get(engine, address[way], headers={"Accept": media_type} if way == "accept" else {})

    assert engine.asked[0].results_format == media_type


def test_version_and_timeout_are_the_request_s_own() -> None:
    engine = FakeEngine()

    get(engine, "/queries/contents?version=3&timeout=2")

    assert (engine.asked[0].version, engine.asked[0].seconds) == (3, 2.0)


@pytest.mark.parametrize(
    ("address", "members"),
    [
        (
            "/queries/figures?asOf=yesterday",
            {"parameter": "asOf", "parameter_type": "date", "example": "2026-01-24"},
        ),
        (
            "/queries/figures?place=kyiv",
            {"parameter": "place", "parameter_type": "iri", "example": "region:kyiv"},
        ),
        ("/queries/figures?language=", {}),
        ("/queries/figures?palce=region:kyiv", {"parameter": "palce"}),
        ("/queries/figures?place=region:kyiv&place=region:lviv", {"parameter": "place"}),
    ],
)
def test_an_error_names_the_parameter_its_type_and_an_example(
    address: str, members: dict[str, str]
) -> None:
    answer = get(FakeEngine(), address)

    assert answer.status_code == (400 if members else 200)
    if members:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["type"] == "urn:polemos:problem:invalid-parameter"
        assert {key: problem.get(key) for key in members} == members


def test_a_wrong_name_is_told_with_the_closest() -> None:
    answer = get(FakeEngine(), "/queries/figure")

    assert answer.status_code == 404
    assert "figures" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("DELETE", "/queries/figures", 405), ("OPTIONS", "/queries/figures", 204)],
)
def test_other_methods(method: str, url: str, status: int) -> None:
    assert request(FakeEngine(), method, url).status_code == status


def test_a_body_that_is_no_form_is_refused() -> None:
    answer = request(FakeEngine(), "POST", "/queries/figures", json={"place": "region:kyiv"})

    assert answer.status_code == 415


def test_the_text_of_a_query_is_its_file() -> None:
    answer = get(FakeEngine(), "/queries/figures.rq")

    assert answer.headers["content-type"].startswith("application/sparql-query")
    assert answer.text == read_queries()["figures"].text


def test_a_browser_gets_a_form_that_keeps_what_was_given() -> None:
    engine = FakeEngine()

    answer = get(engine, "/queries/figures?place=region:kyiv", headers=BROWSER)

    assert 'value="region:kyiv"' in answer.text
    assert not engine.asked


@pytest.mark.parametrize("name", ["place", "no-such"])
def test_what_a_link_brings_stays_text(name: str) -> None:
    answer = get(FakeEngine(), "/queries/figures", params={name: HOSTILE}, headers=BROWSER)

    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_openapi_has_each_query_with_types_defaults_and_examples() -> None:
    paths = get(FakeEngine(), "/openapi.json").json()["paths"]

    assert {f"/queries/{name}" for name in read_queries()} <= set(paths)
    operation = paths["/queries/figures"]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert operation["summary"] == read_queries()["figures"].summary
    assert parameters["asOf"]["schema"] == {
        "type": "string",
        "pattern": r"^(\d{4}-\d\d-\d\d)?$",
    }
    assert parameters["place"]["example"] == "region:kyiv"
    assert parameters["language"]["schema"]["default"] == "en"
    assert set(parameters) >= {"format", "timeout", "version"}


def test_a_query_of_the_shipped_graph(site: Served) -> None:
    answer = httpx.get(f"{site.address}/queries/figures.csv", params={"place": "region:kyiv"})

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["place"] for row in rows} == {"https://w3id.org/polemos/id/region/kyiv"}
    assert answer.headers["polemos-version"] == "1"


def test_who_holds_the_answer_is_told_so(site: Served) -> None:
    address = f"{site.address}/queries/contents"
    tag = httpx.get(address).headers["etag"]

    assert httpx.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/queries", "Запитання за назвою"),
        ("/queries/timeline", "Запит"),
        ("/exports", "Граф як файл"),
    ],
)
def test_the_pages_speak_ukrainian(site: Served, path: str, heading: str) -> None:
    fields = {"Accept": "text/html", "Accept-Language": "uk"}
    by_field = httpx.get(site.address + path, headers=fields)
    by_parameter = httpx.get(f"{site.address}{path}?lang=uk", headers={"Accept": "text/html"})

    for answer in (by_field, by_parameter):
        assert answer.status_code == 200
        assert answer.headers["content-language"] == "uk"
        assert f">{heading}</h" in answer.text
