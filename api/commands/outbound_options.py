"""Options of the commands whose queries may call endpoints elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import urlsplit

import typer

from graph.engine.outbound import DEFAULT_ALLOWED, Outbound
from graph.errors import InvalidInput

DEFAULTS = Outbound()
MEBIBYTE = 1024**2

AllowService = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-service",
        envvar="POLEMOS_ALLOW_SERVICE",
        help="An endpoint that SERVICE may call; can be given several times.",
        show_default="Wikidata's",
    ),
]
AllowPrivateService = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-private-service",
        envvar="POLEMOS_ALLOW_PRIVATE_SERVICE",
        help="The same, for an endpoint whose name means a machine in a private network.",
        show_default="none",
    ),
]
ServiceTimeout = Annotated[
    float,
    typer.Option(
        envvar="POLEMOS_SERVICE_TIMEOUT", min=0.001, help="Seconds that a call of SERVICE may take."
    ),
]
ServiceSize = Annotated[
    int,
    typer.Option(
        envvar="POLEMOS_SERVICE_SIZE", min=1, help="MiB that the answer to SERVICE may have."
    ),
]
Contact = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_CONTACT",
        help="Where whoever runs a called endpoint can complain: a page or mailto: address.",
    ),
]


def to_outbound(
    services: Iterable[str] | None,
    private: Iterable[str] | None,
    seconds: float = DEFAULTS.seconds,
    mebibytes: int = DEFAULTS.bytes // MEBIBYTE,
    contact: str = DEFAULTS.contact,
) -> Outbound:
    """What the options say. Raises InvalidInput for an address that nobody could call."""
    hidden = frozenset(map(read_address, private or ()))
    listed = frozenset(map(read_address, services or ()))
    if not contact.isascii() or not contact.isprintable():
        raise InvalidInput(f"The contact {contact[:80]!r} does not fit into a header: use ASCII.")
    return Outbound(
        allowed=(listed | hidden) or DEFAULT_ALLOWED,
        private=hidden,
        seconds=seconds,
        bytes=mebibytes * MEBIBYTE,
        contact=contact,
    )


def read_address(address: str) -> str:
    """An address of a server. Raises InvalidInput for what nobody could call."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise InvalidInput(f"{address[:200]!r} is no address of a server: write http(s)://….")
    return address
