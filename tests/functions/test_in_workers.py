"""The functions in a worker's process, with the memory that one query may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.errors import InvalidInput, LimitReached
from graph.functions import custom_functions
from tests.engine.things import ask, publish, running, values

GEO = "http://www.opengis.net/ont/geosparql#"
SOUTH = (
    "PREFIX geof: <http://www.opengis.net/def/function/geosparql/> "
    f'SELECT (geof:minY("POINT(1 2)"^^<{GEO}wktLiteral>) AS ?o) {{}}'
)


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    home: Path = tmp_path_factory.mktemp("things")
    publish(home, things=1)
    return Versions(home)


def test_a_worker_knows_the_functions(things: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        assert values(await ask(pool, SOUTH)) == ["2"]
        with pytest.raises(InvalidInput, match="function/none"):
            await ask(pool, "SELECT (<https://w3id.org/polemos/function/none>() AS ?o) {}")

    running(scenario, things)


def test_without_memory_for_them_it_is_said(things: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(LimitReached, match="more memory"):
            await ask(pool, SOUTH)

    running(scenario, things, limits=Limits(memory_bytes=32 * 1024**2))


def test_a_query_without_them_pays_nothing() -> None:
    assert custom_functions("SELECT * { ?s ?p ?o FILTER(STRLEN(?o) > 1) }") == {}
