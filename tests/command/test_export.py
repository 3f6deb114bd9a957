from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import networkx
import pyoxigraph as ox
import pytest
from lxml import etree

from graph.export import EXPORTS, RDF_EXPORTS
from graph.vocabulary import POL
from tests.command.running import polemos
from tests.export.reading import READERS


@pytest.mark.parametrize("name", RDF_EXPORTS)
def test_an_rdf_export_reads_back(name: str, built_home: Path, tmp_path: Path) -> None:
    export = RDF_EXPORTS[name]
    file = tmp_path / f"graph.{export.suffix}"

    ran = polemos("export", name, "--home", built_home, "--output", file)

    read = READERS.get(name, partial(ox.parse, format=export.format.codec))
    quads = list(read(file.read_bytes()))
    default = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    named = {quad.graph_name for quad in quads} - {ox.DefaultGraph()}
    assert (ran.code, ran.errors) == (0, f"Written to {file}.\n")
    assert sum(quad.object == POL.Claim for quad in default) >= 55
    assert len(named) == (59 if export.format.quads else 0)


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


def test_a_network_of_actors_in_gexf_reads_back(built_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "actors.gexf"

    ran = polemos("export", "gexf", "--network", "actors", "--home", built_home, "-o", file)

    labels = {node.get("label") for node in etree.parse(file).iter("{*}node")}
    assert ran.code == 0
    assert {"Ukraine", "Russia", "Steve Witkoff", "Jared Kushner"} <= labels


def test_a_network_of_events_in_graphml_reads_back_with_its_quotes(
    built_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "events.graphml"

    polemos("export", "graphml", "--network", "events", "--home", built_home, "-o", file)

    graph = networkx.read_graphml(file, force_multigraph=True)
    quotes = [str(edge["quotes"]) for *_, edge in graph.edges(data=True) if "quotes" in edge]
    assert "https://w3id.org/polemos/id/event/2026-01-24-kyiv-strike" in graph
    assert any("striking Kyiv and Kharkiv" in quote for quote in quotes)


def test_a_map_has_the_events_with_a_position(built_home: Path) -> None:
    features = json.loads(polemos("export", "geojson", "--home", built_home).text)["features"]

    labels = {feature["properties"]["label"] for feature in features}
    assert "Strike on Kyiv, 24 January 2026" in labels


def test_tables_come_in_one_archive(built_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "tables.zip"

    polemos("export", "csv", "--home", built_home, "-o", file)

    with ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["edges.csv", "nodes.csv"]


def test_labels_come_in_the_language_asked_for(built_home: Path) -> None:
    ran = polemos("export", "nodes-csv", "--language", "uk", "--home", built_home)

    assert "Удар по Києву 24 січня 2026 року" in ran.text


def test_a_network_that_does_not_exist(built_home: Path) -> None:
    ran = polemos("export", "gexf", "--network", "actor", "--home", built_home)

    assert (ran.code, ran.errors) == (
        1,
        "There is no network “actor”. Did you mean actors? Use actors or events.\n",
    )
