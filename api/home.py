"""The plain page at /: what this is, which version it serves, and a form to ask it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api.addresses import base_of
from api.frame import framed_page
from api.pages import TEMPLATES

router = APIRouter(include_in_schema=False)

FORMATS = {
    "application/json": "JSON (results, or a graph as JSON-LD)",
    "application/xml": "XML (results, or a graph as RDF/XML)",
    "text/csv": "CSV (results)",
    "text/tab-separated-values": "TSV (results)",
    "text/turtle": "Turtle (graph)",
    "text/plain": "N-Triples (graph)",
    "application/trig": "TriG (graph)",
    "application/n-quads": "N-Quads (graph)",
}
"""The formats of the form, under the names that browsers show rather than save."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query of ``api/templates/examples`` and the question it answers."""

    question: str
    query: str

    @property
    def address(self) -> str:
        """Where the answer is, relative to the page."""
        return "sparql?" + urlencode({"query": self.query, "format": "application/json"})


def read_example(path: Path) -> Example:
    """Read a query file; its first line is ``#+ summary:`` and the question in words."""
    heading, query = path.read_text("utf-8").split("\n", 1)
    return Example(heading.removeprefix("#+ summary:").strip(), query.strip())


@cache
def examples() -> tuple[Example, ...]:
    """Read the example queries, in the order of their file names."""
    return tuple(read_example(path) for path in sorted((TEMPLATES / "examples").glob("*.rq")))


@router.api_route("/", methods=["GET", "HEAD"])
async def home(request: Request) -> Response:
    """Show the page."""
    return framed_page(
        request.scope,
        "home.html",
        version=request.app.state.engine.version,
        counts=await request.app.state.counts.now(),
        endpoint=f"{base_of(request)}sparql",
        examples=examples(),
        formats=FORMATS,
    )
