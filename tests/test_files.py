"""What every file of the project keeps to, and what a wheel of it must hold."""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import jinja2
import pytest

from tests.tracked import CHECKOUT, tracked_files

BINARY = (".png", ".woff2", ".ico", ".zip", ".gz", ".parquet")
IN_WINDOWS_1252 = ("-cp1252.csv",)
"""Rows as a spreadsheet left them, by which reading such files is tested."""
LINES_END_IN_CRLF = (".csv",)
"""RFC 4180 wants it so."""
REGISTRY_HOST = re.compile(
    r"(pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com|crates\.io|proxy\.golang\.org"
    r"|deb\.debian\.org)[/:]"
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home|Users|tmp)/[\w.-]+/|[A-Z]:\\Users\\")
OWN_NAME = "tests/test_files.py"
PINNED = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)


def text_files() -> dict[str, Path]:
    files = tracked_files()
    return {name: path for name, path in files.items() if not name.endswith(BINARY)}


TEXTS = text_files()
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))


def test_text_files_are_utf_8_with_plain_line_ends() -> None:
    contents = {name: path.read_bytes() for name, path in TEXTS.items()}

    for name, content in contents.items():
        content.decode("windows-1252" if name.endswith(IN_WINDOWS_1252) else "utf-8")
    marked = [name for name, each in contents.items() if each.startswith(codecs.BOM_UTF8)]
    returning = [name for name, each in contents.items() if b"\r" in each]
    assert marked == []
    assert [name for name in returning if not name.endswith(LINES_END_IN_CRLF)] == []


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    texts = {
        name: path.read_text("utf-8", errors="replace")
        for name, path in TEXTS.items()
        if name != OWN_NAME
    }

    found = [
        f"{name}: {match[0]}"
        for name, text in texts.items()
        for pattern in (REGISTRY_HOST, MACHINE_PATH)
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("name", tracked_files(".html"))
def test_a_template_parses(name: str) -> None:
    jinja2.Environment(autoescape=True).parse((CHECKOUT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", [".ci/run", ".ci/try-wheel"])
def test_a_script_parses_and_can_be_run(name: str) -> None:
    parsed = subprocess.run(["bash", "-n", CHECKOUT / name], capture_output=True, text=True)

    assert (parsed.returncode, parsed.stderr) == (0, "")
    assert os.access(CHECKOUT / name, os.X_OK)


def test_make_help_lists_every_target() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()

    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert sorted(line.split()[0] for line in listed.stdout.splitlines()) == sorted(phony)


@pytest.mark.parametrize(
    ("file", "groups"),
    [
        ("requirements-build.txt", ["build"]),
        ("requirements.txt", ["dependencies"]),
        ("requirements-dev.txt", ["dependencies", "build", "dev"]),
    ],
)
def test_every_dependency_is_pinned_with_a_hash(file: str, groups: list[str]) -> None:
    pins = (CHECKOUT / file).read_text("utf-8")

    blocks = re.split(r"\n(?=[a-z])", pins)[1:]
    assert wanted(groups) - set(PINNED.findall(pins)) == set(), "run: make requirements"
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def wanted(groups: list[str]) -> set[str]:
    """The normalised names of the packages that pyproject.toml asks for in some groups."""
    listed = {"dependencies": PROJECT["project"]["dependencies"], **PROJECT["dependency-groups"]}
    entries = [entry for group in groups for entry in listed[group] if isinstance(entry, str)]
    names = [re.match(r"[A-Za-z0-9._-]+", entry) for entry in entries]
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name is not None}


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    environment = {**os.environ, "PATH": path}
    subprocess.run(
        [*pip, *options, str(CHECKOUT)], env=environment, capture_output=True, check=True
    )
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_wheel_holds_code_and_data(unpacked_wheel: Path) -> None:
    shipped = [
        name
        for name in tracked_files()
        if name.startswith(("api/", "graph/", "ontology/", "queries/")) and ".gitkeep" not in name
    ]

    assert [name for name in shipped if not (unpacked_wheel / name).is_file()] == []


def test_a_wheel_holds_the_licences(unpacked_wheel: Path) -> None:
    (licences,) = unpacked_wheel.glob("*.dist-info/licenses")

    held = sorted(str(file.relative_to(licences)) for file in licences.rglob("*") if file.is_file())
    assert held == ["LICENSE", "LICENSES/CC-BY-4.0.txt", "LICENSES/README.md"]


def test_the_command_works_from_a_wheel(unpacked_wheel: Path, tmp_path: Path) -> None:
    command = "import graph; print(graph.__file__); from api.command import main; main()"

    built = subprocess.run(
        [sys.executable, "-c", command, "build", "--home", "home"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked_wheel)},
        capture_output=True,
        text=True,
        check=True,
    )

    location, summary = built.stdout.splitlines()
    assert location == str(unpacked_wheel / "graph" / "__init__.py")
    assert summary.startswith("Version 1 published: ")
