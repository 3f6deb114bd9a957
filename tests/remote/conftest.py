"""Servers elsewhere that hold the shipped graph, published there by each way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from graph.engine.question import Dataset
from graph.engine.versions import Version, Versions
from graph.publishing import WAYS, Target
from tests.outbound.endpoints import oxigraph, virtuoso

DEFAULT = "http://example.org/default"


@dataclass(frozen=True)
class Elsewhere:
    """A server with the graph, and the dataset that stands for it there."""

    endpoint: str
    dataset: Dataset = field(default_factory=Dataset)


@pytest.fixture(scope="session")
def built(built_home: Path) -> Version:
    version = Versions(built_home).current()
    assert version is not None
    return version


@pytest.fixture(scope="session")
def empty_oxigraph() -> Iterator[str]:
    """Oxigraph's own server; each test that publishes there replaces what it holds."""
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="session")
def in_oxigraph(built: Version) -> Iterator[Elsewhere]:
    with oxigraph() as address:
        WAYS["dataset"](built.read(), Target(f"{address}/store"))
        yield Elsewhere(f"{address}/query")


@pytest.fixture(scope="session")
def in_virtuoso(built: Version, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        auth = httpx.DigestAuth("dba", "dba")
        WAYS["graph-store"](
            built.read(), Target(f"{address}/sparql-graph-crud-auth", DEFAULT, auth)
        )
        yield Elsewhere(f"{address}/sparql", Dataset((DEFAULT,)))


@pytest.fixture(params=["in_oxigraph", "in_virtuoso"])
def elsewhere(request: pytest.FixtureRequest) -> Elsewhere:
    """Each of the servers in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Elsewhere)
    return found
