import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.engine.versions import Version, Versions
from graph.errors import EngineFailed, LimitReached, NotFound
from tests.engine.killed_writer import POINTS
from tests.engine.things import publish, thing


def test_before_the_first_version_there_is_none(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "home")

    assert versions.current() is None
    assert versions.all() == ()
    with pytest.raises(NotFound, match=r"There is no version 1; published: none yet\."):
        versions.get(1)


def test_a_published_draft_is_the_current_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path)

    with versions.draft(None) as draft:
        draft.extend([thing(1), thing(2)])
        published = draft.publish("first", {"seconds": {"write": 0.5}})

    assert versions.current() == published
    assert (published.number, published.parent, published.quads) == (1, None, 2)
    note = json.loads((tmp_path / "versions" / "1" / "version.json").read_text("utf-8"))
    assert note == {
        "number": 1,
        "created": published.created,
        "reason": "first",
        "parent": None,
        "quads": 2,
        "facts": {"seconds": {"write": 0.5}},
    }


def test_a_draft_adds_to_the_current_version_and_leaves_it_alone(tmp_path: Path) -> None:
    first = publish(tmp_path, things=2)
    before = files(first)

    with Versions(tmp_path).draft() as draft:
        draft.extend([thing(2)])
        second = draft.publish("one more")

    assert (second.number, second.parent, second.quads) == (2, 1, 3)
    assert len(first.read()) == 2
    assert files(first) == before


def test_a_draft_that_is_left_unpublished_is_deleted(tmp_path: Path) -> None:
    publish(tmp_path)
    versions = Versions(tmp_path)

    with versions.draft() as draft:
        draft.extend([thing(-1)])
    with pytest.raises(RuntimeError, match="boom"), versions.draft():
        raise RuntimeError("boom")

    assert versions.numbers() == (1,)
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_published_draft_takes_no_more(tmp_path: Path) -> None:
    with Versions(tmp_path).draft(None) as draft:
        draft.publish("empty")
        with pytest.raises(EngineFailed, match="This draft is published or dropped"):
            draft.extend([thing(1)])


def test_rolling_back_publishes_the_old_content_under_a_new_number(tmp_path: Path) -> None:
    publish(tmp_path, things=2)
    publish(tmp_path, things=5)

    restored = Versions(tmp_path).roll_back(1, "five was too many")

    assert (restored.number, restored.parent, restored.quads) == (3, 1, 2)
    assert restored.facts == {"restores": 1}
    assert [version.quads for version in Versions(tmp_path).all()] == [2, 5, 2]


def test_a_version_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path)

    with pytest.raises(NotFound, match=r"There is no version 9; published: 1, 2\."):
        Versions(tmp_path).get(9)
    with pytest.raises(NotFound, match=r"no version 9"):
        Versions(tmp_path).roll_back(9, "never was")


def test_versions_are_ordered_as_numbers(tmp_path: Path) -> None:
    for _ in range(11):
        publish(tmp_path, things=1)

    assert Versions(tmp_path).numbers() == tuple(range(1, 12))


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    versions = Versions(tmp_path)

    with (
        versions.draft(None),
        pytest.raises(LimitReached, match=r"Another version is being prepared \(process \d+ since"),
        versions.draft(None),
    ):
        pass


def test_a_patient_writer_waits_and_builds_on_what_was_published(tmp_path: Path) -> None:
    publish(tmp_path, things=1)
    versions = Versions(tmp_path)
    waiting = threading.Event()
    results: list[Version] = []

    def second_writer() -> None:
        waiting.set()
        with versions.draft(patience=30.0) as draft:
            draft.extend([thing(2)])
            results.append(draft.publish("second writer"))

    with versions.draft() as draft:
        writer = threading.Thread(target=second_writer)
        writer.start()
        waiting.wait()
        draft.extend([thing(1)])
        draft.publish("first writer")
    writer.join()

    assert [(version.number, version.quads) for version in results] == [(3, 3)]


def test_a_draft_of_a_version_that_is_no_longer_current_is_refused(tmp_path: Path) -> None:
    stale = publish(tmp_path)
    publish(tmp_path)

    with (
        pytest.raises(LimitReached, match="Version 1 is no longer current"),
        Versions(tmp_path).draft(stale),
    ):
        pass


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_writer_leaves_whole_versions_only(tmp_path: Path, point: str) -> None:
    first = publish(tmp_path, things=3)
    before = files(first)

    killed = subprocess.run(
        [sys.executable, "-m", "tests.engine.killed_writer", tmp_path, point],
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
    )

    assert killed.returncode == -9
    expected = [3, 4] if point == "after renaming" else [3]
    assert [len(version.read()) for version in Versions(tmp_path).all()] == expected
    assert files(first) == before
    with Versions(tmp_path).draft() as draft:
        draft.extend([thing(7)])
        assert draft.publish("the next one").quads == expected[-1] + 1
    assert list((tmp_path / "drafts").iterdir()) == []


def test_an_iterator_that_outlives_its_draft_does_no_harm(tmp_path: Path) -> None:
    publish(tmp_path, things=3)
    with Versions(tmp_path).draft() as draft:
        reading = draft.quads()
        next(reading)
        published = draft.publish("while somebody reads")

    assert sum(1 for _ in reading) == 2
    assert len(published.read()) == 3


def test_large_input_is_written_in_bulk(tmp_path: Path) -> None:
    with Versions(tmp_path).draft(None) as draft:
        draft.extend(thing(number) for number in range(100_001))
        assert draft.publish("many").quads == 100_001


def files(version: Version) -> dict[str, tuple[int, int]]:
    """The size and time of each file of a version."""
    return {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(version.folder.rglob("*"))
    }
