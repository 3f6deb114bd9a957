from __future__ import annotations

import pytest

from graph.engine.versions import Version
from tests.search.things import publish_searched


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """A version of the made-up entities; not to be changed."""
    return publish_searched(tmp_path_factory.mktemp("searched"))
