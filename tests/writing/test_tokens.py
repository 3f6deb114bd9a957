from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from api.writing.tokens import Tokens
from graph.errors import InvalidInput, NotFound
from graph.writing.log import WriteLog
from tests.command.running import polemos
from tests.writing.served import Writable, writable

INSERT = "INSERT DATA { <a:a> <a:b> 1 }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    with writable(tmp_path_factory.mktemp("tokens"), open_to_all=False) as served:
        yield served


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_allows_writing_until_it_is_revoked(server: Writable) -> None:
    tokens = Tokens(server.home)
    token = tokens.make("ann")
    assert server.update(INSERT, **bearer(token)).status_code == 200
    assert list(WriteLog(server.home).entries())[-1]["who"] == "ann"
    tokens.revoke("ann")
    assert server.update(INSERT, **bearer(token)).status_code == 401


@pytest.mark.parametrize(
    "fields",
    [{}, bearer("pol_wrong"), {"Authorization": "Bearer"}, {"Authorization": "Basic YTpi"}],
)
def test_without_a_valid_token(server: Writable, fields: dict[str, str]) -> None:
    answer = server.update(INSERT, **fields)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    put = server.client.put("/rdf-graph-store?default", content=b"", headers=fields)
    assert put.status_code == 401


def test_reading_needs_none(server: Writable) -> None:
    assert server.client.get("/rdf-graph-store?default").status_code == 200
    assert server.client.get("/versions").status_code == 200


def test_an_expired_token(server: Writable) -> None:
    tokens = Tokens(server.home)
    past = tokens.make("past", datetime.now(UTC) - timedelta(seconds=1))
    future = tokens.make("future", datetime.now(UTC) + timedelta(hours=1))
    assert tokens.holder(past) is None
    assert tokens.holder(future) == "future"


def test_only_the_hash_is_kept(tmp_path: Path) -> None:
    token = Tokens(tmp_path).make("ann")
    kept = tmp_path / "tokens.json"
    assert token not in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_names(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    tokens.make("ann")
    with pytest.raises(InvalidInput, match="already"):
        tokens.make("ann")
    with pytest.raises(InvalidInput, match="letters"):
        tokens.make("ann\nbob")
    with pytest.raises(NotFound, match="ann"):
        tokens.revoke("bob")


def test_the_command(tmp_path: Path) -> None:
    made = polemos("token", "make", "ann", "--home", tmp_path)
    assert made.code == 0
    assert Tokens(tmp_path).holder(made.text.strip()) == "ann"
    assert "ann" in polemos("token", "list", "--home", tmp_path).text
    assert polemos("token", "revoke", "ann", "--home", tmp_path).code == 0
    assert Tokens(tmp_path).holder(made.text.strip()) is None


@pytest.mark.parametrize(
    "fields", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}]
)
def test_no_page_of_another_site_writes_where_no_token_is_asked(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]
) -> None:
    with writable(tmp_path_factory.mktemp("open")) as server:
        answer = httpx.post(f"{server.address}/sparql", data={"update": INSERT}, headers=fields)
        assert answer.status_code == 403
        assert not server.ask("ASK { ?s ?p ?o }")


def test_open_writes_are_for_this_machine_alone(tmp_path: Path) -> None:
    options = [
        "--home",
        str(tmp_path),
        "--empty",
        "--writable",
        "--open-writes",
        "--host",
        "0.0.0.0",
    ]
    refused = polemos("serve", *options)
    assert refused.code == 1
    assert "make tokens" in refused.errors
