"""Ask the engine on behalf of a page or a document; all questions of one answer see one version."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from api.linked_data.triples import Term, Triples, read_term
from graph.engine.question import Engine, Question
from graph.errors import LimitReached

QUERIES = Path(__file__).parent / "queries"
_PATIENT_SECONDS = 10.0
_AT_ONCE = 4
"""Questions of one page that may be under way: the engine's queue is for everybody."""
Row = Mapping[str, Term]


@cache
def query(name: str) -> str:
    """The text of a query of this folder."""
    return (QUERIES / f"{name}.rq").read_text("utf-8")


class Reader:
    """Reads one version of the graph."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.version = engine.version
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def rows(self, name: str, **bindings: str) -> list[Row]:
        """The solutions of a query; ``bindings`` are terms of N-Triples by variable."""
        results = json.loads(await self._bytes(Question(query(name), bindings=bindings)))
        return [
            {variable: read_term(term) for variable, term in row.items()}
            for row in results["results"]["bindings"]
        ]

    async def exists(self, entity: str) -> bool:
        """Whether the graph says anything of a thing."""
        answer = json.loads(
            await self._bytes(Question(query("exists"), bindings={"entity": entity}))
        )
        return bool(answer["boolean"])

    async def triples(self, name: str, **bindings: str) -> Triples:
        """The triples of a query whose solutions have ?s, ?p and ?o."""
        rows = await self.rows(name, **bindings)
        return Triples((row["s"], row["p"], row["o"]) for row in rows if "o" in row)

    async def number(self, name: str, **bindings: str) -> int | None:
        """The ?n of a query's only solution; None where counting takes too long."""
        try:
            rows = await self.rows(name, **bindings)
        except LimitReached:
            return None
        return int(rows[0]["n"].value) if rows else 0

    async def counts(self, name: str, variable: str) -> dict[str, int]:
        """The ?n of each solution by another variable; empty where counting takes too long."""
        try:
            rows = await self.rows(name)
        except LimitReached:
            return {}
        return {row[variable].value: int(row["n"].value) for row in rows if variable in row}

    async def document(self, name: str, media_type: str, **bindings: str) -> bytes:
        """The graph of a CONSTRUCT query, written in a format."""
        return await self._bytes(Question(query(name), graph_format=media_type, bindings=bindings))

    async def _bytes(self, question: Question) -> bytes:
        pinned = Question(
            question.query,
            graph_format=question.graph_format,
            bindings=question.bindings,
            seconds=_PATIENT_SECONDS,
            version=self.version,
        )
        async with self._turns:
            answer = await self._engine.ask(pinned)
            return b"".join([chunk async for chunk in answer.chunks])
