"""Questions that come together are handed to a worker together, and none suffers for another."""

import asyncio
from collections.abc import Sequence

import pytest

from graph.engine.pool import Pool
from graph.engine.question import Limits, Question
from graph.engine.versions import Versions
from graph.errors import InvalidQuery, LimitReached, PolemosError
from tests.engine.test_pool import processes
from tests.engine.things import CROSS_PRODUCT, EX, MANY_ROWS, THINGS, ask, running, values

ALL_PAIRS = "SELECT (COUNT(*) AS ?o) { ?a ?b ?c . ?d ?e ?f }"
TOO_DEEP = f"SELECT * {{ {'{' * 3_000} ?s ?p ?o {'}' * 3_000} }}"


def point(number: int) -> str:
    return f"SELECT ?o {{ <{EX}{number}> ?p ?o }}"


def asked(pool: Pool, numbers: Sequence[int]) -> list[asyncio.Task[bytes]]:
    return [asyncio.create_task(ask(pool, point(number))) for number in numbers]


async def numbers_of(tasks: Sequence[asyncio.Task[bytes]]) -> list[int]:
    return [int(values(body)[0]) for body in await asyncio.gather(*tasks)]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_each_gets_its_own_answer(versions: Versions, workers: int) -> None:
    async def scenario(pool: Pool) -> None:
        assert await numbers_of(asked(pool, range(100))) == list(range(100))

    running(scenario, versions, workers=workers, queue=100)


def test_what_stands_behind_a_long_one_is_answered_by_another_worker(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        long = asyncio.create_task(pool.ask(Question(CROSS_PRODUCT)))
        quick = asked(pool, range(20))

        assert await numbers_of(quick) == list(range(20))
        assert not long.done()
        long.cancel()

    running(scenario, versions, workers=2)


def test_an_answer_that_nobody_fetches_holds_up_no_other(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        large = asyncio.create_task(pool.ask(Question(MANY_ROWS)))
        quick = asked(pool, range(20))

        assert await numbers_of(quick) == list(range(20))
        await (await large).chunks.aclose()  # type: ignore[attr-defined]  # a Delivery has it

    running(scenario, versions, workers=2)


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [(CROSS_PRODUCT, LimitReached, "ran for 2 seconds"), (TOO_DEEP, InvalidQuery, "too deep")],
    ids=["its time is over", "it kills the parser"],
)
def test_what_stands_behind_one_that_kills_the_only_worker_is_answered(
    versions: Versions, query: str, error: type[PolemosError], message: str
) -> None:
    async def scenario(pool: Pool) -> None:
        first = asked(pool, range(5))
        fatal = asyncio.create_task(pool.ask(Question(query, seconds=2)))
        rest = asked(pool, range(5, 20))

        assert await numbers_of([*first, *rest]) == list(range(20))
        with pytest.raises(error, match=message):
            await fatal

    running(scenario, versions, limits=Limits(seconds=20))


def test_who_stands_behind_another_and_goes_costs_no_worker(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        while pool._crew.starting:  # the one that is to spare
            await asyncio.sleep(0.01)
        before = sorted(processes(pool))
        # The first takes some time, so that those who go stand behind it for certain.
        tasks = [asyncio.create_task(ask(pool, ALL_PAIRS)), *asked(pool, range(1, 10))]
        while not pool._crew._busy:
            await asyncio.sleep(0)
        for task in tasks[1:9]:
            task.cancel()

        assert await numbers_of([tasks[0], tasks[9]]) == [THINGS**2, 9]
        assert sorted(processes(pool)) == before
        assert len(pool.running) == 0
        assert pool.state().waiting == 0

    running(scenario, versions)


def test_one_that_stands_behind_another_can_be_cancelled(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        ids = [f"query-{number}" for number in range(4)]
        tasks = [
            asyncio.create_task(pool.ask(Question(point(number), id=id)))
            for number, id in enumerate(ids)
        ]
        while not pool._crew._busy:
            await asyncio.sleep(0)
        pool.running.cancel(ids[2])

        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(outcome).__name__ for outcome in outcomes] == [
            *("Answer", "Answer", "LimitReached", "Answer")
        ]

    running(scenario, versions)


def test_room_is_counted_over_the_queue_and_the_workers(versions: Versions) -> None:
    async def scenario(pool: Pool) -> None:
        tasks = asked(pool, range(9))
        await asyncio.sleep(0)
        with pytest.raises(LimitReached, match="1 workers are busy and 8 queries wait"):
            await pool.ask(Question(point(9)))

        assert await numbers_of(tasks) == list(range(9))
        assert values(await ask(pool, point(9))) == ["9"]

    running(scenario, versions, queue=8)
