from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from tests.api.serving import Served, serving


@pytest.fixture(scope="session")
def site(built_home: Path) -> Iterator[Served]:
    """The shipped graph, served; nothing here writes."""
    with serving(Pool(Versions(built_home), workers=2), Settings()) as server:
        yield server
