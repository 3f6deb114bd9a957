"""Processes that each keep one thing prepared and answer task after task, in turn.

concurrent.futures is not used: in Python 3.11 its pool waits for ever where one process is killed
while another is being started.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from graph.errors import EngineFailed, PolemosError

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Prepare = Callable[..., Callable[[Task], Answer]]
"""Makes of what all tasks share a function that answers a task; found by its name in a module."""


def in_processes(
    prepare: Prepare[Task, Answer], shared: tuple[object, ...], tasks: Iterable[Task], count: int
) -> Iterator[Answer]:
    """The answers in the order of the tasks; a task is made while the one before is answered.

    What a process raises of the family of PolemosError is raised here. Raises EngineFailed where a
    process is killed.
    """
    start = multiprocessing.get_context("forkserver")
    start.set_forkserver_preload([__name__, prepare.__module__])
    workers: list[_Worker[Task, Answer]] = []
    try:
        workers += (_Worker(start, prepare) for _ in range(count))
        for worker in workers:
            worker.give(shared)
        at = 0
        for at, task in enumerate(tasks, start=1):
            worker = workers[at % count]
            if at > count:
                yield worker.answer()
            worker.give(task)
        for turn in range(max(at - count, 0) + 1, at + 1):
            yield workers[turn % count].answer()
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[Task, Answer]):
    """One process and the way to it."""

    def __init__(
        self, start: multiprocessing.context.ForkServerContext, prepare: Prepare[Task, Answer]
    ) -> None:
        self._connection, theirs = start.Pipe()
        self._process = start.Process(target=_serve, args=(theirs, prepare), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, task: object) -> None:
        """Hand over a task, or first what all tasks share."""
        try:
            self._connection.send(task)
        except OSError:
            raise _killed() from None

    def answer(self) -> Answer:
        """Wait for the answer to the task given last."""
        try:
            answer: Answer | PolemosError = self._connection.recv()
        except (EOFError, OSError):
            raise _killed() from None
        if isinstance(answer, PolemosError):
            raise answer
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        self._connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection, prepare: Callable[..., Callable[[Any], Any]]) -> None:
    """Answer tasks until nobody asks any more."""
    try:
        answer = _answering(prepare, connection)
        while True:
            task = connection.recv()
            try:
                answered = answer(task)
            except PolemosError as error:
                answered = error
            connection.send(answered)
    except (EOFError, OSError):
        return


def _answering(
    prepare: Callable[..., Callable[[Any], Any]], connection: Connection
) -> Callable[[Any], Any]:
    """The function that answers tasks; what cannot be prepared is the answer to each."""
    try:
        return prepare(*connection.recv())
    except PolemosError as error:
        return partial(_raised, error)


def _raised(error: PolemosError, task: object) -> PolemosError:
    return error


def _killed() -> EngineFailed:
    return EngineFailed(
        "A process that works on a part of the data was killed, perhaps for want of memory. Start"
        " again, with smaller chunks or fewer workers."
    )
