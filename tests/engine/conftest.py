from pathlib import Path

import pytest

from graph.engine.versions import Versions
from tests.engine.things import publish


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """One version of 300 things; not to be written to."""
    home: Path = tmp_path_factory.mktemp("home")
    publish(home)
    return Versions(home)
