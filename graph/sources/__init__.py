"""The datasets that can be loaded: a table of sources, each a file or a package beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from graph.errors import NotFound
from graph.sources.source import Source
from graph.vocabulary import hint

SOURCES: Mapping[str, str] = {
    "acled": "graph.sources.acled",
    "gdelt": "graph.sources.gdelt",
    "gdelt-mentions": "graph.sources.gdelt.mentions",
    "ucdp": "graph.sources.ucdp",
}
"""The sources by name; each is a module with a ``SOURCE``, imported when it is asked for."""


def find_source(name: str) -> Source:
    """The source of this name; raises NotFound with the closest name where there is none."""
    if name not in SOURCES:
        known = ", ".join(SOURCES)
        raise NotFound(f"There is no source “{name}”; there are: {known}.{hint(name, SOURCES)}")
    source = import_module(SOURCES[name]).SOURCE
    assert isinstance(source, Source)
    return source
