"""The recipes of CONTRIBUTING.md, followed as they stand there."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from graph.build import read
from graph.closure import closed
from graph.files import ONTOLOGY, PACKAGE, Sources
from graph.material import findings, stated
from graph.progress import Steps
from graph.queries import read_query
from graph.turtle import read_rdf
from tests.command.running import polemos
from tests.export.networks import SMALL
from tests.tracked import CHECKOUT

PAGE = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
FILE = re.compile(r"^`([^`]+)`(, at its end)?:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
ARTICLE = Path("graph") / "articles" / "2026-02-01-kyiv"
QUERY = Path("queries") / "injured-by-event.rq"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data folders with the files of the page in it."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ONTOLOGY, root / "ontology")
    shutil.copytree(PACKAGE / "articles", root / "graph" / "articles")
    for name, at_its_end, content in written():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text("utf-8") + "\n" if at_its_end else ""
        file.write_text(before + content, "utf-8")
    return root


def written() -> Iterator[tuple[str, str, str]]:
    found = FILE.findall(PAGE)
    assert found
    yield from found


def test_the_article_is_whole(followed: Path) -> None:
    ran = polemos("article", "check", followed / ARTICLE)

    assert ran.errors == ""
    assert ran.lines[-1] == "2 claims on 3 sentences; every sentence is explained."


def test_the_article_and_the_query_give_an_answer(followed: Path, tmp_path: Path) -> None:
    articles = followed / "graph" / "articles"
    polemos("build", "--home", tmp_path, "--articles", articles)

    ran = polemos("query", "--file", followed / QUERY, "--home", tmp_path, "--format", "csv")

    assert (
        "two people,https://w3id.org/polemos/id/actor/vitali-klitschko,,"
        "https://w3id.org/polemos/id/event/2026-02-01-explosions," in ran.lines
    )


def test_the_header_of_the_query_is_right(followed: Path) -> None:
    query = read_query(followed / QUERY)

    assert query.summary == "How many people were injured in each event, according to whom?"


def test_the_export_writes_nodes_and_edges(followed: Path) -> None:
    spec = importlib.util.spec_from_file_location("dot", followed / "graph" / "export" / "dot.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stream = BytesIO()

    module.write_dot(SMALL, stream)

    lines = stream.getvalue().decode().splitlines()
    assert (lines[0], lines[-1]) == ("digraph {", "}")
    assert len(lines) == 2 + len(list(SMALL.nodes)) + len(list(SMALL.edges))


def test_the_class_is_held_to_its_shape(followed: Path) -> None:
    examples = followed / "ontology" / "examples"

    assert broken(followed, examples / "ultimatum.valid.ttl") == []
    assert broken(followed, examples / "ultimatum.invalid-no-term.ttl") == [
        "Say when the term ends: a pol:time that is a pol:TimeSpan."
    ]


def broken(followed: Path, example: Path) -> list[str]:
    """The messages of the class's own shape on an example."""
    material = read(Sources(ontology=followed / "ontology"), Steps())
    quads = (*stated(material), *read_rdf(example).quads)
    default = closed(quads, material.ontology.core.quads)
    return [
        each.message
        for each in findings(material, quads, default)
        if each.shape is not None and each.shape.endswith("#Ultimatum-time")
    ]
