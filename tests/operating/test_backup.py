"""Backups, their restoring, and the check of a home."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path

import httpx
import pytest

from graph.engine.backup import MANIFEST, back_up, restore
from graph.engine.fsck import check, leftovers
from graph.engine.versions import Versions
from graph.errors import InvalidInput, NotFound
from tests.command.running import polemos
from tests.operating.command import polemos_serve

FORMS = ["folder", "one.tar", "one.tar.gz", "one.tgz", "one.tar.zst"]


def digests(home: Path) -> list[str]:
    return [each.digest for each in check(Versions(home))]


def write_again(home: Path) -> None:
    with Versions(home).draft() as draft:
        draft.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        draft.publish("one more")


@pytest.mark.parametrize("form", FORMS)
def test_into_an_empty_home_all_comes_back_as_it_was(home: Path, tmp_path: Path, form: str) -> None:
    write_again(home)
    (home / "a.log").write_text("what was written\n")

    kept = polemos("backup", tmp_path / form, "--home", home, "--all")
    back = polemos("restore", tmp_path / form, "--home", tmp_path / "other")

    assert kept.code == 0
    assert kept.text.startswith(f"{tmp_path / form}: version 1, 2, ")
    assert back.lines == ["Version 1 is back: 11 quads.", "Version 2 is back: 12 quads."]
    assert digests(tmp_path / "other") == digests(home)
    assert Versions(tmp_path / "other").all()[0].created == Versions(home).all()[0].created
    assert (tmp_path / "other" / "a.log").read_text() == "what was written\n"
    assert leftovers(Versions(home)) == leftovers(Versions(tmp_path / "other")) == ()


def test_where_versions_are_the_newest_becomes_the_next(home: Path, tmp_path: Path) -> None:
    back_up(Versions(home), tmp_path / "one.tar")
    write_again(home)

    (version,) = restore(tmp_path / "one.tar", Versions(home))

    assert (version.number, version.reason) == (3, "restored from one.tar")
    assert digests(home)[2] == digests(home)[0] != digests(home)[1]


def test_the_newest_is_kept_unless_others_are_named(home: Path, tmp_path: Path) -> None:
    write_again(home)

    assert back_up(Versions(home), tmp_path / "newest").numbers == (2,)
    assert back_up(Versions(home), tmp_path / "first", (1,)).numbers == (1,)
    with pytest.raises(NotFound):
        back_up(Versions(home), tmp_path / "ninth", (9,))
    assert not (tmp_path / "ninth").exists()


def test_the_server_goes_on_meanwhile_and_serves_what_is_restored(
    home: Path, tmp_path: Path
) -> None:
    with polemos_serve(home) as (_, address):
        back_up(Versions(home), tmp_path / "one.tar")
        restore(tmp_path / "one.tar", Versions(home))
        query = {"query": "ASK { <https://example.org/strike-1> ?p ?o }", "version": "2"}
        response = httpx.get(f"{address}sparql", params=query)

    assert response.json()["boolean"] is True


def test_a_name_that_says_no_form(home: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"a file that ends in \.tar\.zst"):
        back_up(Versions(home), tmp_path / "one.zip")


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    back_up(Versions(home), tmp_path / "one.tar")

    with pytest.raises(InvalidInput, match="exists already"):
        back_up(Versions(home), tmp_path / "one.tar")


@pytest.mark.parametrize("change", ["changed", "missing", "added"])
def test_a_backup_that_is_not_whole_is_refused(home: Path, tmp_path: Path, change: str) -> None:
    back_up(Versions(home), tmp_path / "folder")
    file = tmp_path / "folder" / "versions" / "1" / "version.json"
    if change == "changed":
        text = file.read_text()
        file.unlink()  # it may be the very file of the home, by a link
        file.write_text(text.replace("tiny", "huge"))
    elif change == "missing":
        file.unlink()
    else:
        (file.parent / "more").touch()

    with pytest.raises(InvalidInput, match="is missing, added or changed"):
        restore(tmp_path / "folder", Versions(tmp_path / "other"))

    assert Versions(tmp_path / "other").numbers() == ()


@pytest.mark.parametrize("name", ["cut.tar", "cut.tar.gz", "cut.tar.zst"])
def test_an_archive_that_ends_too_early(home: Path, tmp_path: Path, name: str) -> None:
    back_up(Versions(home), tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InvalidInput):
        restore(tmp_path / name, Versions(tmp_path / "other"))


@pytest.mark.parametrize("data", [b"", b"no archive", b"{}" * 10_000])
def test_what_is_no_backup(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.tar").write_bytes(data)

    ran = polemos("restore", tmp_path / "a.tar", "--home", tmp_path / "other")

    assert ran.code == 1
    assert "Traceback" not in ran.errors


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "versions/1/link"])
def test_an_archive_that_reaches_out_of_its_folder(tmp_path: Path, name: str) -> None:
    member = tarfile.TarInfo(name)
    if "link" in name:
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "bad.tar", "w") as archive:
        archive.addfile(member, io.BytesIO())

    with pytest.raises(InvalidInput):
        restore(tmp_path / "bad.tar", Versions(tmp_path / "home"))

    assert not (tmp_path / "out").exists()


def test_a_home_that_is_whole(home: Path) -> None:
    ran = polemos("fsck", "--home", home)

    assert ran.code == 0
    assert ran.lines[-1].startswith("1 ")
    assert ran.lines[-1].endswith("whole")


def broken(home: Path, what: str) -> None:
    version = home / "versions" / "1"
    if what == "store":
        for file in version.glob("store/*.sst"):
            data = bytearray(file.read_bytes())
            data[len(data) // 4] ^= 0xFF
            file.unlink()  # the next version shares it
            file.write_bytes(data)
    elif what == "count":
        note = version / "version.json"
        note.write_text(note.read_text().replace('"quads": 11', '"quads": 12'))
    elif what == "note":
        (version / "version.json").write_text('{"number": 1}')
    else:
        shutil.rmtree(version / "store")


@pytest.mark.parametrize("what", ["store", "count", "note", "gone"])
def test_a_version_that_is_broken(home: Path, what: str) -> None:
    write_again(home)
    broken(home, what)

    (first, second) = check(Versions(home))

    assert first.fault
    assert second.fault == ""


def test_a_broken_home_is_told_by_the_exit_code(home: Path) -> None:
    write_again(home)
    broken(home, "count")

    ran = polemos("fsck", "--home", home)

    assert ran.code == 1
    assert "has 11 quads, and 12 by its version.json" in ran.text
    assert "restore a backup" in ran.errors


def test_leftovers_are_told(home: Path) -> None:
    for name in ("drafts/0123", "backup-xyz", "versions/sealed"):
        (home / name).mkdir(parents=True)

    ran = polemos("fsck", "--home", home)

    assert ran.code == 0
    for name in ("drafts/0123", "backup-xyz", "versions/sealed"):
        assert f"Left behind, or in use right now: {name}" in ran.errors


def test_the_manifest_lists_every_file(home: Path, tmp_path: Path) -> None:
    back_up(Versions(home), tmp_path / "folder")

    manifest = (tmp_path / "folder" / MANIFEST).read_text()

    assert '"versions/1/store/CURRENT": "' in manifest
