from hypothesis import given
from hypothesis import strategies as st

from graph.engine.kept import Kept, KeptAnswers


def answer(body: bytes) -> Kept:
    return Kept("text/csv", False, body)


def test_what_was_asked_for_longest_ago_is_dropped_first() -> None:
    kept = KeptAnswers(3 * 1_101)
    for key in "abc":
        kept.put(key, answer(b"x" * 100), key_bytes=1)
    kept.get("a")

    kept.put("d", answer(b"x" * 100), key_bytes=1)

    assert [key for key in "abcd" if kept.get(key)] == ["a", "c", "d"]


def test_an_answer_that_is_too_large_is_not_kept() -> None:
    kept = KeptAnswers(1_000)

    kept.put("a", answer(b"x"), key_bytes=1)

    assert (len(kept), kept.bytes) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=3_000))))
def test_the_bytes_never_exceed_the_room(puts: list[tuple[int, bytes]]) -> None:
    kept = KeptAnswers(10_000)

    for key, body in puts:
        kept.put(key, answer(body), key_bytes=0)
        assert kept.bytes <= 10_000
        assert (kept.bytes > 0) is (len(kept) > 0)
