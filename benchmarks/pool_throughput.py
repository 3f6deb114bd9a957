"""Point queries a second that the pool answers, without HTTP: distinct ones, and one kept.

Run: ``python -m benchmarks.pool_throughput [triples] [queries]``. The data is synthetic.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import uvloop

from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.versions import Versions

CONCURRENT = 32
EX = "http://example.org/"


def quad(number: int) -> ox.Quad:
    value = ox.NamedNode(EX + "value")
    return ox.Quad(ox.NamedNode(f"{EX}thing/{number}"), value, ox.Literal(number))


async def measure(pool: Pool, text: Callable[[int], str], queries: int) -> float:
    async def client(first: int) -> None:
        for number in range(first, queries, CONCURRENT):
            answer = await pool.ask(Question(text(number)))
            assert answer.whole is not None

    begun = time.perf_counter()
    await asyncio.gather(*(client(first) for first in range(CONCURRENT)))
    return queries / (time.perf_counter() - begun)


async def main(triples: int, queries: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        versions = Versions(Path(home))
        with versions.draft(None) as draft:
            draft.extend(quad(number) for number in range(triples))
            draft.publish("synthetic")
        for workers in (1, 2, 4):
            pool = Pool(versions, workers=workers)
            await pool.open()
            await measure(pool, lambda n: f"ASK {{ <{EX}warm/{n}> ?p ?o }}", 1000)
            distinct = await measure(
                pool,
                lambda n: f"SELECT ?o WHERE {{ <{EX}thing/{n % triples}> ?p ?o }} #{n}",
                queries,
            )
            kept = await measure(pool, lambda n: f"SELECT * {{ <{EX}thing/1> ?p ?o }}", queries)
            print(f"{workers} workers: {distinct:,.0f} distinct/s, {kept:,.0f} kept/s")
            await pool.close()


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]] + [100_000, 20_000][
        len(sys.argv) - 1 :
    ]
    uvloop.run(main(*arguments))
