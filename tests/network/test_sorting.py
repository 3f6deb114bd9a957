"""External merge sort: the order of one that holds everything, in runs of any length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.networks.sorting import Sorted

_texts = st.text(alphabet="ab=", max_size=3)


@given(rows=st.lists(st.tuples(_texts, _texts), max_size=60), run=st.integers(1, 20))
def test_rows_come_in_order_and_once_and_again(rows: list[tuple[str, ...]], run: int) -> None:
    made = Sorted(iter(rows), run)

    assert list(made) == sorted(set(rows))
    assert list(made) == sorted(set(rows))


def test_two_may_read_at_once() -> None:
    made = Sorted(((str(number),) for number in range(1_000, 2_000)), run=300)

    assert [one == other for one, other in zip(made, made, strict=True)] == [True] * 1_000
