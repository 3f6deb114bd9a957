"""Every file of the ontology and of the facts parses alone, with two parsers that share no code."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from graph.files import PACKAGE, Sources
from graph.turtle import CODECS

ROOT = PACKAGE.parent
FOLDERS = (Sources().ontology, Sources().reference, Sources().articles)


def files(*suffixes: str) -> list[str]:
    """The files with one of the endings, as paths from the project's root."""
    found = (path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in suffixes)
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


RDF_FILES = files(".ttl", ".trig")
QUERIES = files(".rq")


def test_there_are_files_of_each_kind() -> None:
    kinds = {
        "ontology/polemos.ttl",
        "ontology/codes/role.ttl",
        "ontology/shapes/claim.ttl",
        "ontology/examples/claim.valid.ttl",
        "graph/reference/actors.ttl",
        "graph/articles/2026-01-24-kyiv-kharkiv/facts.trig",
    }
    assert kinds <= set(RDF_FILES)
    assert "ontology/checks/class-has-shape.rq" in QUERIES


@pytest.mark.parametrize("name", RDF_FILES)
def test_an_rdf_file_parses_alone_and_alike_with_both_parsers(name: str) -> None:
    path = ROOT / name
    oxigraph = list(ox.parse(path=path, format=CODECS[path.suffix[1:]]))
    dataset = rdflib.Dataset()
    dataset.parse(path)
    assert len(oxigraph) > 0
    assert len(list(dataset.quads())) == len(set(oxigraph))


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_parses_alone_with_both_parsers(name: str) -> None:
    text = Path(ROOT / name).read_text("utf-8")
    ox.Store().query(text)
    prepareQuery(text)
