from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.settings import Settings
from graph.build import build
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS
from tests.api.serving import Served, serving

DATA = Path(__file__).parent / "data"
HOSTILE = DATA / "hostile.trig"


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
    with serving_file(HOSTILE, tmp_path_factory.mktemp("hostile")) as server:
        yield server


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph with a dataset's record and claims that contradict each other."""
    with serving_file(DATA / "records.trig", tmp_path_factory.mktemp("records")) as server:
        yield server


@contextmanager
def serving_file(file: Path, home: Path) -> Iterator[Served]:
    """Serve what one file holds."""
    versions = Versions(home)
    with versions.draft() as draft:
        draft.load(file, RDF_FORMATS["trig"])
        draft.publish(f"what {file.name} holds")
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server
