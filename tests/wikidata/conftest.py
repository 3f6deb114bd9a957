from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS
from tests.wikidata.wikibase import DATA, Wikibase, serving_items


@pytest.fixture
def wikibase() -> Iterator[Wikibase]:
    with serving_items() as served:
        yield served


@pytest.fixture(scope="package")
def linked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose graph links made-up entities to made-up items."""
    home = tmp_path_factory.mktemp("linked")
    with Versions(home).draft() as draft:
        draft.load(DATA / "graph.trig", RDF_FORMATS["trig"])
        draft.publish("made-up links")
    return home
