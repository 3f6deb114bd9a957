"""The built front end: small enough, complete, and naming nobody but vocabularies."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import urlsplit

import httpx
import pytest

from api.screens.built import BUILT, built, is_hashed
from tests.api.serving import Served
from tests.tracked import CHECKOUT

MOST_SCRIPT = 300_000
"""Bytes of all scripts together, each as gzip sends it."""
NAMESPACES = {
    "purl.org",
    "rdfs.org",
    "schema.org",
    "semanticweb.cs.vu.nl",
    "w3id.org",
    "www.opengis.net",
    "www.w3.org",
    "www.wikidata.org",
    "xmlns.com",
}
"""Hosts in whose name vocabularies are: they are compared, and never asked."""
ADDRESS = re.compile(r"(?:https?|wss?)://[\w.-]+|(?<=[\"'`(])//[\w-]+(?:\.[\w-]+)+")
FILES = sorted(path for path in BUILT.iterdir() if path.name != "THIRD_PARTY.txt")
DARK = re.compile(r'\[data-theme="(?:light"\]\)|dark"\]) \{([^}]*)\}')


def test_the_scripts_are_small_together() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in FILES}

    assert sum(size for name, size in sizes.items() if name.endswith(".js")) < MOST_SCRIPT


def test_no_file_names_another_server() -> None:
    named = {
        (path.name, urlsplit(address).hostname)
        for path in FILES
        for address in ADDRESS.findall(path.read_text("utf-8"))
    }

    assert {each for each in named if each[1] not in NAMESPACES} == set()


def test_what_pages_ask_for_is_there_and_may_be_kept() -> None:
    names = json.loads((BUILT / "names.json").read_text("utf-8"))

    assert {"polemos.css", "reading.css", "theme.js", "site.js", "query.js"} <= set(names)
    assert [name for name in names.values() if not (BUILT / name).is_file()] == []
    assert [name for name in names.values() if not is_hashed(name)] == []


def test_every_package_in_it_is_named_with_its_licence() -> None:
    text = (BUILT / "THIRD_PARTY.txt").read_text("utf-8")
    sections = [section.strip().split("\n") for section in re.split(r"\n-{20,}\n", text)]
    package = json.loads((CHECKOUT / "web" / "package.json").read_text("utf-8"))

    held = {section[0].rpartition(" ")[0]: section for section in sections}
    direct = set(package["dependencies"])
    assert len(held) > 20
    assert {name for name in direct if name not in held} <= {"graphology-layout-forceatlas2"}
    assert [name for name, lines in held.items() if not lines[1] or len(lines) < 4] == []


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (built("polemos.css"), "public, max-age=31536000, immutable"),
        ("/static/built/names.json", "no-cache"),
        ("/static/icon.svg", "no-cache"),
    ],
)
def test_only_what_never_changes_is_kept_for_good(site: Served, path: str, kept: str) -> None:
    answer = httpx.get(site.address + path)
    again = httpx.get(site.address + path, headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["cache-control"] == kept
    assert again.status_code == 304


def test_dark_is_the_same_by_choice_as_by_the_system() -> None:
    tokens = (CHECKOUT / "web" / "styles" / "tokens.css").read_text("utf-8")

    by_system, by_choice = (
        dict(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in DARK.findall(tokens)
    )
    assert len(by_system) > 20
    assert by_system == by_choice
