from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from graph.engine.versions import Versions
from graph.files import ARTICLES
from tests.command.running import polemos

SLUG = "2026-01-24-kyiv-kharkiv"

BREAKAGES = {
    "one letter of a quote": (
        "reported one fatality and four injuries",
        "reported one fatalaty and four injuries",
        "claim:killed-in-kyiv",
        "the quote has “a” where the text has “i”. Copy them from text.txt.",
    ),
    "a claim without a speaker": (
        "pol:speaker actor:vitali-klitschko ; pol:inOffice"
        " holding:2026-01-24-klitschko-mayor-of-kyiv ; pol:modality modality:Reported ;",
        "pol:modality modality:Reported ;",
        "claim:killed-in-kyiv",
        "the claim has no pol:speaker. Add “pol:speaker actor:…” to its description.",
    ),
    "a time upside down": (
        'pol:latestEnd "2026-01-24T12:00:00+02:00"',
        'pol:latestEnd "2026-01-22T12:00:00+02:00"',
        "claim:overnight",
        "Put the bounds in order: pol:earliestStart must not be later than pol:latestEnd.",
    ),
    "an unknown code": (
        "pol:modality modality:Reported ;",
        "pol:modality modality:Reportet ;",
        "claim:killed-in-kyiv",
        "Did you mean modality:Reported?",
    ),
}


def test_a_build_publishes_a_version_and_says_what_is_in_it(tmp_path: Path) -> None:
    ran = polemos("build", "--home", tmp_path)

    assert ran.code == 0
    counts = r"[\d,]+ quads, 1 article, 55 claims, 2 warnings, \d+ infos"
    assert re.fullmatch(rf"Version 1 published: {counts}; [\d.]+ s\.\n", ran.text)
    stages = [line.partition(":")[0] for line in ran.errors.splitlines()]
    assert stages[-4:] == ["close", "validate", "write", "publish"]


def test_a_second_build_publishes_nothing_unless_forced(tmp_path: Path) -> None:
    polemos("build", "--home", tmp_path)

    again = polemos("build", "--home", tmp_path)
    forced = polemos("build", "--home", tmp_path, "--force")

    assert again.text.startswith("Version 1 is current; nothing has changed since: ")
    assert forced.text.startswith("Version 2 published: ")
    assert Versions(tmp_path).numbers() == (1, 2)


def test_the_home_folder_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLEMOS_HOME", str(tmp_path / "of-the-environment"))

    polemos("build")
    polemos("build", "--home", tmp_path / "of-the-flag")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["of-the-environment", "of-the-flag"]


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_article_is_named_and_the_published_version_stays(
    breakage: str, tmp_path: Path
) -> None:
    before, after, claim, remedy = BREAKAGES[breakage]
    articles = copied_articles(tmp_path)
    polemos("build", "--home", tmp_path / "home", "--articles", articles)
    change(articles / SLUG / "facts.trig", before, after)

    build = polemos("build", "--home", tmp_path / "home", "--articles", articles)
    check = polemos("article", "check", articles / SLUG)

    for ran in (build, check):
        assert ran.code == 1
        assert f"{SLUG}/facts.trig:" in ran.errors
        assert claim in ran.errors
        assert remedy in ran.errors
    assert Versions(tmp_path / "home").numbers() == (1,)


def copied_articles(tmp_path: Path) -> Path:
    """A copy of the shipped articles, to be changed."""
    return shutil.copytree(ARTICLES, tmp_path / "articles")


def change(file: Path, before: str, after: str) -> None:
    """Replace the first occurrence of some words in a file."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
