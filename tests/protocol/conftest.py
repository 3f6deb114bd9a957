from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from tests.api.serving import Served, publish_tiny, serving


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The tiny graph, served by two workers."""
    versions = publish_tiny(tmp_path_factory.mktemp("protocol"))
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server
