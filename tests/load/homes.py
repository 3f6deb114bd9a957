"""Graphs to load into: what a build of the ontology and the shipped facts makes, copied."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from graph.build import build
from graph.engine.versions import Version, Versions
from graph.loading import Loaded, Release, load
from tests.sources.cells import DATA, SOURCE

DAYS = {"22.1": date(2023, 2, 3), "23.1": date(2023, 6, 23)}
"""The days on which these vintages were published for sure: those of the commits."""


@cache
def built() -> Path:
    """A home with one version, made once for all tests of a process."""
    home = Path(mkdtemp(prefix="polemos-test-"))
    build(home)
    return home


def fresh(folder: Path) -> Path:
    """A home of its own with one version."""
    home = folder / "home"
    shutil.copytree(built(), home)
    return home


def load_cut(home: Path, release: str) -> Loaded:
    """Load the rows cut from one of the two yearly releases."""
    path = DATA / f"ged-{release.replace('.', '-')}.csv"
    return load(home, SOURCE, Release(release, (path,), DAYS[release]))


def current(home: Path) -> Version:
    version = Versions(home).current()
    assert version is not None
    return version


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT over the current version, as texts without datatypes."""
    found = current(home).read().select(query).rows
    return [tuple(getattr(term, "value", str(term)) for term in row) for row in found]
