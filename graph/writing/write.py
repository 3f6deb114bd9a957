"""A write and what became of it, as they cross between the server and the process that writes."""

from __future__ import annotations

import hashlib
import marshal
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Kind = Literal["update", "put", "post", "delete", "patch"]

TEXT_KEPT = 4_000
"""So many characters of a write are kept in the log."""
SERVICE = ""
"""The graph of a POST to the graph store itself: a new one is to be made under ``base``."""


@dataclass(frozen=True, slots=True)
class Write:
    """One write: a SPARQL Update, or an operation of the Graph Store HTTP Protocol."""

    kind: Kind
    body: bytes
    who: str
    base: str
    """The base IRI of the body: the address that was asked."""
    graph: str | None = None
    """The graph's IRI; None for the default graph (and for an update)."""
    content_type: str = ""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    report_format: str | None = None
    """The media type that a SHACL report is to have; None where none is wanted."""
    only_if: int | None = None
    """The version that must still be the current one (RFC 9110, 13.1.1)."""
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))

    def entry(self) -> dict[str, Any]:
        """What the log says of the write itself."""
        said = {
            "id": self.id,
            "at": self.at,
            "who": self.who,
            "kind": self.kind,
            "graph": self.graph,
            "bytes": len(self.body),
            "sha256": hashlib.sha256(self.body).hexdigest(),
            "text": self.body[: 4 * TEXT_KEPT].decode("utf-8", "replace")[:TEXT_KEPT],
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a write; ``error`` is a member of the error family, as bytes."""

    id: str
    version: int | None = None
    """The version that holds the write, published now or, where nothing changed, before."""
    added: int = 0
    removed: int = 0
    graphs: int = 0
    """How many named graphs were created or dropped."""
    graph: str | None = None
    """The graph that was made for a POST to the graph store itself."""
    created: bool = False
    """Whether the graph that the write is about was not there before."""
    read: bool = True
    """Whether there was anything in the body."""
    error: bytes | None = None
    findings: tuple[dict[str, str], ...] = ()
    """Why the graph would have broken its shapes, or what is odd about it as it is now."""
    report: bytes | None = None

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.added or self.removed or self.graphs)


def writes_to_bytes(writes: Iterable[Write]) -> bytes:
    """Writes for the process; both ends are the same interpreter and trust each other."""
    return marshal.dumps([asdict(write) for write in writes])


def writes_from(data: bytes) -> list[Write]:
    """The writes that :func:`writes_to_bytes` wrote."""
    return [Write(**fields) for fields in marshal.loads(data)]


def outcomes_to_bytes(outcomes: Iterable[Outcome]) -> bytes:
    """Outcomes for the server."""
    return marshal.dumps([asdict(outcome) for outcome in outcomes])


def outcomes_from(data: bytes) -> list[Outcome]:
    """The outcomes that :func:`outcomes_to_bytes` wrote."""
    return [Outcome(**fields) for fields in marshal.loads(data)]
