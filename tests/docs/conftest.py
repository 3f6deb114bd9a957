from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.versions import Versions
from tests.api.serving import Served, serving


@pytest.fixture(scope="session")
def article_home(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own with the graph of the shipped files, for commands that may write."""
    return Path(shutil.copytree(built_home, tmp_path_factory.mktemp("docs") / "home"))


@pytest.fixture(scope="session")
def served_article(article_home: Path) -> Iterator[Served]:
    """The graph of the shipped files, served."""
    with serving(Pool(Versions(article_home), workers=2), Settings()) as server:
        yield server
