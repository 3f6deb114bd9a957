"""``polemos running`` against a server that runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.api.serving import Served
from tests.command.running import polemos
from tests.operating.conftest import TOKEN
from tests.operating.test_running import ENDLESS, ask, listed


@pytest.fixture
def token(tmp_path: Path) -> Path:
    file = tmp_path / "operator-token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    return file


def test_a_query_is_listed_and_cancelled(served: Served, token: Path) -> None:
    with ThreadPoolExecutor() as threads:
        running = threads.submit(ask, served, "endless", ENDLESS)
        listed(served, 1)

        shown = polemos("running", "list", "--at", served.address, "--operator-token-file", token)
        cancelled = polemos("running", "cancel", "endless", "--at", f"{served.address}/")

        assert running.result().status_code == 503
    assert shown.code == 0
    assert "endless" in shown.text
    assert "127.0.0.1" in shown.text
    assert "SELECT (COUNT(*) AS ?n)" in shown.text
    assert (cancelled.code, cancelled.lines) == (0, ["The query endless is cancelled."])


def test_a_server_at_rest(served: Served, token: Path) -> None:
    listed(served, 0)

    shown = polemos("running", "list", "--at", served.address, "--operator-token-file", token)

    assert (shown.code, shown.text, shown.errors) == (0, "", "No query is running.\n")


def test_what_does_not_run_cannot_be_cancelled(served: Served) -> None:
    ran = polemos("running", "cancel", "no/such", "--at", served.address)

    assert ran.code == 1
    assert "answered 404" in ran.errors


def test_the_list_is_for_the_operator(served: Served, token: Path) -> None:
    token.write_text("another token, long enough", "utf-8")

    without = polemos("running", "list", "--at", served.address)
    wrong = polemos("running", "list", "--at", served.address, "--operator-token-file", token)

    assert (without.code, wrong.code) == (1, 1)
    assert "--operator-token-file" in without.errors
    assert "answered 401: Send the operator's token" in wrong.errors


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "ftp://example.org/", "nowhere"])
def test_an_address_where_no_server_is(address: str) -> None:
    ran = polemos("running", "cancel", "a", "--at", address)

    assert ran.code == 1
    assert address.rstrip("/") in ran.errors
