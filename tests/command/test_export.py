from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.export import EXPORTS, RDF_EXPORTS
from graph.vocabulary import POL
from tests.command.running import polemos


@pytest.mark.parametrize("name", RDF_EXPORTS)
def test_an_rdf_export_reads_back(name: str, built_home: Path, tmp_path: Path) -> None:
    export = RDF_EXPORTS[name]
    file = tmp_path / f"graph.{export.suffix}"

    ran = polemos("export", name, "--home", built_home, "--output", file)

    quads = list(ox.parse(path=file, format=export.format.codec))
    default = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    named = {quad.graph_name for quad in quads} - {ox.DefaultGraph()}
    assert (ran.code, ran.errors) == (0, f"Written to {file}.\n")
    assert sum(quad.object == POL.Claim for quad in default) >= 55
    assert len(named) == (58 if export.format.quads else 0)


def test_an_export_goes_to_standard_output(built_home: Path) -> None:
    ran = polemos("export", "turtle", "--home", built_home)

    assert ran.output.startswith(b"@prefix ")
    assert ran.errors == ""


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
    built_home: Path, tmp_path: Path
) -> None:
    ran = polemos("export", "turtle", "--home", built_home, "-o", tmp_path / "none" / "graph.ttl")

    assert ran.code == 1
    assert ran.errors.startswith("The system says: No such file or directory: ")


def test_the_formats_are_listed_with_what_each_loses() -> None:
    ran = polemos("export", "--list")

    assert [line.split()[0] for line in ran.lines[2:]] == list(EXPORTS)
