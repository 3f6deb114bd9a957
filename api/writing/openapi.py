"""The graph store in the OpenAPI document, which FastAPI cannot read off a bare ASGI route."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.writing.graph_store import PATH

_PATHS = Path(__file__).parent / "openapi-graph-store.json"


def describe_graph_store(document: dict[str, Any]) -> None:
    """Add the service's path item: its operations on a graph that a parameter names."""
    document["paths"].setdefault(PATH, json.loads(_PATHS.read_text("utf-8")))
