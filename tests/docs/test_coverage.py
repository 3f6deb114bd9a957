"""Every command, route, format, query and term occurs in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Route

from api.app import create_app
from api.command import COMMANDS
from graph.export import EXPORTS
from graph.files import ONTOLOGY, QUERIES
from tests.api.fake_engine import FakeEngine

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md"))
WORDS = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
POL = "https://w3id.org/polemos/ontology#"


def terms() -> list[str]:
    """The local names of the vocabulary's terms."""
    subjects = {quad.subject for quad in ox.parse(path=str(ONTOLOGY / "polemos.ttl"))}
    named = (each.value for each in subjects if isinstance(each, ox.NamedNode))
    return sorted(iri.removeprefix(POL) for iri in named if iri.startswith(POL))


def routes() -> list[str]:
    """The paths that the server answers, without their parameters."""
    found: list[BaseRoute] = list(create_app(FakeEngine()).routes)
    paths = {route.path for route in found if isinstance(route, Route | APIRoute)}
    return sorted(re.sub(r"/?\{.*", "", path) or "/" for path in paths)


def occurs(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", WORDS) is not None


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_is_documented(command: str) -> None:
    assert occurs(f"polemos {command}")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_format_is_documented(name: str) -> None:
    assert occurs(name)


@pytest.mark.parametrize("name", sorted(path.stem for path in QUERIES.glob("*.rq")))
def test_a_query_is_documented(name: str) -> None:
    assert occurs(name)


@pytest.mark.parametrize("term", terms())
def test_a_term_is_documented(term: str) -> None:
    assert occurs(f"pol:{term}")


@pytest.mark.parametrize("path", routes())
def test_a_route_is_documented(path: str) -> None:
    assert f"`{path}" in WORDS or f"`GET {path}" in WORDS
