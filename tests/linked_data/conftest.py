from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.build import build
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS
from tests.api.serving import Served, serving

HOSTILE = Path(__file__).parent / "data" / "hostile.trig"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped graph, built and served."""
    home = tmp_path_factory.mktemp("site")
    build(home)
    with serving(Pool(Versions(home), workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph whose texts try to leave their place."""
    versions = Versions(tmp_path_factory.mktemp("hostile"))
    with versions.draft() as draft:
        draft.load(HOSTILE, RDF_FORMATS["trig"])
        draft.publish("hostile texts")
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server
