"""The seam between the engine and everything else: a question in, bytes out.

A second engine (columns, or a remote SPARQL server) is another class with the method
:meth:`Engine.ask`; nothing else changes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Dataset:
    """The RDF dataset of a query, as its request gives it (SPARQL 1.1 Protocol, 2.1.4).

    Both empty: the dataset is the query's own FROM clauses or the whole store.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float = 30.0
    memory_bytes: int = 2 * 1024**3
    rows: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """One SPARQL query and the formats its answer may have.

    ``results_format`` serves SELECT and ASK, ``graph_format`` CONSTRUCT and DESCRIBE: which of the
    two applies is known only once a worker has parsed the query. Each is a media type of
    :mod:`graph.formats` or None where the client accepts none of that kind.
    ``bindings`` gives variables their values: N-Triples terms by variable name, bound by
    substitution, never pasted.
    """

    query: str
    dataset: Dataset = field(default_factory=Dataset)
    results_format: str | None = "application/sparql-results+json"
    graph_format: str | None = "text/turtle"
    bindings: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    """A time limit shorter than the engine's own; a longer one is cut down to it."""
    version: int | None = None
    """The number of the version to ask; None is the one that is served now."""
    id: str = ""
    """The asker's name for the query, by which it can be cancelled; empty: the engine gives one."""
    base: str = ""
    """What relative IRIs are resolved against (SPARQL 1.1 Query, 4.1.1.2); empty: nothing."""
    own: bool = False
    """True for the server's own questions alone: ``seconds`` may exceed the engine's time limit,
    and its row limit does not hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its media type, the version that gave it, and its bytes as they are written.

    Whoever holds an answer reads ``chunks`` to the end or calls ``aclose`` on it: the worker is
    freed then. An error after the first chunk is raised from the iteration.
    """

    media_type: str
    version: int
    chunks: AsyncIterator[bytes]
    truncated: bool = False
    """True where the row limit cut the answer."""
    whole: bytes | None = None
    """All the bytes, where they were complete at once (small or kept answers)."""
    lasting: bool = False
    """Whether the same question has the same answer each time, on the same version."""
    id: str = ""
    """The name by which the query can be cancelled while its answer is on the way."""


class Engine(Protocol):
    """Whatever answers SPARQL."""

    async def ask(self, question: Question) -> Answer:
        """Answer one query.

        Raises InvalidQuery and InvalidInput, Refused, NotAcceptable, NotFound (a version),
        RemoteFailed, LimitReached (ShareUsedUp among it) or EngineFailed of graph.errors.
        """
        ...

    def edition(self, version: int | None = None) -> str | None:
        """A name for what lasting answers depend on besides the question.

        Two questions that are alike have the same lasting answer where the edition is the same;
        None where the engine cannot tell. Raises NotFound where there is no such version.
        """
        ...

    @property
    def version(self) -> int:
        """The number of the version that questions are answered from."""
        ...

    async def close(self) -> None:
        """Stop; running queries are ended."""
        ...
