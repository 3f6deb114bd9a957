"""Fields that answers and problems share, and reading the fields of a request."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Scope

RawHeaders = list[tuple[bytes, bytes]]

SHARED: RawHeaders = [
    (b"vary", b"Accept"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Length, ETag, Polemos-Truncated, Polemos-Version, Retry-After",
    ),
    (b"x-content-type-options", b"nosniff"),
]
"""Any web page may read what is public here, without credentials (Fetch Standard, 3.2.3)."""


def share(response: Response) -> None:
    """Give a response the shared fields."""
    for name, value in SHARED:
        response.headers[name.decode()] = value.decode()


def read_field(scope: Scope, name: bytes) -> str | None:
    """Read a field of the request; several lines are one list (RFC 9110, section 5.3)."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else None
