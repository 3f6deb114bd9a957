"""The README's question gives the README's answer; its commands and its Python run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.serving import Served

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
POLEMOS = "from api.command import main; main()"
ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


def test_there_is_a_question_an_answer_and_a_command() -> None:
    assert [len(blocks(language)) for language in ("sparql", "csv", "python")] == [1, 1, 1]
    assert COMMANDS


def test_the_question_has_the_answer_that_is_printed(
    served_article: Served, tmp_path: Path
) -> None:
    (tmp_path / "question.rq").write_text(blocks("sparql")[0], encoding="utf-8")
    (curl,) = (line for line in README.splitlines() if line.startswith("curl"))
    told = curl.replace(ADDRESS, served_article.address)

    answer = subprocess.run(
        shlex.split(told), cwd=tmp_path, check=True, capture_output=True, text=True
    )

    assert answer.stdout.splitlines() == blocks("csv")[0].splitlines()


def test_the_python_runs(served_article: Served) -> None:
    code = blocks("python")[0].replace(ADDRESS, served_article.address)

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert "https://w3id.org/polemos/id/event/2026-01-24-kyiv-strike" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_ends_well(
    command: str, article_home: Path, tmp_path: Path
) -> None:
    arguments = shlex.split(command)
    assert arguments[0] == "polemos"
    (tmp_path / "graph").symlink_to(ROOT / "graph")
    environment = os.environ | {"POLEMOS_HOME": str(article_home), "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", POLEMOS, *arguments[1:]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
