"""A link from its proposal to the graph: suggested, accepted by a person, built. Items made up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph.build import build
from graph.engine.versions import Versions
from graph.files import ONTOLOGY, REFERENCE, Sources
from tests.command.running import polemos
from tests.wikidata.wikibase import DATA

MADE_UP = DATA / "reference"
CHECKED = "PREFIX pol: <https://w3id.org/polemos/ontology#> SELECT ?e ?o { ?e pol:wikidata ?i ; \
pol:linkCheck ?c . ?c pol:linkTarget ?i ; pol:checkOutcome ?o } ORDER BY ?e"


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """The shipped files, with a made-up actor and a made-up class for people."""
    copied = Sources(tmp_path / "ontology", tmp_path / "reference")
    shutil.copytree(ONTOLOGY, copied.ontology)
    shutil.copytree(REFERENCE, copied.reference)
    shutil.copy(MADE_UP / "actor.ttl", copied.reference)
    shutil.copy(MADE_UP / "alignment.ttl", copied.ontology / "alignments" / "made-up.ttl")
    return copied


def test_an_accepted_link_is_in_the_next_build(sources: Sources, tmp_path: Path) -> None:
    home, items = tmp_path / "home", DATA / "items.json"
    build(home, sources)
    arguments = ("--extract", items, "--home", home, "--format", "json")
    [first, *_] = json.loads(polemos("link", "suggest", "actor/ann-example", *arguments).text)
    assert (first["item"], first["score"]) == ("Q999999907", 100.0)

    record = sources.reference / "link-checks.ttl"
    accept = f"actor/ann-example={first['item']}"
    polemos("link", "check", *arguments, "--accept", accept, "--record", record)

    assert linked(home, sources) == [
        ["<https://w3id.org/polemos/id/actor/ann-example>", '"agrees"']
    ]
    first_record = record.read_bytes()
    polemos("link", "check", *arguments, "--record", record)
    assert record.read_bytes() == first_record, "a later run keeps the links of the file"


def linked(home: Path, sources: Sources) -> list[list[str]]:
    """The links with an outcome, in what the sources make."""
    rows = Versions(home).get(build(home, sources).version).read().select(CHECKED).rows
    return [[str(term) for term in row] for row in rows]
