"""A small graph of made-up entities to search in."""

from __future__ import annotations

from pathlib import Path

from graph.engine.versions import Version, Versions
from graph.formats import RDF_FORMATS

EX = "http://example.org/"
_TURTLE = Path(__file__).parent / "things.ttl"


def publish_searched(home: Path) -> Version:
    """Publish a version of them."""
    with Versions(home).draft(None) as draft:
        draft.load(_TURTLE, RDF_FORMATS["turtle"])
        return draft.publish("entities to search")
