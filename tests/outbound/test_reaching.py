"""One call to an endpoint: where it goes, what it says of itself, what it does not put up with."""

from __future__ import annotations

import ipaddress
import socket
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from graph.engine.outbound import Outbound
from graph.engine.reaching import fetch, is_public, names_a_private_address
from graph.errors import Refused, RemoteFailed
from tests.outbound.endpoints import ONE_ROW, RESULTS, Reply, listening

NAME = "endpoint.example"


def resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names resolve to these addresses, one list a time; gives the names that were asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolver(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host != NAME:
            return real(host, port, *arguments, **options)
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    return asked


def call(address: str, **outbound: Any) -> tuple[str, bytes]:
    return fetch(address, b"ASK {}", RESULTS, Outbound(**outbound))


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fe80::1%lo"],
        ["fd00::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["93.184.216.34", "127.0.0.1"],
    ],
)
def test_a_name_that_means_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    resolve(monkeypatch, found)
    with listening() as endpoint:
        with pytest.raises(Refused, match="--allow-private-service"):
            call(f"http://{NAME}:{endpoint.port}/sparql")
        assert endpoint.connections == 0


def test_a_private_name_can_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, ["127.0.0.1"])
    with listening() as endpoint:
        address = f"http://{NAME}:{endpoint.port}/sparql"

        assert call(address, private=frozenset({address})) == (RESULTS, ONE_ROW)
        assert endpoint.requests[0][1]["host"] == f"{NAME}:{endpoint.port}"


def test_the_connection_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means another machine the second time is asked once."""
    asked = resolve(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    with listening() as endpoint:
        address = f"http://{NAME}:{endpoint.port}/sparql"

        call(address, private=frozenset({address}))

    assert asked == [NAME]


def test_an_endpoint_is_told_who_calls() -> None:
    """Name and version, contact, library: Wikimedia's User-Agent policy."""
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    version = tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"]
    with listening() as endpoint:
        call(endpoint.address, contact="mailto:curator@example.org")

    ((path, headers, body),) = endpoint.requests
    assert path == "/sparql"
    assert headers["user-agent"].startswith(f"Polemos/{version} (mailto:curator@example.org) httpc")
    assert parse_qs(body.decode()) == {"query": ["ASK {}"]}
    assert not {"authorization", "cookie", "referer"} & headers.keys()


def test_redirects_are_not_followed() -> None:
    with listening() as inner:
        for status in (301, 302, 303, 307, 308):
            reply = Reply(b"", status, {"Location": inner.address})
            with listening(reply) as endpoint, pytest.raises(RemoteFailed, match="redirects"):
                call(endpoint.address)
        assert inner.connections == 0


@pytest.mark.parametrize(
    ("reply", "outbound", "what"),
    [
        (Reply(ONE_ROW * 1000), {"bytes": 10_000}, "longer than 10,000 bytes"),
        (Reply(slowly=0.05), {"seconds": 0.3}, r"within 0\.3 seconds"),
        (Reply(b"too busy", 503), {}, "status 503: too busy"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), {}, "answered with text/html"),
        (Reply(headers={}), {}, "no media type"),
    ],
)
def test_an_endpoint_that_misbehaves(reply: Reply, outbound: dict[str, Any], what: str) -> None:
    with listening(reply) as endpoint, pytest.raises(RemoteFailed, match=what):
        call(endpoint.address, **outbound)


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as endpoint:
        address = endpoint.address
    with pytest.raises(RemoteFailed, match="cannot be reached"):
        call(address)

    resolve(monkeypatch, [])
    with pytest.raises(RemoteFailed, match="no address"):
        call(f"http://{NAME}/sparql")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "urn:x"])
def test_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="only http and https"):
        call(address)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as proxy, listening() as endpoint:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
        call(endpoint.address)
        assert (proxy.connections, endpoint.connections) == (0, 1)


PRIVATE = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1
    64:ff9b::a00:1 64:ff9b:1::1 100::1 2001:db8::1 2001:0:1:2::f5ff:fffe 2002:7f00:1::
    2002:a00:1:: fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_that_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1:7878/query", True),
        ("http://localhost/sparql", True),
        ("http://[::1]:3030/sparql", True),
        ("http://2130706433/sparql", False),
        ("http://localhost.example.org/sparql", False),
        ("https://query.wikidata.org/sparql", False),
    ],
)
def test_an_address_that_says_itself_that_it_is_private(address: str, private: bool) -> None:
    assert names_a_private_address(address) is private
