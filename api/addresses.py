"""Where clients find this server."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from graph.errors import InvalidInput


def base_of(request: Request) -> str:
    """The server's address for clients, with a slash at the end.

    What the operator set, else what the request was sent to.
    """
    public: str = request.app.state.settings.public_address
    if public:
        return public
    root = f"{request.scope.get('root_path', '')}/"
    return str(request.url.replace(path=root, query="", fragment=""))


def read_public_address(text: str) -> str:
    """A public address with a slash at its end. Raises InvalidInput where it is none."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment or parts.username is not None:
        raise InvalidInput(
            f"The public address {text!r} is none. Write it as https://example.org/ or"
            " https://example.org/polemos/."
        )
    return text.rstrip("/") + "/"


def path_of(public_address: str) -> str:
    """The path that a proxy takes off before it sends a request on; empty without one."""
    return urlsplit(public_address).path.rstrip("/")
