"""Fields that answers and problems share, and reading the fields of a request."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from starlette.responses import Response
from starlette.types import Scope

RawHeaders = list[tuple[bytes, bytes]]

SHARED: RawHeaders = [
    (b"vary", b"Accept, Accept-Encoding"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Length, ETag, Polemos-Query, Polemos-Truncated, Polemos-Version, Retry-After",
    ),
    (b"x-content-type-options", b"nosniff"),
]
"""Any web page may read what is public here, without credentials (Fetch Standard, 3.2.3)."""


def share(response: Response) -> None:
    """Give a response the shared fields."""
    for name, value in SHARED:
        response.headers[name.decode()] = value.decode()


@lru_cache(maxsize=4096)
def _one_client(address: str) -> str:
    """An IPv6 client has a network of 64 bits to itself; a mapped IPv4 address is just that."""
    try:
        parsed = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    if parsed.is_loopback:
        return str(parsed)
    return str(ipaddress.IPv6Network((parsed, 64), strict=False))


def client_of(scope: Scope) -> str:
    """Who sent a request, as far as shares of the server go: an address, or an IPv6 network."""
    client = scope.get("client")
    if client is None:
        return ""
    address: str = client[0]
    return _one_client(address) if ":" in address else address


def read_field(scope: Scope, name: bytes) -> str | None:
    """Read a field of the request; several lines are one list (RFC 9110, section 5.3)."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else None
