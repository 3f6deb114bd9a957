"""The commands of docs/linked-data.md do what is written beside them."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.api.serving import Served

DOCS = Path(__file__).parents[2] / "docs" / "linked-data.md"
COMMANDS = re.findall(r"^(curl .*) # (\S+)$", DOCS.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("command", "media_type"), COMMANDS)
def test_a_command_gets_its_media_type(site: Served, command: str, media_type: str) -> None:
    own = shlex.split(command.replace("http://127.0.0.1:8000", site.address))

    told = subprocess.run(
        [*own, "--output", "/dev/null", "--write-out", "%{http_code} %{content_type}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.partition(";")[0] == f"200 {media_type}"


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 5
