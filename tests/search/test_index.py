from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from graph.engine.versions import Version
from graph.errors import EngineFailed, InvalidInput, LimitReached
from graph.search.build import build
from graph.search.index import Found, Search, ensure, find, index_of
from tests.search.things import EX, publish_searched

POL = "https://w3id.org/polemos/ontology#"


def names(found: tuple[Found, ...]) -> list[str]:
    return [each.iri.removeprefix(EX) for each in found]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search("kyiv"), ["kyiv", "oblast", "strike", "claim", "article"]),
        (Search("KYIV oblast"), ["oblast"]),
        (Search("київ"), ["kyiv"]),
        (Search("киiв"), []),
        (Search("kiev"), ["kyiv"]),
        (Search("bogota"), ["bogota"]),
        (Search("negotiation"), ["article"]),
        (Search("strike"), ["strike"]),
        (Search("kyi obl"), ["oblast"]),
        (Search("talks kiev"), ["talks", "kyiv"]),
        (Search("kyiv", limit=2), ["kyiv", "oblast"]),
        (Search("kyiv", class_=f"{POL}Event"), ["strike"]),
        (Search("kyiv", class_=f"{POL}Weapon"), []),
        (Search("kyiv", language="uk"), ["claim", "article"]),
        (Search("київ", language="UK"), ["kyiv"]),
        (Search('nothing" OR folded:*'), ["claim"]),
        (Search("NEAR(kyiv)"), ["kyiv", "oblast", "strike", "claim", "article"]),
    ],
)
def test_what_is_found(searched: Version, search: Search, expected: list[str]) -> None:
    assert names(find(searched.folder, search)) == expected


def test_what_is_told_of_an_entity(searched: Version) -> None:
    first, *_ = find(searched.folder, Search("киів", language="uk"))

    assert (first.label, first.classes) == ("Київ", (f"{POL}Region",))
    assert (first.property, first.language) == ("label", "uk")
    assert first.passage == ("Київ", ((0, 4),))
    assert first.score > 0


@pytest.mark.parametrize("words", ["", "  …", "a " * 21])
def test_without_words_nothing_is_searched(searched: Version, words: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 20 words"):
        find(searched.folder, Search(words))


def test_a_search_past_its_time_is_broken_off(
    searched: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.search.index._STEPS", 1)
    with pytest.raises(LimitReached, match="longer words"):
        find(searched.folder, Search("kyiv", seconds=0))


def test_the_index_is_made_once_and_again_where_it_is_gone(tmp_path: Path) -> None:
    folder = publish_searched(tmp_path).folder

    made = ensure(folder).stat().st_mtime_ns
    build(folder)
    assert index_of(folder).stat().st_mtime_ns == made

    index_of(folder).unlink()
    assert names(find(folder, Search("talks"))) == ["talks"]


def test_several_that_make_it_at_once_make_it_once(tmp_path: Path) -> None:
    folder = publish_searched(tmp_path).folder
    command = [sys.executable, "-m", "graph.search.build", str(folder)]

    makers = [subprocess.Popen(command) for _ in range(3)]

    assert [maker.wait(60) for maker in makers] == [0, 0, 0]
    assert {path.name for path in index_of(folder).parent.iterdir()} == {"lock", "index-1.sqlite"}


def test_what_a_killed_maker_left_is_no_index(tmp_path: Path) -> None:
    folder = publish_searched(tmp_path).folder
    index_of(folder).parent.mkdir()
    index_of(folder).with_suffix(".part").write_bytes(b"half an index")

    assert names(find(folder, Search("talks"))) == ["talks"]


def test_an_index_that_cannot_be_made_or_read_is_the_engine_s_fault(tmp_path: Path) -> None:
    folder = publish_searched(tmp_path).folder
    (folder / "search").write_text("in the way")
    with pytest.raises(EngineFailed, match="cannot be made"):
        find(folder, Search("talks"))

    (folder / "search").unlink()
    with sqlite3.connect(ensure(folder)) as database:
        database.execute("DROP TABLE texts")
    database.close()
    with pytest.raises(EngineFailed, match="cannot be read"):
        find(folder, Search("talks"))
