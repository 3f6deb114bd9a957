"""What the page of the query screen says before any script runs: a form, formats, examples."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.home import examples
from api.negotiation import RESULTS
from graph.formats import RDF_FORMATS


async def query_page(request: Request) -> dict[str, Any]:
    """The text that the address brings, else the first example; and what a form offers."""
    return {
        "text": request.query_params.get("query") or examples()[0].query,
        "examples": examples(),
        "tables": tuple(RESULTS.values()),
        "graphs": tuple(RDF_FORMATS.values()),
    }
