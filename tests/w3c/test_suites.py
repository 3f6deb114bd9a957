"""The W3C's test suites, run over HTTP against ``polemos serve --default-graph unnamed``.

They are not in this repository. To run them, name the folders that hold their manifests, with a
colon between two: ``POLEMOS_W3C_SUITES=/where/rdf-tests/sparql/sparql11 pytest tests/w3c``. Every
``manifest.ttl`` below is read. ``reasons.yaml`` says why some fail; docs/http.md has the figures.
A small suite of our own, in ``example/``, is always run: it tests the runner.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import yaml

from tests.operating.command import polemos_serve
from tests.outbound.endpoints import oxigraph
from tests.w3c.manifests import (
    ACCEPTED,
    EVALUATED,
    REFUSED,
    UPDATE_ACCEPTED,
    UPDATE_REFUSED,
    UPDATED,
    Entry,
    Filled,
    entries,
)
from tests.w3c.solutions import (
    FORMATS,
    GRAPHS,
    Comparable,
    Count,
    csv_of,
    expected_of,
    graph_of,
    rows_of,
)

VARIABLE = "POLEMOS_W3C_SUITES"
REASONS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "reasons.yaml").read_text("utf-8")
)
EXAMPLE = Path(__file__).parent / "example"
NOT_GIVEN = pytest.param(
    None,
    marks=pytest.mark.skip(f"the W3C's suites are not here: name their folder in {VARIABLE}"),
    id="not given",
)
TYPES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
ENDPOINTS = ("example.org", "example1.org", "example2.org", "invalid.endpoint.org")
_ENDPOINT = re.compile(r"<https?://(example[12]?\.org|invalid\.endpoint\.org)/sparql>")
_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g {} }"


@dataclass(frozen=True, slots=True)
class Tried:
    """The server that is tried, and another that it may call."""

    client: httpx.Client
    elsewhere: httpx.Client

    def endpoint(self, name: str) -> str:
        """Where the endpoint that a suite calls ``name`` is for the length of this run."""
        return f"{self.elsewhere.base_url}{_path(name)}"


def _path(name: str) -> str:
    place = "none" if name.startswith("invalid") else "query"
    return f"{place}?default-graph-uri=http://{name}/sparql"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    home = tmp_path_factory.mktemp("w3c")
    with oxigraph() as address:
        allowed = [f"--allow-service={address}/{_path(name)}" for name in ENDPOINTS]
        options = ("--empty", "--writable", "--open-writes", "--keep-versions=2", "--workers=2")
        with (
            polemos_serve(home, "--default-graph=unnamed", *options, *allowed) as (_, base),
            httpx.Client(base_url=base, timeout=120) as client,
            httpx.Client(base_url=f"{address}/", timeout=120) as elsewhere,
        ):
            yield Tried(client, elsewhere)


def listed() -> Sequence[object]:
    given = [Path(each) for each in os.environ.get(VARIABLE, "").split(":") if each]
    reasons = {name: why for why, names in REASONS["fails"].items() for name in names}
    found = [
        pytest.param(
            entry,
            id=entry.id,
            marks=[pytest.mark.xfail(reason=reasons[entry.id], strict=False)]
            if entry.id in reasons
            else [],
        )
        for entry in entries([EXAMPLE, *given])
    ]
    return found if given else [*found, NOT_GIVEN]


@pytest.mark.parametrize("entry", listed())
def test_suite(tried: Tried, entry: Entry) -> None:
    empty = tried.client.post(
        "sparql", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}
    )
    assert empty.status_code == 200, empty.text
    for kinds, check in CHECKS:
        if entry.kind in kinds:
            check(tried, entry)


def evaluated(tried: Tried, entry: Entry) -> None:
    fill(tried.client, entry.given)
    for each in entry.served:
        put(tried.elsewhere, "store", Filled(each.endpoint, each.file))
    assert entry.expected is not None
    expected = expected_of(entry.expected, "neither" if entry.lax else "how often")
    suffix = entry.expected.suffix
    accept = TYPES[".srj"] if expected.tabular and suffix in GRAPHS else TYPES[suffix]
    answer = tried.client.post(
        "sparql",
        content=text_of(tried, entry),
        headers={"Content-Type": "application/sparql-query", "Accept": accept},
    )
    assert answer.status_code == 200, answer.text
    assert read(answer, expected.count) == expected.content


def updated(tried: Tried, entry: Entry) -> None:
    fill(tried.client, entry.given)
    answer = update(tried, entry)
    assert answer.status_code == 200, answer.text
    named = [each for each in entry.after if each.name is not None]
    rows = tried.client.get("sparql", params={"query": _GRAPHS}).json()["results"]["bindings"]
    names = {row["g"]["value"] for row in rows}
    assert held(tried.client, None) == merged(entry.after, None)
    assert names >= {each.name for each in named}
    for name in names:
        assert held(tried.client, name) == merged(entry.after, name)


def accepted(tried: Tried, entry: Entry) -> None:
    assert asked(tried, entry).status_code == 200


def refused(tried: Tried, entry: Entry) -> None:
    assert asked(tried, entry).status_code == 400


def update_accepted(tried: Tried, entry: Entry) -> None:
    answer = update(tried, entry)
    assert answer.status_code == 200, answer.text


def update_refused(tried: Tried, entry: Entry) -> None:
    assert update(tried, entry).status_code == 400


CHECKS = (
    (EVALUATED, evaluated),
    (UPDATED, updated),
    (ACCEPTED, accepted),
    (REFUSED, refused),
    (UPDATE_ACCEPTED, update_accepted),
    (UPDATE_REFUSED, update_refused),
)


def asked(tried: Tried, entry: Entry) -> httpx.Response:
    return tried.client.post(
        "sparql",
        content=entry.text.read_bytes(),
        headers={"Content-Type": "application/sparql-query"},
    )


def update(tried: Tried, entry: Entry) -> httpx.Response:
    return tried.client.post(
        "sparql",
        content=entry.text.read_bytes(),
        headers={"Content-Type": "application/sparql-update"},
    )


def text_of(tried: Tried, entry: Entry) -> bytes:
    """The query with the base of its file, and with the endpoints of this run."""
    text = _ENDPOINT.sub(
        lambda found: f"<{tried.endpoint(found[1])}>", entry.text.read_text("utf-8")
    )
    return f"BASE <{entry.base}>\n{text}".encode()


def fill(client: httpx.Client, graphs: tuple[Filled, ...]) -> None:
    for graph in graphs:
        put(client, "rdf-graph-store", graph)


def put(client: httpx.Client, path: str, graph: Filled) -> None:
    """Merge a file into a graph; relative IRIs are resolved against the file's."""
    content = graph.file.read_bytes()
    if graph.file.suffix == ".ttl":
        content = f"@base <{graph.file.as_uri()}> .\n".encode() + content
    parameters = {"default": ""} if graph.name is None else {"graph": graph.name}
    send = client.put if path == "store" else client.post
    answer = send(
        path,
        params=parameters,
        content=content,
        headers={"Content-Type": TYPES[graph.file.suffix]},
    )
    assert answer.status_code in (200, 201, 204), answer.text


def read(answer: httpx.Response, count: Count = "how often") -> Comparable:
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type == TYPES[".csv"]:
        return csv_of(answer.content)
    for suffix, format in FORMATS.items():
        if media_type == TYPES[suffix]:
            return rows_of(answer.content, format, count=count)
    codec = ox.RdfFormat.from_media_type(media_type)
    assert codec is not None
    return graph_of(answer.content, codec, str(answer.url))


def held(client: httpx.Client, name: str | None) -> Comparable:
    parameters = {"default": ""} if name is None else {"graph": name}
    answer = client.get("rdf-graph-store", params=parameters, headers={"Accept": TYPES[".nt"]})
    assert answer.status_code == 200, answer.text
    return read(answer)


def merged(graphs: tuple[Filled, ...], name: str | None) -> Comparable:
    """What a graph must hold, of all the files that are said to fill it."""
    found: set[str] = set()
    for each in graphs:
        if each.name == name:
            content = expected_of(each.file).content
            assert isinstance(content, frozenset)
            found |= content
    return frozenset(found)
