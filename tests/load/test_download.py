"""Downloads: whole, resumed, cut off, refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graph.errors import NotFound, RemoteFailed
from graph.loading.download import STEP, download
from tests.load.loopback import Publisher, serving

BODY = b"PK\x03\x04" + bytes(range(256)) * 400
NAME = "downloads/ged/ged261-csv.zip"


def test_a_file_comes_whole_and_what_came_is_recorded(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with serving(Publisher(BODY)) as publisher:
        here = download(publisher.address + NAME, tmp_path, lambda *progress: seen.append(progress))

    assert here.path.read_bytes() == BODY
    assert here.path.name == "ged261-csv.zip"
    assert (here.size, here.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert here.modified == "2026-06-08"
    assert seen[-1] == (STEP, len(BODY), len(BODY))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ged261-csv.zip",
        "ged261-csv.zip.json",
    ]


def test_a_file_that_is_here_is_not_asked_for_again(tmp_path: Path) -> None:
    with serving(Publisher(BODY)) as publisher:
        first = download(publisher.address + NAME, tmp_path)
        again = download(publisher.address + NAME, tmp_path)

        assert again == first
        assert len(publisher.asked) == 1


def test_a_file_that_was_changed_here_comes_again(tmp_path: Path) -> None:
    with serving(Publisher(BODY)) as publisher:
        first = download(publisher.address + NAME, tmp_path)
        first.path.write_bytes(b"x" * len(BODY))

        assert download(publisher.address + NAME, tmp_path).path.read_bytes() == BODY


def test_what_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving(Publisher(BODY, breaks_after=[50_000, 30_000])) as publisher:
        here = download(publisher.address + NAME, tmp_path)

        ranges = [headers.get("Range") for _, headers in publisher.asked]
    assert here.path.read_bytes() == BODY
    assert ranges == [None, "bytes=50000-", "bytes=80000-"]


def test_what_breaks_off_each_time_is_kept_for_the_next_run(tmp_path: Path) -> None:
    with serving(Publisher(BODY, breaks_after=[50_000, 10, 10])) as publisher:
        with pytest.raises(RemoteFailed, match=r"broke off after 50,020 bytes.*Run the command"):
            download(publisher.address + NAME, tmp_path)

        assert [path.name for path in tmp_path.glob("*.zip")] == []
        assert download(publisher.address + NAME, tmp_path).path.read_bytes() == BODY
        assert publisher.asked[-1][1]["Range"] == "bytes=50020-"


def test_a_file_that_was_replaced_meanwhile_comes_from_its_beginning(tmp_path: Path) -> None:
    with serving(Publisher(BODY, breaks_after=[50_000, 0, 0])) as publisher:
        with pytest.raises(RemoteFailed):
            download(publisher.address + NAME, tmp_path)
        publisher.body, publisher.tag = BODY[::-1], '"two"'
        publisher.body = b"PK\x03\x04" + publisher.body

        assert download(publisher.address + NAME, tmp_path).path.read_bytes() == publisher.body


def test_a_publisher_without_ranges_sends_all_again(tmp_path: Path) -> None:
    with serving(Publisher(BODY, breaks_after=[50_000], ranges=False)) as publisher:
        assert download(publisher.address + NAME, tmp_path).path.read_bytes() == BODY


def test_no_such_release(tmp_path: Path) -> None:
    with serving(Publisher(b"", status=404)) as publisher, pytest.raises(NotFound, match="has no"):
        download(publisher.address + NAME, tmp_path)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"<html>Sorry</html>", "text/html", "is a page"),
        (b"<html>Sorry</html>", "application/octet-stream", "is no .zip file"),
        (b"id,relid\n1,2\n", "application/zip", "is no .zip file"),
    ],
)
def test_something_else_than_an_archive(body: bytes, kind: str, words: str, tmp_path: Path) -> None:
    with (
        serving(Publisher(body, kind)) as publisher,
        pytest.raises(RemoteFailed, match=words),
    ):
        download(publisher.address + NAME, tmp_path)

    assert list(tmp_path.glob("*.zip")) == []


def test_a_publisher_with_trouble(tmp_path: Path) -> None:
    with (
        serving(Publisher(b"", status=503)) as publisher,
        pytest.raises(RemoteFailed, match="answered 503"),
    ):
        download(publisher.address + NAME, tmp_path)


def test_an_offline_machine_is_told_what_to_do(tmp_path: Path) -> None:
    # Port 9 of this machine answers nobody.
    with pytest.raises(
        RemoteFailed, match="If this machine is offline, download the file elsewhere"
    ):
        download(f"http://127.0.0.1:9/{NAME}", tmp_path)
