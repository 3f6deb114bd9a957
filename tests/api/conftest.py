from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from tests.api.serving import Served, publish_tiny, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The tiny graph, served by two workers."""
    versions = publish_tiny(tmp_path_factory.mktemp("served"))
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server


@pytest.fixture
def served_by_one(tmp_path: Path) -> Iterator[Served]:
    """The tiny graph, served by a single worker."""
    versions = publish_tiny(tmp_path)
    with serving(Pool(versions, workers=1, limits=Limits(seconds=60)), Settings()) as server:
        yield server
