from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.parameters import Parameters, read_parameters
from graph.errors import InvalidInput


@pytest.mark.parametrize(
    ("encoded", "parameters"),
    [
        (b"", {}),
        (b"query=ASK+%7B%7D", {"query": ["ASK {}"]}),
        (b"query=a%2520b", {"query": ["a%20b"]}),
        (b"query=%2B", {"query": ["+"]}),
        (b"query=a=b", {"query": ["a=b"]}),
        (b"&&query=&x", {"query": [""], "x": [""]}),
        (b"g=1&g=2", {"g": ["1", "2"]}),
        (b"query=%D0%9A%D0%B8%D1%97%D0%B2", {"query": ["Київ"]}),
        ("query=Київ".encode(), {"query": ["Київ"]}),
        (b"qu%65ry=1", {"query": ["1"]}),
        (b"query=%00", {"query": ["\0"]}),
        (b"query=a;b", {"query": ["a;b"]}),
    ],
)
def test_decoding(encoded: bytes, parameters: Parameters) -> None:
    assert read_parameters(encoded) == parameters


@pytest.mark.parametrize(
    ("encoded", "message"),
    [
        (b"query=%zz", "'%zz' at byte 6 of the parameters is no percent escape"),
        (b"query=100%", "'%' at byte 9"),
        (b"query=%4", "'%4' at byte 6"),
        (b"query=ab%FF", "Byte 2 of .* is no UTF-8"),
        (b"query=\xff", "Byte 0 of .* is no UTF-8"),
        (b"query=%C3%28", "is no UTF-8"),
        (b"query=%ED%A0%80", "is no UTF-8"),
    ],
)
def test_what_is_broken_is_refused(encoded: bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read_parameters(encoded)


_texts = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(st.tuples(_texts, _texts), max_size=5))
def test_what_urllib_writes_is_read_as_urllib_reads_it(pairs: list[tuple[str, str]]) -> None:
    encoded = urlencode(pairs)

    parameters = read_parameters(encoded.encode())

    assert parameters == parse_qs(encoded, keep_blank_values=True)
