"""The SPARQL endpoint in the OpenAPI document, which FastAPI cannot read off a bare ASGI route."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.writing.openapi import describe_graph_store

_SPARQL = Path(__file__).parent / "openapi-sparql.json"


def describe_sparql(app: FastAPI) -> None:
    """Add the endpoint's path item to the application's OpenAPI document."""
    describe_routes = app.openapi

    def describe() -> dict[str, Any]:
        document = describe_routes()
        document["paths"].setdefault("/sparql", json.loads(_SPARQL.read_text("utf-8")))
        describe_graph_store(document)
        _tell_problems(document)
        return document

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _tell_problems(document: dict[str, Any]) -> None:
    """FastAPI describes its own form of a 422; here each error is a problem document."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "422" in operation.get("responses", {}):
                operation["responses"]["422"]["content"] = {
                    "application/problem+json": {"schema": {"type": "object"}}
                }
    for name in ("HTTPValidationError", "ValidationError"):
        document.get("components", {}).get("schemas", {}).pop(name, None)
