"""The application around the endpoint: page, health, description, errors of unknown addresses."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from rdflib.plugins.sparql import prepareQuery

from api.app import create_app
from api.home import Example, examples
from api.linked_data.language import LANGUAGES
from api.pages import TEMPLATES
from api.problems import excerpt
from api.settings import Settings
from graph.errors import Place
from graph.vocabulary import POL
from tests.api.asking import get, request
from tests.api.fake_engine import FakeEngine


def test_the_page_says_what_it_serves_and_asks_nobody_else() -> None:
    response = get(FakeEngine(), "/")

    assert response.status_code == 200
    assert response.headers["content-security-policy"].startswith("default-src 'self';")
    assert "Version 7<" in response.text
    assert "http://polemos.test/sparql" in response.text
    assert not re.search(r"<script(?! (type=\"module\" )?src=\"/static/)", response.text)
    assert not re.search(r'(src|action)="https?:', response.text)
    for address in re.findall(r'<link rel="stylesheet"[^>]*href="([^"]+)"', response.text):
        assert get(FakeEngine(), address).status_code == 200


def test_the_page_asks_under_the_prefix_of_a_proxy() -> None:
    async def run() -> str:
        transport = httpx.ASGITransport(create_app(FakeEngine()), root_path="/polemos")
        async with httpx.AsyncClient(transport=transport, base_url="http://host.test") as client:
            redirect = await client.get("/polemos/sparql", headers={"Accept": "text/html"})
            assert redirect.headers["location"] == "/polemos/"
            return (await client.get("/polemos/")).text

    page = asyncio.run(run())

    assert "http://host.test/polemos/sparql" in page


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.questions["en"])
def test_an_example_runs_from_its_link(example: Example) -> None:
    parameters = parse_qs(urlsplit(example.address).query)

    assert urlsplit(example.address).path == "/query"
    assert parameters == {"query": [example.query]}
    assert prepareQuery(example.query).algebra.name == "SelectQuery"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.rq")), ids=lambda path: path.stem)
def test_the_queries_use_terms_of_the_ontology(path: Path) -> None:
    terms = set(re.findall(r"\bpol:(\w+)", path.read_text("utf-8")))

    assert terms
    assert [POL[term].value for term in sorted(terms)]  # an unknown term raises


def test_there_are_three_examples_each_a_question() -> None:
    ends = [text[-1] for example in examples() for text in example.questions.values()]

    assert ends == ["?"] * 3 * len(LANGUAGES)


def test_parameters_that_fastapi_refuses_are_a_problem() -> None:
    async def run() -> httpx.Response:
        app = create_app(FakeEngine())

        @app.get("/number")
        async def number(n: int) -> int:
            return n

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://polemos.test") as client:
            return await client.get("/number?n=many")

    response = asyncio.run(run())

    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == 422
    assert response.json()["findings"][0].startswith("query.n: ")


def test_health() -> None:
    health = get(FakeEngine(), "/health").json()

    assert (health["status"], health["version"]) == ("ok", 7)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", health["since"])


def test_the_page_has_a_head() -> None:
    assert request(FakeEngine(), "HEAD", "/").status_code == 200


def test_openapi_describes_the_endpoint() -> None:
    document = get(FakeEngine(), "/openapi.json").json()

    assert set(document["paths"]) >= {"/sparql", "/health", "/ready", "/metrics", "/running"}
    assert set(document["paths"]["/sparql"]) >= {"get", "post"}


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "Not Found"),
        ("GET", "/static/nothing.css", 404, "Not Found"),
        ("GET", "/static/../app.py", 404, "Not Found"),
        ("GET", "/static/%2e%2e/app.py", 404, "Not Found"),
        ("POST", "/health", 405, "Method Not Allowed"),
    ],
)
def test_other_errors_are_problems_too(method: str, path: str, status: int, title: str) -> None:
    response = request(FakeEngine(), method, path)

    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": title,
    }


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ("SELEC *", Place(1, 1), "SELEC *\n^"),
        ("a\r\nbc", Place(2, 2), "bc\n ^"),
        ("a\tb", Place(1, 3), "a b\n  ^"),
        ("ab", Place(1, 3), "ab\n  ^"),
        ("ab", Place(9, 9), "ab\n  ^"),
        ("", Place(1, 1), "\n^"),
        ("'\u2028'\nb", Place(2, 1), "b\n^"),
        ("x" * 100 + "!" + "y" * 100, Place(1, 101), f"{'x' * 60}!{'y' * 59}\n{' ' * 60}^"),
    ],
)
def test_excerpt(text: str, place: Place, shown: str) -> None:
    assert excerpt(text, place) == shown


class VersionedEngine(FakeEngine):
    """A fake that has a newer version each time it is asked to look."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = False
        self.looked = asyncio.Event()

    async def open(self) -> None:
        self.opened = True

    async def adopt(self) -> None:
        self.version += 1
        if self.version == 8:
            raise OSError("the new version cannot be read")
        self.looked.set()


def test_new_versions_are_adopted_while_the_server_runs(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        engine = VersionedEngine()
        app = create_app(engine, Settings(adopt_every=0.001))

        async with app.router.lifespan_context(app):
            assert engine.opened
            await asyncio.wait_for(engine.looked.wait(), 10)

        assert engine.version >= 9
        assert engine.closed

    asyncio.run(run())
    assert "the new version cannot be read" in caplog.text
