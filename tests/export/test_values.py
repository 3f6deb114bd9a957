"""The columns of a network, and lists as one text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export import values
from graph.export.values import ValueType, joined, node_values, parted, with_columns
from graph.network import Node
from tests.export.networks import HOSTILE


def node(*attributes: tuple[str, str | int | float | bool]) -> Node:
    return Node("urn:a", "A", "Actor", attributes=attributes)


@pytest.mark.parametrize(
    ("found", "type_"),
    [
        ((True, False), "boolean"),
        ((1, -(2**63)), "long"),
        ((1, 2.5), "double"),
        ((1, "one"), "string"),
        ((1, True), "string"),
        ((2**63,), "string"),
    ],
)
def test_a_column_is_as_wide_as_its_values(
    found: tuple[str | int | float | bool, ...], type_: ValueType
) -> None:
    with with_columns([node(("n", value)) for value in found]) as (columns, _):
        assert columns == {"n": type_}


@pytest.mark.parametrize("memory_bytes", [100, 2**24])
def test_nodes_that_can_be_read_only_once_are_still_all_there(
    monkeypatch: pytest.MonkeyPatch, memory_bytes: int
) -> None:
    monkeypatch.setattr(values, "_MEMORY_BYTES", memory_bytes)
    nodes = [node((f"n{number % 3}", number)) for number in range(2_500)]

    with with_columns(read_once(nodes)) as (columns, again):
        assert columns == {"n0": "long", "n1": "long", "n2": "long"}
        assert list(again) == nodes


def read_once(nodes: list[Node]) -> Iterator[Node]:
    return chain(nodes)


def test_a_value_that_occurs_twice_becomes_a_list() -> None:
    attributes = node_values(node(("weapon", "drone"), ("weapon", "a | b"), ("killed", 1)))

    assert attributes == {"kind": "Actor", "weapon": "drone | a \\| b", "killed": 1}


@given(st.lists(st.text() | st.sampled_from(HOSTILE), min_size=1))
def test_a_list_comes_back_from_its_text(texts: list[str]) -> None:
    assert parted(joined(texts)) == tuple(texts)
