"""Options of the commands that speak with an engine elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import httpx
import typer

from api.commands.outbound_options import read_address
from graph.engine.outbound import Outbound
from graph.engine.question import Dataset, Limits
from graph.engine.remote import RemoteEngine, RemoteSettings
from graph.errors import InvalidInput

EngineAddress = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_ENGINE",
        help="The query endpoint of a SPARQL server that holds the graph in place of --home.",
        show_default="the store in --home",
    ),
]
EngineGraph = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_ENGINE_GRAPH",
        help="The name that the default graph has there, if it has one (Virtuoso).",
        show_default="none",
    ),
]
EngineAuth = Annotated[
    Path | None,
    typer.Option(
        envvar="POLEMOS_ENGINE_AUTH",
        exists=True,
        dir_okay=False,
        help="A file with one line: basic or digest (Virtuoso), a user's name there, the password.",
        show_default="nobody in particular asks",
    ),
]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the options say of an engine elsewhere."""

    address: str
    graph: str
    auth: Path | None

    def engine(
        self, limits: Limits, outbound: Outbound, capacity: Mapping[str, int]
    ) -> RemoteEngine:
        """The engine that the options mean."""
        settings = RemoteSettings(
            read_address(self.address),
            Dataset((self.graph,)) if self.graph else Dataset(),
            read_auth(self.auth),
            at_once=capacity["workers"],
            queue=capacity["queue"],
        )
        return RemoteEngine(settings, limits=limits, outbound=outbound, share=capacity["share"])


def read_auth(path: Path | None) -> httpx.Auth | None:
    """How a file says who asks. Raises InvalidInput where its line is another than that."""
    if path is None:
        return None
    kind, *words = path.read_text("utf-8").strip().split(" ", 2)
    if kind not in ("basic", "digest") or len(words) != 2:
        raise InvalidInput(f"{path}: write one line, such as: digest dba PASSWORD.")
    name, password = words
    return (httpx.DigestAuth if kind == "digest" else httpx.BasicAuth)(name, password)
