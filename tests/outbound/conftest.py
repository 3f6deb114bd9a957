from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.engine.versions import Versions
from tests.engine.things import publish
from tests.outbound.endpoints import Listening, listening


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """A version of a few things; not to be written to."""
    home = tmp_path_factory.mktemp("things")
    publish(home, things=3)
    return Versions(home)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listening]:
    """An endpoint that nobody should come to."""
    with listening() as endpoint:
        yield endpoint
