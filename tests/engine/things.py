"""Versions of synthetic things to ask about, and how to ask."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.versions import Version, Versions

T = TypeVar("T")

EX = "http://example.org/"
THINGS = 300
POINT = f"SELECT ?o {{ <{EX}7> <{EX}number> ?o }}"
CROSS_PRODUCT = """
SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?a
"""
"""Minutes of work, and nothing to say before its end."""
MANY_ROWS = "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f }"
"""90,000 rows, some 35 megabytes of JSON."""
SOME_ROWS = f"{MANY_ROWS} LIMIT 20000"
"""More than any buffer holds, some 8 megabytes."""


def thing(number: int) -> ox.Quad:
    """Thing ``number`` has the number ``number``."""
    subject, predicate = ox.NamedNode(f"{EX}{number}"), ox.NamedNode(f"{EX}number")
    return ox.Quad(subject, predicate, ox.Literal(number))


def publish(home: Path, things: int = THINGS, reason: str = "test") -> Version:
    """Publish a version of so many things, from nothing."""
    with Versions(home).draft(None) as draft:
        draft.extend(thing(number) for number in range(things))
        return draft.publish(reason)


def running(pool: Callable[[Pool], Awaitable[T]], versions: Versions, **options: Any) -> T:
    """What a coroutine gives that is run with a pool, which is closed afterwards."""

    async def run() -> T:
        opened = Pool(versions, **{"workers": 1} | options)
        try:
            await opened.open()
            return await pool(opened)
        finally:
            await opened.close()

    return asyncio.run(run())


def alive(pid: int) -> bool:
    """Whether a process runs, or ran and is not reaped."""
    return Path(f"/proc/{pid}").exists()


async def ask(pool: Pool, query: str) -> bytes:
    """The whole answer to a query, in JSON or Turtle."""
    answer = await pool.ask(Question(query))
    return b"".join([chunk async for chunk in answer.chunks])


def values(body: bytes, variable: str = "o") -> list[str]:
    """The values of one variable in a JSON answer."""
    bindings = json.loads(body)["results"]["bindings"]
    return [row[variable]["value"] for row in bindings]
