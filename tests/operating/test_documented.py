"""What docs/operating.md and deploy/ say is what the command takes."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from api.commands import serve
from api.commands.options import long_name
from tests.command.running import polemos

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
ROW = re.compile(r"^\| `(--[a-z-]+)` \| `(POLEMOS_[A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
COMMAND = typer.main.get_command(serve.app)
SETTINGS = {f"--{long_name(option)}": option for option in COMMAND.params if option.name != "help"}


def default_of(flag: str) -> float:
    default = SETTINGS[flag].default
    assert isinstance(default, int | float)
    return default


def written(default: Any) -> str:
    """A default as the page writes it; empty where the page has words of its own."""
    value = getattr(default, "value", default)
    if value is False:
        return "off"
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def test_the_page_lists_every_setting_and_no_other() -> None:
    listed = {flag: variable for flag, variable, _ in ROW.findall(PAGE)}

    assert listed == {flag: option.envvar for flag, option in SETTINGS.items()}


@pytest.mark.parametrize(("flag", "default"), [(row[0], row[2]) for row in ROW.findall(PAGE)])
def test_the_page_says_what_applies_without_it(flag: str, default: str) -> None:
    known = written(SETTINGS[flag].default)

    assert default.strip().strip("`") == known if known else default.strip()


def test_the_help_names_every_setting_and_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", 300)

    ran = polemos("serve", "--help")

    for flag, option in SETTINGS.items():
        assert flag in ran.text
        assert str(option.envvar) in ran.text


def test_the_example_of_a_settings_file_has_settings_alone() -> None:
    given = tomllib.loads((ROOT / "deploy" / "polemos.toml").read_text("utf-8"))

    assert {f"--{key}" for key in given} <= SETTINGS.keys()


def test_the_proxy_waits_longer_than_a_query_may_take() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    seconds = re.search(r"proxy_read_timeout (\d+)s", text)

    assert seconds is not None
    assert int(seconds[1]) > default_of("--timeout")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text


def test_the_service_waits_longer_than_the_grace_time() -> None:
    text = (ROOT / "deploy" / "polemos.service").read_text("utf-8")
    seconds = re.search(r"^TimeoutStopSec=(\d+)$", text, re.MULTILINE)

    assert seconds is not None
    assert int(seconds[1]) > default_of("--grace")


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    text = (ROOT / "deploy" / "polemos.service").read_text("utf-8")
    unit = tmp_path / "polemos.service"
    unit.write_text(text.replace("/opt/polemos/.venv/bin/polemos", "/bin/true"))

    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )

    complaints = [line for line in done.stderr.splitlines() if "polemos.service" in line]
    assert complaints == []
