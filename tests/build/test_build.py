"""From the tiny files to a version, and what it takes to lose one."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.build import STAGES, build, check_article
from graph.engine.versions import Versions
from graph.errors import LimitReached, Refused, ValidationFailed
from graph.files import Sources
from tests.curation import tiny

FACTS = f"articles/{tiny.SLUG}/facts.trig"
HARM = (Path(__file__).parent / "harm.rq").read_text("utf-8")
WHO = (Path(__file__).parent / "who-said-it.rq").read_text("utf-8")


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    current = Versions(home).current()
    assert current is not None
    return [tuple(map(str, row)) for row in current.read().select(query).rows]


def test_a_built_graph_answers_the_plain_question(tmp_path: Path) -> None:
    built = build(tmp_path, tiny.sources())

    assert (built.version, built.published) == (1, True)
    assert built.counts == {"quads": 140, "articles": 1, "claims": 2, "warnings": 0, "infos": 0}
    assert rows(tmp_path, HARM) == [
        (
            "<https://w3id.org/polemos/id/event/blasts>",
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        )
    ]


def test_a_built_graph_tells_who_said_it(tmp_path: Path) -> None:
    build(tmp_path, tiny.sources())

    assert rows(tmp_path, WHO) == [
        (
            "<https://w3id.org/polemos/id/actor/mayor>",
            '"The mayor said that one person died"',
            '"28"^^<http://www.w3.org/2001/XMLSchema#integer>',
        )
    ]


def test_the_named_graphs_of_a_version(tmp_path: Path) -> None:
    build(tmp_path, tiny.sources())

    current = Versions(tmp_path).current()
    assert current is not None
    assert sorted(graph.value for graph in current.read().graphs()) == [
        "https://w3id.org/polemos/id/claim/2026-01-01-tiny/blasts",
        "https://w3id.org/polemos/id/claim/2026-01-01-tiny/killed",
        "https://w3id.org/polemos/id/graph/alignments",
        "https://w3id.org/polemos/id/graph/quality",
        "https://w3id.org/polemos/id/graph/shapes",
    ]


def test_a_version_notes_how_it_was_made(tmp_path: Path) -> None:
    built = build(tmp_path, tiny.sources())

    current = Versions(tmp_path).current()
    assert current is not None
    assert current.reason == "build"
    assert current.quads == 140
    assert current.facts["counts"] == built.counts
    assert list(current.facts["seconds"]) == list(STAGES[:-1])
    assert list(built.seconds) == list(STAGES)


def test_every_stage_is_told_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    build(tmp_path, tiny.sources(), lambda *step: told.append(step))

    assert told == [
        ("read ontology", 0, 5),
        ("read ontology", 1, 5),
        ("read ontology", 2, 5),
        ("read ontology", 3, 5),
        ("read ontology", 4, 5),
        ("read ontology", 5, 5),
        ("read reference", 0, 1),
        ("read reference", 1, 1),
        ("read articles", 0, 1),
        ("read articles", 1, 1),
        ("close", 0, 1),
        ("close", 1, 1),
        ("validate", 0, 1),
        ("validate", 1, 1),
        ("write", 0, 1),
        ("write", 1, 1),
        ("publish", 0, 1),
        ("publish", 1, 1),
    ]


def test_nothing_is_published_where_nothing_changed(tmp_path: Path) -> None:
    build(tmp_path, tiny.sources())

    again = build(tmp_path, tiny.sources())
    forced = build(tmp_path, tiny.sources(), force=True)

    assert (again.version, again.published) == (1, False)
    assert (forced.version, forced.published) == (2, True)


def test_a_changed_article_is_published(tmp_path: Path) -> None:
    build(tmp_path / "home", tiny.sources())

    built = build(tmp_path / "home", tiny.copied(tmp_path, (FACTS, "pointValue 1", "pointValue 2")))

    assert (built.version, built.published) == (2, True)
    assert [row[1] for row in rows(tmp_path / "home", HARM)] == [
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]


def test_a_broken_article_leaves_the_published_version(tmp_path: Path) -> None:
    build(tmp_path / "home", tiny.sources())

    with pytest.raises(ValidationFailed):
        build(tmp_path / "home", tiny.copied(tmp_path, (FACTS, "pol:killed", "pol:kiled")))

    assert Versions(tmp_path / "home").numbers() == (1,)


def test_a_build_does_not_drop_what_was_loaded_since_the_last(tmp_path: Path) -> None:
    home, changed = (
        tmp_path / "home",
        tiny.copied(tmp_path, (FACTS, "pointValue 1", "pointValue 2")),
    )
    build(home, tiny.sources())
    with Versions(home).draft() as draft:
        draft.publish("load of UCDP GED 23.1")

    same = build(home, tiny.sources())
    with pytest.raises(Refused) as refused:
        build(home, changed)
    discarded = build(home, changed, discard=True)

    assert (same.version, same.published) == (2, False)
    assert str(refused.value) == (
        "A build starts from nothing and would drop what was changed since the last: version 2,"
        " load of UCDP GED 23.1. Discard these changes, and make them again after the build."
    )
    assert (discarded.version, discarded.published) == (3, True)


def test_a_build_follows_a_version_that_was_rolled_back_to(tmp_path: Path) -> None:
    home, changed = (
        tmp_path / "home",
        tiny.copied(tmp_path, (FACTS, "pointValue 1", "pointValue 2")),
    )
    build(home, tiny.sources())
    build(home, changed)
    Versions(home).roll_back(1, "the mayor was misquoted")

    same = build(home, tiny.sources())
    again = build(home, changed)

    assert (same.version, same.published) == (3, False)
    assert (again.version, again.published) == (4, True)


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with Versions(tmp_path).draft(None), pytest.raises(LimitReached):
        build(tmp_path, tiny.sources())

    assert Versions(tmp_path).current() is None


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_build_leaves_the_last_version_and_the_next_works(
    stage: str, tmp_path: Path
) -> None:
    home, changed = (
        tmp_path / "home",
        tiny.copied(tmp_path, (FACTS, "pointValue 1", "pointValue 2")),
    )
    build(home, tiny.sources())

    killed = run_killed(home, changed.articles, stage, done=0)

    assert killed.returncode == -signal.SIGKILL
    assert Versions(home).numbers() == (1,)
    assert [row[1] for row in rows(home, HARM)] == [
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]
    assert build(home, changed).version == 2
    assert [row[1] for row in rows(home, HARM)] == [
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]


def test_a_build_killed_once_it_is_published_has_published(tmp_path: Path) -> None:
    killed = run_killed(tmp_path, tiny.sources().articles, "publish", done=1)

    assert killed.returncode == -signal.SIGKILL
    assert len(rows(tmp_path, HARM)) == 1
    assert build(tmp_path, tiny.sources()).published is False


def test_every_sentence_of_the_shipped_articles_has_a_claim_or_a_reason() -> None:
    folders = Sources().article_folders

    assert folders
    for folder in folders:
        assert check_article(folder).unexplained == ()


def run_killed(
    home: Path, articles: Path, stage: str, done: int
) -> subprocess.CompletedProcess[bytes]:
    told = (str(home), str(articles), stage, str(done))
    return subprocess.run(
        [sys.executable, "-m", "tests.build.killed", *told], timeout=60, check=False
    )
