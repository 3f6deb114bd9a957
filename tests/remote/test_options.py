from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api.commands.engine_options import Elsewhere, read_auth
from api.commands.outbound_options import read_address, to_outbound
from graph.engine.outbound import DEFAULT_ALLOWED, Outbound
from graph.engine.question import Limits
from graph.errors import InvalidInput

PRIVATE = "http://fuseki.internal:3030/ds"
LISTED = "https://example.org/sparql"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("digest dba secret\n", httpx.DigestAuth),
        ("basic reader a password with spaces", httpx.BasicAuth),
    ],
)
def test_a_file_says_who_asks(tmp_path: Path, line: str, kind: type[httpx.Auth]) -> None:
    file = tmp_path / "engine.auth"
    file.write_text(line)

    assert type(read_auth(file)) is kind
    assert read_auth(None) is None


@pytest.mark.parametrize("line", ["", "dba dba", "digest dba", "bearer x y"])
def test_another_line_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "engine.auth"
    file.write_text(line)

    with pytest.raises(InvalidInput, match="write one line"):
        read_auth(file)


@pytest.mark.parametrize(
    "address", ["", "example.org", "ftp://example.org/", "http://", "http://[/"]
)
def test_an_address_that_nobody_could_ask(address: str) -> None:
    with pytest.raises(InvalidInput, match="no address"):
        read_address(address)
    with pytest.raises(InvalidInput, match="no address"):
        to_outbound([address], None)


def test_the_options_make_an_engine() -> None:
    capacity = {"workers": 3, "queue": 5, "share": 2}

    engine = Elsewhere(LISTED, "urn:d", None).engine(Limits(seconds=1), Outbound(), capacity)

    assert (engine.state().workers, engine.state().room) == (3, 5)
    assert (engine.running.share, engine.limits.seconds) == (2, 1)


def test_the_options_of_calls() -> None:
    assert to_outbound(None, None) == Outbound()
    assert to_outbound(None, None).allowed == DEFAULT_ALLOWED
    assert to_outbound([LISTED], [PRIVATE], 5, 1, "mailto:a@example.org") == Outbound(
        frozenset((LISTED, PRIVATE)),
        frozenset((PRIVATE,)),
        seconds=5,
        bytes=1024**2,
        contact="mailto:a@example.org",
    )
    with pytest.raises(InvalidInput, match="ASCII"):
        to_outbound(None, None, contact="a\r\nX: y")
