from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from tests.api.serving import Served, publish_tiny, serving

TOKEN = "the operator's own"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The tiny graph, served by one worker to clients that have an operator over them."""
    versions = publish_tiny(tmp_path_factory.mktemp("operated"))
    pool = Pool(versions, workers=1, limits=Limits(seconds=60))
    with serving(pool, Settings(operator_token=TOKEN)) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one version, the tiny graph."""
    publish_tiny(tmp_path / "home")
    return tmp_path / "home"
