"""What an operator may set about the HTTP side, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.engine.question import Dataset


@dataclass(frozen=True, slots=True)
class Settings:
    """The HTTP side's own limits and defaults; the engine has limits of its own."""

    max_query_bytes: int = 1024 * 1024
    """The longest request body, in bytes."""
    max_address_bytes: int = 64_000
    """The longest query string, in bytes; from 65,535 bytes of address on, uvicorn's own parser
    answers in its own words."""
    dataset: Dataset = field(default_factory=Dataset)
    """The dataset of a query whose request names none."""
    adopt_every: float = 1.0
    """Seconds between two looks for a newly published version."""
    base_iri: str = "https://w3id.org/polemos/"
    """Under it stand the permanent IRIs; each has a page and documents of its own on the server."""
    max_age: int = 10
    """Seconds that a client may keep an answer of the newest version without asking again."""
    operator_token: str = ""
    """With it the running queries can be listed; empty: nobody can."""
    access_log: str = ""
    """A file for the access log, ``-`` for standard output, empty for none."""
    log_queries: bool = False
    """Whether the access log holds the texts of queries."""
    public_address: str = ""
    """Where clients find the server, where a proxy stands in front: scheme, host and path."""
