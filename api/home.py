"""The page at /: what is in the graph and what is not, three questions, what to take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api.addresses import base_of
from api.frame import framed_page
from api.linked_data.replies import addresses_of
from api.overview.chart import chart_of
from api.overview.reading import Overviews
from api.pages import TEMPLATES
from graph.engine.question import Engine
from graph.engine.versions import Version
from graph.errors import NotFound

router = APIRouter(include_in_schema=False)

DOWNLOADS = {
    "turtle": "/exports/turtle",
    "gexf": "/exports/gexf",
    "geojson": "/exports/geojson",
    "csv": "/queries/timeline.csv",
}
"""The files that most people come for, by the key of their words; the rest is at /exports."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query of ``api/templates/examples`` and the question it answers, by language."""

    questions: Mapping[str, str]
    query: str

    @property
    def address(self) -> str:
        """The screen with the query in it, and its answer; relative to the root."""
        return "/query?" + urlencode({"query": self.query})


def read_example(path: Path) -> Example:
    """Read a query file; it opens with ``#+ summary.en:`` and the question, a line a language."""
    lines = path.read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("#+ summary.")]
    questions = dict(line.removeprefix("#+ summary.").split(": ", 1) for line in headings)
    return Example(questions, "\n".join(lines[len(headings) :]).strip())


@cache
def examples() -> tuple[Example, ...]:
    """Read the example queries, in the order of their file names."""
    return tuple(read_example(path) for path in sorted((TEMPLATES / "examples").glob("*.rq")))


@router.api_route("/", methods=["GET", "HEAD"])
async def home(request: Request) -> Response:
    """Show the page."""
    overviews: Overviews = request.app.state.overviews
    overview = await overviews.newest()
    engine = request.app.state.engine
    return framed_page(
        request.scope,
        "home.html",
        version=engine.version,
        published=_published(engine),
        overview=overview,
        chart=chart_of(overview.years) if overview else None,
        endpoint=f"{base_of(request)}sparql",
        examples=examples(),
        downloads=DOWNLOADS,
        addresses=addresses_of(request),
    )


def _published(engine: Engine) -> Version | None:
    """What is known of the version that is served, where versions lie on this machine."""
    published = getattr(engine, "published", None)
    try:
        return published(engine.version) if published else None
    except NotFound:
        return None
