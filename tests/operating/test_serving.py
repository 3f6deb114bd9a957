"""``polemos serve`` as operators run it: signals, proxies, IPv6, connections that stay open."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.operating.command import polemos_serve
from tests.operating.test_running import ENDLESS

PATIENCE = 60.0
TOKEN = "0123456789abcdef"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def token(tmp_path: Path) -> str:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    return str(path)


def wait_for_running(address: str, count: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        listed = httpx.get(f"{address}running", headers=OPERATOR).json()["running"]
        if len(listed) == count:
            return
    raise AssertionError(f"there were never {count} queries")


def test_a_server_that_is_told_to_stop_lets_answers_end(home: Path, token: str) -> None:
    arguments = ("--operator-token-file", token, "--timeout", "3", "--grace", "60")
    with polemos_serve(home, *arguments) as (process, address), ThreadPoolExecutor() as threads:
        running = threads.submit(
            httpx.get, f"{address}sparql", params={"query": ENDLESS}, timeout=PATIENCE
        )
        wait_for_running(address, 1)

        process.send_signal(signal.SIGTERM)
        answer = running.result()

        assert answer.status_code == 503
        assert "ran for 3 seconds" in answer.json()["detail"]
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)


def test_after_the_grace_time_answers_are_cut(home: Path, token: str) -> None:
    arguments = ("--operator-token-file", token, "--grace", "0")
    with polemos_serve(home, *arguments) as (process, address), ThreadPoolExecutor() as threads:
        running = threads.submit(
            httpx.get, f"{address}sparql", params={"query": ENDLESS}, timeout=PATIENCE
        )
        wait_for_running(address, 1)

        process.send_signal(signal.SIGTERM)

        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)
        assert isinstance(running.exception() or running.result(), httpx.HTTPError | httpx.Response)


def test_ipv6(home: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with polemos_serve(home, "--host", "::1") as (_, address):
        assert address.startswith("http://[::1]:")
        assert httpx.get(f"{address}sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_connection_is_used_again(home: Path) -> None:
    with polemos_serve(home) as (_, address):
        connection = http.client.HTTPConnection(address.split("/")[2])
        statuses = []
        for path in ("/health", "/sparql?query=ASK%20%7B%7D", "/sparql?query=ASK", "/nowhere"):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            statuses.append((response.status, response.will_close))
        connection.close()

    assert statuses == [(200, False), (200, False), (400, False), (404, False)]


@pytest.mark.parametrize(
    ("proxies", "client"),
    [((), "127.0.0.1"), (("127.0.0.1",), "192.0.2.9"), (("192.0.2.1",), "127.0.0.1")],
)
def test_only_the_proxy_is_believed(
    home: Path, tmp_path: Path, proxies: tuple[str, ...], client: str
) -> None:
    log = tmp_path / "access.log"
    arguments = [part for proxy in proxies for part in ("--behind-proxy", proxy)]
    with polemos_serve(home, "--access-log", str(log), *arguments) as (_, address):
        httpx.get(f"{address}health", headers={"X-Forwarded-For": "192.0.2.9"})
        assert httpx.get(f"{address}health").status_code == 200

    assert json.loads(log.read_text().splitlines()[0])["client"] == client


def test_a_client_behind_the_proxy_has_its_share(home: Path, token: str) -> None:
    arguments = ("--behind-proxy", "127.0.0.1", "--share", "1", "--operator-token-file", token)
    client = {"X-Forwarded-For": "192.0.2.9"}
    query = {"query": "SELECT (NOW() AS ?now) {}"}
    with polemos_serve(home, *arguments) as (_, address), ThreadPoolExecutor() as threads:
        running = threads.submit(
            httpx.get,
            f"{address}sparql",
            params={"query": ENDLESS},
            headers=client | {"Polemos-Query": "long"},
            timeout=PATIENCE,
        )
        wait_for_running(address, 1)

        refused = httpx.get(f"{address}sparql", params=query, headers=client)
        other = httpx.get(
            f"{address}sparql", params=query, headers={"X-Forwarded-For": "192.0.2.10"}
        )
        httpx.delete(f"{address}running/long")

        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        assert other.status_code == 200
        assert running.result().status_code == 503


def test_the_public_address_is_what_clients_are_told(home: Path) -> None:
    public = "https://example.org/polemos"
    with polemos_serve(home, "--public-address", public) as (_, address):
        assert f"{public}/sparql" in httpx.get(address).text
        sent_on = httpx.get(f"{address}sparql", headers={"Accept": "text/html"})
        assert sent_on.headers["location"] == "/polemos/"


def test_settings_come_from_file_environment_and_flags(home: Path, tmp_path: Path) -> None:
    settings = tmp_path / "polemos.toml"
    settings.write_text(
        'max-age = 1\ntimeout = 1.5\nrows = 1\nallow-service = ["http://a.test/"]\n'
    )
    arguments = ("--settings", str(settings), "--max-age", "3")
    environment = {"POLEMOS_TIMEOUT": "2.5", "POLEMOS_MAX_AGE": "2"}
    with polemos_serve(home, *arguments, environment=environment) as (_, address):
        endpoint = f"{address}sparql"
        answer = httpx.get(endpoint, params={"query": "SELECT * { ?s ?p ?o }"})
        late = httpx.get(endpoint, params={"query": ENDLESS}, timeout=PATIENCE)
        refused = httpx.get(endpoint, params={"query": "ASK { SERVICE <http://b.test/> {} }"})

    assert answer.headers["cache-control"] == "public, max-age=3, must-revalidate"
    assert answer.headers["polemos-truncated"] == "true"
    assert "ran for 2.5 seconds" in late.json()["detail"]
    assert "(http://a.test/)" in refused.json()["detail"]
