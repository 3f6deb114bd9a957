"""The SPARQL endpoint in the OpenAPI document, which FastAPI cannot read off a bare ASGI route."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

_SPARQL = Path(__file__).parent / "openapi-sparql.json"


def describe_sparql(app: FastAPI) -> None:
    """Add the endpoint's path item to the application's OpenAPI document."""
    describe_routes = app.openapi

    def describe() -> dict[str, Any]:
        document = describe_routes()
        document["paths"].setdefault("/sparql", json.loads(_SPARQL.read_text("utf-8")))
        return document

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's documented way to extend it
