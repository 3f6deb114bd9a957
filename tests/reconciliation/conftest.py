from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from tests.api.serving import serving


@pytest.fixture(scope="package")
def client(built_home: Path) -> Iterator[httpx.Client]:
    """A client of the shipped graph, built and served."""
    pool = Pool(Versions(built_home), workers=2, limits=Limits(seconds=60))
    with (
        serving(pool, Settings()) as server,
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        yield client
