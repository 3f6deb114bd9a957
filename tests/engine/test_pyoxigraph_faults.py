import signal

import pyoxigraph as ox
import pytest

from graph.engine.faults import from_bytes, to_bytes, unparsed
from graph.engine.process import diagnosed
from graph.errors import (
    EngineFailed,
    InvalidQuery,
    LimitReached,
    Place,
    PolemosError,
    Refused,
    RemoteFailed,
)


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        (
            "SELECT ?x {\n  ?x a b:c\n}",
            Place(2, 11),
            "at line 2, column 11, at the end of `?x a b:c`: the prefix b: is not declared; add"
            " PREFIX b: <…> at the top.",
        ),
        (
            "SELECT ?x { ?x a b:c }",
            Place(1, 21),
            "at line 1, column 21, near `}`: the prefix b: is not declared; add PREFIX b: <…> at"
            " the top.",
        ),
        (
            "SELECT * { ?s ?p ?o",
            Place(1, 20),
            "at line 1, column 20, at the end of `SELECT * { ?s ?p ?o`: a } is missing.",
        ),
        (
            "SELECT * { ?s ?p ?o }}",
            Place(1, 23),
            "at line 1, column 23, at the end of `SELECT * { ?s ?p ?o }}`: there is a } that"
            " closes nothing.",
        ),
        (
            "SELECT * {\n  ?s wrong ?o }",
            Place(2, 11),
            'at line 2, column 11, near `?o }`: expected "." or ":".',
        ),
        (
            "SELECT ?a (1 AS ?a) {}",
            Place(1, 23),
            "at line 1, column 23, at the end of `SELECT ?a (1 AS ?a) {}`: Duplicated variable"
            " name in SELECT.",
        ),
        ("", Place(1, 1), "at line 1, column 1: what stands here does not fit."),
    ],
)
def test_a_query_that_does_not_parse(query: str, place: Place, message: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)

    error = unparsed(query, caught.value)

    assert str(error) == f"The query does not parse {message}"
    assert error.place == place


@pytest.mark.parametrize(
    "error",
    [
        InvalidQuery("wrong", Place(3, 4)),
        InvalidQuery("wrong somewhere"),
        LimitReached("later", retry_after=5),
        Refused("no"),
        RemoteFailed("gone"),
        EngineFailed("broken — зламано"),
    ],
    ids=repr,
)
def test_errors_cross_from_worker_to_server(error: PolemosError) -> None:
    crossed = from_bytes(to_bytes(error))

    assert type(crossed) is type(error)
    assert str(crossed) == str(error)
    assert vars(crossed) == vars(error)


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (-signal.SIGSEGV, "", InvalidQuery),
        (-signal.SIGABRT, "thread 'main' has overflowed its stack", InvalidQuery),
        (-signal.SIGABRT, "memory allocation of 64 bytes failed", LimitReached),
        (-signal.SIGABRT, "terminate called … what():  std::bad_alloc", LimitReached),
        (-signal.SIGKILL, "", LimitReached),
        (1, "Traceback …", EngineFailed),
    ],
)
def test_the_cause_of_a_workers_death(code: int, said: str, expected: type[PolemosError]) -> None:
    assert type(diagnosed(code, said)) is expected
