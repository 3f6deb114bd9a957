"""What FastAPI cannot read off a bare ASGI route: the SPARQL endpoint and the canned queries."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.canned import described
from api.canned.routes import queries
from api.writing.openapi import describe_graph_store
from graph.tabular import TABLE_FORMATS

_ANY_ERROR: dict[str, Any] = {
    "description": "An error, as a problem document (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_SPARQL = Path(__file__).parent / "openapi-sparql.json"


def describe_sparql(app: FastAPI) -> None:
    """Add the path items of both to the application's OpenAPI document."""
    describe_routes = app.openapi

    def describe() -> dict[str, Any]:
        document = describe_routes()
        sparql = json.loads(_SPARQL.read_text("utf-8"))
        for operation in (sparql["get"], sparql["post"]):
            tables: dict[str, Any] = {
                format.media_type: {"schema": {}} for format in TABLE_FORMATS.values()
            }
            operation["responses"]["200"]["content"].update(tables)
        document["paths"].setdefault("/sparql", sparql)
        document["paths"].update(described.paths(queries(), sparql))
        describe_graph_store(document)
        _tell_problems(document)
        return document

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _tell_problems(document: dict[str, Any]) -> None:
    """Every error of every route is a problem document, also what FastAPI describes itself."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "responses" in operation:
                responses = operation["responses"]
                responses.setdefault("default", deepcopy(_ANY_ERROR))
                if "422" in responses:
                    responses["422"]["content"] = deepcopy(_ANY_ERROR["content"])
    for name in ("HTTPValidationError", "ValidationError"):
        document.get("components", {}).get("schemas", {}).pop(name, None)
