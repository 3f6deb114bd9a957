"""A server whose graph has sources that differ: two invented reports, two releases of UCDP GED."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.settings import Settings
from graph.engine.pool import Pool
from graph.engine.question import Limits
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS
from tests.api.serving import Served, serving
from tests.load.homes import load_cut

DATA = Path(__file__).parent / "data" / "contested.trig"


@contextmanager
def contested_site(built_home: Path, folder: Path) -> Iterator[Served]:
    """Serve it on top of the shipped graph, in a folder of its own."""
    home = folder / "home"
    shutil.copytree(built_home, home)
    load_cut(home, "22.1")
    load_cut(home, "23.1")
    versions = Versions(home)
    with versions.draft() as draft:
        draft.load(DATA, RDF_FORMATS["trig"])
        draft.publish("invented reports that contradict each other")
    with serving(Pool(versions, workers=2, limits=Limits(seconds=60)), Settings()) as server:
        yield server
