"""What the command line itself answers: help, and words for every kind of mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.command import COMMANDS
from tests.command.running import polemos

MISTAKES = {
    "bild": "There is no command “bild”. Did you mean build?",
    "frobnicate": "There is no command “frobnicate”.",
    "build --fource": "No such option: --fource (Possible options: --force)",
    "serve --port many": "Invalid value for '--port' (env var: 'POLEMOS_PORT'): Input should be a"
    " valid integer, unable to parse string as an integer",
    "query": "Give the name of a canned query or --file with one of your own; --list has the"
    " names.",
    "query timeline --param language": "“language” is no parameter. Write it like name=value.",
    "query timeline --format jsn": "There is no format “jsn”. Did you mean json? Use one of table,"
    " json, xml, csv, tsv, turtle, ntriples, rdfxml, jsonld, trig, nquads.",
    "query --file - --param language=en": "Values are for canned queries. Write yours into the"
    " file.",
    "export": "Name a format; --list has them.",
    "export gefx": "There is no format “gefx”. Did you mean gexf? Use one of gexf, graphml,"
    " geojson, geopackage, csv, nodes-csv, edges-csv, cyjs, cx2, graphology, d3, dot, neo4j, kml,"
    " timelinejs, nodes-parquet, edges-parquet, geoparquet, turtle, ntriples, rdfxml, jsonld, trig,"
    " nquads, nquads-zst, jsonld-compacted, jelly, jsonld-events.",
    "versions show latest": "Invalid value for 'number': Input should be a valid integer, unable"
    " to parse string as an integer",
    "article check nowhere": "Invalid value for 'folder': dir 'nowhere' does not exist.",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_the_command_line_is_told_in_a_sentence(line: str) -> None:
    ran = polemos(*line.split())

    assert (ran.code, ran.text, ran.errors.strip()) == (2, "", MISTAKES[line])


def test_the_help_names_every_command() -> None:
    ran = polemos("--help")

    assert ran.code == 0
    for name in COMMANDS:
        assert f"│ {name} " in ran.text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    ran = polemos(name, "--help")

    assert ran.code == 0
    assert f"Usage: polemos {name} " in ran.text


def test_what_the_system_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ran = polemos("build", "--home", tmp_path / "file")

    assert ran.code == 1
    assert ran.errors.splitlines()[-1] == f"The system says: File exists: {tmp_path / 'file'}."


@pytest.mark.parametrize("line", ["query timeline", "export turtle", "versions list", "serve"])
def test_what_needs_a_version_says_how_to_get_one(line: str, tmp_path: Path) -> None:
    ran = polemos(*line.split(), "--home", tmp_path)

    assert ran.code == 1
    assert ran.errors.strip() == (
        f"No version is published in {tmp_path}. Run “polemos build” first, or name the folder"
        " of one that is: --home."
    )
