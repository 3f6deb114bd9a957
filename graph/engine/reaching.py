"""Connections to endpoints elsewhere: to public addresses alone, within a time.

What a name resolves to is looked at, and the connection goes to the address that was looked at, so
that a name cannot mean another machine a moment later. Nothing follows redirects, no proxy of the
environment is used.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpcore

from graph.engine.outbound import Outbound
from graph.errors import Refused, RemoteFailed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: IPv4 addresses as a network without IPv4 reaches them."""
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10")))
"""Of the registries of special addresses, what older Pythons count as public."""
_RESULTS = ("json", "xml")
"""What the media types of SPARQL results have in their names, as far as the store reads them."""
_SAID = 200
"""Characters of an endpoint's complaint that are passed on."""


def user_agent(contact: str) -> str:
    """Who calls, as Wikimedia's User-Agent policy wants it: name, version, contact, library."""
    return f"Polemos/{version('polemos')} ({contact}) httpcore/{httpcore.__version__}"


def fetch(address: str, query: bytes, accept: str, outbound: Outbound) -> tuple[str, bytes]:
    """Send a query to an endpoint: the media type and the bytes of its answer.

    By POST as a form (SPARQL 1.1 Protocol, 2.1.2), which is read everywhere; Virtuoso 7.2.5 does
    not answer where the query is the body itself.

    Raises Refused where the address is not public and not allowed as private, RemoteFailed for
    every other failure, redirects and answers that are too long or no SPARQL results among them.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise Refused(f"<{address}> is refused: only http and https addresses are called.")
    headers = {
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": user_agent(outbound.contact),
    }
    form = urlencode({"query": query}).encode()
    backend = _Backend(address, outbound)
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, retries=0) as pool,
            pool.stream("POST", address, headers=list(headers.items()), content=form) as response,
        ):
            answer = _read(response, outbound)
            return _judged(address, response, answer)
    except (httpcore.TimeoutException, TimeoutError):
        raise RemoteFailed(
            f"<{address}> did not answer within {outbound.seconds:g} seconds."
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, UnicodeError) as error:
        reason = str(error) or type(error).__name__
        raise RemoteFailed(f"<{address}> cannot be reached: {reason}.") from None


def _read(response: httpcore.Response, outbound: Outbound) -> bytes:
    parts = []
    size = 0
    for part in response.iter_stream():
        size += len(part)
        if size > outbound.bytes:
            raise RemoteFailed(
                f"The answer is longer than {outbound.bytes:,} bytes, the most that is read from"
                " an endpoint elsewhere. Ask it for less."
            )
        parts.append(part)
    return b"".join(parts)


def _judged(address: str, response: httpcore.Response, answer: bytes) -> tuple[str, bytes]:
    fields = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    media_type = fields.get(b"content-type", "")
    if response.status in range(300, 400):
        target = fields.get(b"location", "an address it does not name")
        raise RemoteFailed(
            f"<{address}> redirects to {target[:_SAID]}. Redirects are not followed: whoever runs"
            " this server can list the target instead."
        )
    if response.status != 200:
        said = answer[: _SAID * 4].decode("utf-8", "replace").strip()[:_SAID]
        raise RemoteFailed(f"<{address}> answered with status {response.status}: {said}")
    if not any(word in media_type.lower() for word in _RESULTS):
        raise RemoteFailed(f"<{address}> answered with {media_type[:_SAID] or 'no media type'}.")
    return media_type, answer


def is_public(address: Address) -> bool:
    """Whether an address is one of the public Internet, whatever it is wrapped in."""
    return all(
        each.is_global
        and not (each.is_private or each.is_loopback or each.is_link_local)
        and not (each.is_multicast or each.is_reserved or each.is_unspecified)
        and not any(each in network for network in _SPECIAL)
        for each in _meanings(address)
    )


def _meanings(address: Address) -> Iterable[Address]:
    """An address, or the IPv4 address that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address, address.sixtofour)
    if address.teredo is not None:
        return (address, *address.teredo)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address,)


def names_a_private_address(address: str) -> bool:
    """Whether an address says itself that it is private, so that listing it allows as much."""
    host = urlsplit(address).hostname or ""
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return host == "localhost"


class _Backend(httpcore.NetworkBackend):
    """Connects to one endpoint, where its addresses may be called."""

    def __init__(self, address: str, outbound: Outbound) -> None:
        self._address = address
        self._private = address in outbound.private or names_a_private_address(address)
        self._ends = time.monotonic() + outbound.seconds
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the name that answers; all must be ones to call."""
        failure: Exception = OSError("the name has no address")
        for found in self._resolved(host, port):
            try:
                stream = self._backend.connect_tcp(found, port, remaining(self._ends))
                return _Stream(stream, self._ends)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _resolved(self, host: str, port: int) -> list[str]:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = [str(entry[4][0]).partition("%")[0] for entry in known]
        if not self._private and not all(is_public(ipaddress.ip_address(each)) for each in found):
            raise Refused(
                f"<{self._address}> is refused: its name means a machine in a private network."
                " Whoever runs this server can allow that with --allow-private-service."
            )
        return found


class _Stream(httpcore.NetworkStream):
    """A connection that ends at a time, however slowly the other side talks."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self._stream = stream
        self._ends = ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._stream.read(max_bytes, remaining(self._ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write."""
        self._stream.write(buffer, remaining(self._ends))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS, with the name that the certificate must have."""
        stream = self._stream.start_tls(ssl_context, server_hostname, remaining(self._ends))
        return _Stream(stream, self._ends)

    def get_extra_info(self, info: str) -> Any:
        """What the connection says about itself."""
        return self._stream.get_extra_info(info)


def remaining(ends: float) -> float:
    """Seconds until a time; raises TimeoutError where it is over."""
    seconds = ends - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
