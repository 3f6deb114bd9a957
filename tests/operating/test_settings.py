"""Settings that are wrong are told before anything is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.addresses import path_of, read_public_address
from graph.errors import InvalidInput
from tests.command.running import polemos


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("max_age = 1", "there is no setting 'max_age'. Did you mean max-age?"),
        ("max-age = ", "is no TOML"),
        ("max-age = -1", "max-age"),
        ('workers = "many"', "workers"),
        ("\xff", "is no TOML"),
    ],
)
def test_a_file_with_mistakes(home: Path, tmp_path: Path, text: str, complaint: str) -> None:
    settings = tmp_path / "polemos.toml"
    settings.write_bytes(text.encode("latin-1"))

    ran = polemos("serve", "--home", home, "--settings", settings)

    assert ran.code in (1, 2)
    assert complaint in ran.errors
    assert "Traceback" not in ran.errors


def test_a_token_that_is_easy_to_guess(home: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("secret\n")

    ran = polemos("serve", "--home", home, "--operator-token-file", tmp_path / "token")

    assert ran.code == 1
    assert "fewer than 16 characters" in ran.errors


@pytest.mark.parametrize(
    ("given", "address", "path"),
    [
        ("https://example.org", "https://example.org/", ""),
        ("https://example.org/", "https://example.org/", ""),
        ("http://[::1]:8000/a/b/", "http://[::1]:8000/a/b/", "/a/b"),
    ],
)
def test_a_public_address(given: str, address: str, path: str) -> None:
    assert read_public_address(given) == address
    assert path_of(address) == path


@pytest.mark.parametrize(
    "given",
    [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://a/?b",
        "https://[a/",
        "https://u@a/",
    ],
)
def test_what_is_no_public_address(given: str) -> None:
    with pytest.raises(InvalidInput, match="is none"):
        read_public_address(given)
