"""What chance sends: every route by its OpenAPI description, and /sparql with bytes of any kind.

Nothing that a client sends may be answered with a 5xx, but for the 503 of a limit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from api.settings import Settings
from api.writing.archive import Archive
from api.writing.routes import Versioned
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.queries import read_queries
from tests.api.fake_engine import FakeEngine
from tests.api.serving import publish_tiny
from tests.operating.conftest import TOKEN

EXAMPLES = 40
EXAMPLES_OF_A_ROUTE = 15
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
WORDS = (Path(__file__).parent / "words.txt").read_text("utf-8").split()


INAPT = [positive_data_acceptance, not_a_server_error]
"""OpenAPI cannot say what SPARQL is, so a text that is none may be refused all the same; and a 503
is no failure but the answer to what takes too long, which a client may ask for (``timeout``)."""


class Running:
    """An application over a real pool, in an event loop of its own thread."""

    def __init__(self, home: Path) -> None:
        self.loop = asyncio.new_event_loop()
        versions = publish_tiny(home)
        pool = Pool(versions, workers=2, limits=Limits(seconds=10))
        self.app = create_app(pool, Settings(operator_token=TOKEN), Versioned(Archive(versions)))
        self._lifespan = self.app.router.lifespan_context(self.app)

    def send(self, request: Callable[[httpx.AsyncClient], Any]) -> httpx.Response:
        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
                response: httpx.Response = await request(client)
                return response

        return asyncio.run_coroutine_threadsafe(sent(), self.loop).result(120)

    def open(self) -> None:
        asyncio.run_coroutine_threadsafe(self._lifespan.__aenter__(), self.loop).result(60)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(
            self._lifespan.__aexit__(None, None, None), self.loop
        ).result(60)
        self.loop.call_soon_threadsafe(self.loop.stop)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = Running(tmp_path_factory.mktemp("fuzzed"))
    with ThreadPoolExecutor(1) as thread:
        thread.submit(app.loop.run_forever)
        app.open()
        yield app
        app.close()
    app.loop.close()


def fair(response: httpx.Response) -> bool:
    """Whether an answer is the client's fault, or no fault."""
    return response.status_code < 500 or response.status_code == 503


queries = st.one_of(
    st.text(),
    st.binary(),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)
media_types = st.one_of(
    st.sampled_from(
        [
            "application/sparql-query",
            "application/sparql-update",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=a",
            "application/json",
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126)),
)


@QUIET
@given(query=queries)
@example(query="ASK " + "{" * 5000)
@example(query="ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }")
@example(query="SELECT * { ?s ?p " + "[ ?p " * 5000 + "1" + "]" * 5000 + "}")
@example(query="\x00" * 1000)
def test_any_query(running: Running, query: str | bytes) -> None:
    form = {"query": query if isinstance(query, bytes) else query.encode("utf-8", "surrogatepass")}

    assert fair(running.send(lambda client: client.post("/sparql", data=form)))


@QUIET
@given(address=st.binary(max_size=200))
def test_any_query_string(running: Running, address: bytes) -> None:
    raw = bytes(byte for byte in address if 33 <= byte <= 126 and byte not in b"#<>\"`'{}")
    url = httpx.URL("/sparql").copy_with(query=raw)

    assert fair(running.send(lambda client: client.get(url)))


@QUIET
@given(body=st.binary(max_size=2000), media_type=media_types, accept=media_types)
def test_any_body(running: Running, body: bytes, media_type: str, accept: str) -> None:
    headers = {"Content-Type": media_type, "Accept": accept}

    assert fair(running.send(lambda client: client.post("/sparql", content=body, headers=headers)))


FIELDS = ["accept", "accept-encoding", "if-none-match", "polemos-query", "authorization"]


@QUIET
@given(
    fields=st.dictionaries(
        st.sampled_from(FIELDS),
        st.binary(max_size=100).map(lambda value: value.translate(None, b"\r\n\0")),
    ),
    path=st.sampled_from(["/", "/sparql?query=ASK{}", "/sparql", "/running", "/.well-known/void"]),
)
def test_any_field(running: Running, fields: dict[str, bytes], path: str) -> None:
    headers = [(name.encode(), value) for name, value in fields.items()]

    assert fair(running.send(lambda client: client.get(path, headers=headers)))


@schemathesis.serializer("application/sparql-update", "application/n-triples")
def as_text(context: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


def operations() -> list[Any]:
    """Each operation with requests that are as described, and such that are not where they can.

    Canned queries that ask another endpoint are left out: chance is not to reach it.
    """
    reaching = {f"/queries/{query.name}" for query in read_queries().values() if query.reaches}
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(FakeEngine()))
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    found = [operation for operation in found if operation.path not in reaching]
    assert found
    return [
        pytest.param(operation, mode, id=f"{mode.value} {operation.label}")
        for operation in found
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or any(operation.iter_parameters())
    ]


@pytest.mark.parametrize(("operation", "mode"), operations())
def test_every_route_is_as_openapi_says(
    running: Running, operation: Any, mode: GenerationMode
) -> None:
    strategy = operation.as_strategy(generation_mode=mode)

    @settings(QUIET, max_examples=EXAMPLES_OF_A_ROUTE)
    @given(case=strategy)
    def answered(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://a.test")
        sent.pop("cookies", None)
        if isinstance(sent.get("data"), bytes):
            sent["content"] = sent.pop("data")
        response = running.send(lambda client: client.request(**sent))
        assert fair(response), response.text
        response.request.read()
        case.validate_response(response, excluded_checks=INAPT)

    answered()
