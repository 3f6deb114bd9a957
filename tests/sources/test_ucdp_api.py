"""UCDP's API: pages followed to the last, the token sent to its host only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import LimitReached, NotFound, Refused, RemoteFailed
from graph.sources.ucdp.api import fetch_release
from tests.load.loopback import Publisher, serving
from tests.sources.cells import DATA, SOURCE

FIRST = "/api/gedevents/22.1?pagesize=1000"
SECOND = "/api/gedevents/22.1?pagesize=1000&page=1"
ROWS = json.loads((DATA / "page.json").read_text("utf-8"))["Result"]


def page(rows: list[dict[str, Any]], following: str) -> dict[str, Any]:
    return {"TotalCount": 2, "TotalPages": 2, "NextPageUrl": following, "Result": rows}


def test_the_pages_are_followed_to_the_last(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with serving(Publisher(token="mine")) as publisher:
        publisher.pages[FIRST] = page(ROWS[:1], publisher.address + SECOND[1:])
        publisher.pages[SECOND] = page(ROWS[1:], "")
        path = fetch_release(
            "22.1", "mine", tmp_path, lambda *step: seen.append(step), base=publisher.address
        )

    assert SOURCE.release_in(path.name) == "22.1"
    assert SOURCE.read([path]).sound.rows() == SOURCE.read([DATA / "page.json"]).sound.rows()
    assert seen == [("download", 1, 2), ("download", 2, 2)]


def test_a_wrong_token_is_told(tmp_path: Path) -> None:
    with (
        serving(Publisher(token="mine", pages={FIRST: page([], "")})) as publisher,
        pytest.raises(Refused, match="does not accept the token"),
    ):
        fetch_release("22.1", "yours", tmp_path, base=publisher.address)

    assert list(tmp_path.glob("*.jsonl")) == []


def test_the_token_goes_to_no_other_host(tmp_path: Path) -> None:
    with serving(Publisher(token="mine")) as other, serving(Publisher(token="mine")) as publisher:
        publisher.pages[FIRST] = page(ROWS, other.address + SECOND[1:])
        with pytest.raises(Refused, match="gets no token"):
            fetch_release("22.1", "mine", tmp_path, base=publisher.address)

        assert other.asked == []


def test_pages_in_a_circle_end(tmp_path: Path) -> None:
    with serving(Publisher(token="mine")) as publisher:
        publisher.pages[FIRST] = page(ROWS, publisher.address + FIRST[1:])
        with pytest.raises(RemoteFailed, match="in a circle"):
            fetch_release("22.1", "mine", tmp_path, base=publisher.address)


@pytest.mark.parametrize("answer", [[], {"Result": "none"}])
def test_something_else_than_a_page(answer: object, tmp_path: Path) -> None:
    with (
        serving(Publisher(token="mine", pages={FIRST: answer})) as publisher,
        pytest.raises(RemoteFailed, match="no page of events"),
    ):
        fetch_release("22.1", "mine", tmp_path, base=publisher.address)


def test_an_unknown_release(tmp_path: Path) -> None:
    with (
        serving(Publisher(token="mine", pages={"/other": {}})) as publisher,
        pytest.raises(NotFound, match="has no"),
    ):
        fetch_release("22.1", "mine", tmp_path, base=publisher.address)


def test_the_day_s_requests_used_up(tmp_path: Path) -> None:
    with (
        serving(Publisher(b"", status=429)) as publisher,
        pytest.raises(LimitReached, match="5,000 requests a day"),
    ):
        fetch_release("22.1", "mine", tmp_path, base=publisher.address)


def test_an_offline_machine(tmp_path: Path) -> None:
    with pytest.raises(RemoteFailed, match="give a file"):
        fetch_release("22.1", "mine", tmp_path, base="http://127.0.0.1:9/")
