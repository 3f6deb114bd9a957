from __future__ import annotations

from pathlib import Path

import pytest

from graph.engine.versions import Versions
from tests.command.running import polemos


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two versions of the same content."""
    polemos("build", "--home", tmp_path)
    polemos("build", "--home", tmp_path, "--force")
    return tmp_path


def test_versions_are_listed_oldest_first(home: Path) -> None:
    header, _, *rows = polemos("versions", "list", "--home", home).lines

    assert header.replace(" ", "") == "version┃published┃by┃ontopof┃quads"
    assert [(row.split()[0], row.split()[4]) for row in rows] == [("1", "build"), ("2", "build")]


def test_a_version_is_shown_with_its_counts(home: Path) -> None:
    lines = polemos("versions", "show", "1", "--home", home).lines

    assert lines[0] == "version:    1"
    assert "articles:   1" in lines
    assert "claims:     55" in lines


def test_an_older_version_comes_back_as_a_new_one(home: Path) -> None:
    ran = polemos("versions", "roll-back", "1", "--home", home)

    assert ran.text == "Version 3 published: it holds what version 1 holds.\n"
    assert Versions(home).get(3).facts == {"restores": 1}


def test_a_version_that_does_not_exist(home: Path) -> None:
    for command in ("show", "roll-back"):
        ran = polemos("versions", command, "9", "--home", home)

        assert (ran.code, ran.errors) == (1, "There is no version 9; published: 1, 2.\n")
