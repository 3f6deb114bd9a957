"""``polemos link`` against a Wikibase on loopback and against downloaded files; items made up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.vocabulary import ID
from graph.wikidata.live import Wikidata
from tests.command.running import Ran, polemos
from tests.wikidata.wikibase import DATA, ITEMS, Wikibase

OUTCOMES = {
    "region/attack": "label differs",
    "region/nowhere": "missing",
    "region/probeville": "redirected",
    "region/sampleton": "agrees",
    "region/testburg": "class differs",
}


def outcomes(ran: Ran) -> dict[str, str]:
    return {each["entity"].removeprefix(ID): each["outcome"] for each in json.loads(ran.text)}


def live(wikibase: Wikibase) -> tuple[str, ...]:
    return ("--live", "--wikidata", wikibase.address, "--every", "0")


def test_links_are_compared_with_the_data_of_wikidata(
    linked_home: Path, wikibase: Wikibase
) -> None:
    ran = polemos("link", "check", *live(wikibase), "--home", linked_home, "--format", "json")

    assert ran.code == 1
    assert outcomes(ran) == OUTCOMES
    found = {each["entity"].removeprefix(ID): each for each in json.loads(ran.text)}
    assert found["region/sampleton"] == {
        "entity": f"{ID}region/sampleton",
        "item": "Q999999901",
        "outcome": "agrees",
        "reason": "“Sampleton” in Q999999950",
        "target": "Q999999901",
        "revision": 901,
        "label": "Sampleton",
        "likeness": 1.0,
        "class": "Q999999950",
    }
    assert found["region/probeville"]["target"] == "Q999999903"
    assert "5 links checked" in ran.errors
    assert "4 to look at" in ran.errors
    paths = [path for path, _ in wikibase.asked]
    assert len(paths) == len(set(paths)), "nothing is asked twice"
    assert all(agent.startswith("Polemos/") and "(http" in agent for _, agent in wikibase.asked)


@pytest.mark.parametrize("form", ["entities.json", "dump.json", "dump.json.gz", "folder"])
def test_links_are_compared_with_downloaded_data(
    linked_home: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / form
    if form == "folder":
        path.mkdir()
        for id, item in ITEMS.items():
            document = json.dumps({"entities": {item["id"]: item}})
            (path / f"{id}.json").write_text(document, "utf-8")
    else:
        write_extract(path)
    option = "--entity-data" if form == "folder" else "--extract"

    ran = polemos("link", "check", option, path, "--home", linked_home, "--format", "json")

    merged = "missing" if form.startswith("dump") else "redirected"
    assert outcomes(ran) == OUTCOMES | {"region/probeville": merged}


def write_extract(path: Path) -> None:
    if path.name == "entities.json":
        path.write_bytes((DATA / "items.json").read_bytes())
        return
    own = [json.dumps(item) for id, item in ITEMS.items() if id == item["id"]]
    text = "[\n" + ",\n".join(own) + "\n]\n"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_outcomes_are_recorded_for_the_reference_files(linked_home: Path, tmp_path: Path) -> None:
    record = tmp_path / "link-checks.ttl"
    arguments = ("--extract", DATA / "items.json", "--home", linked_home, "--record", record)
    ran = polemos("link", "check", *arguments, "--accept", "actor/ann-example=Q999999907")

    assert ran.code == 1
    recorded = triples(record)
    links = {s: o for s, p, o in recorded if p == "wikidata"}
    assert links == {"actor/ann-example": "Q999999907"}
    of_check = {
        p: o for s, p, o in recorded if s == "link-check/wikidata-region-sampleton-Q999999901"
    }
    assert of_check.pop("checkedOn")[:2] == "20"
    assert of_check == {
        "type": "LinkCheck",
        "linkTarget": "Q999999901",
        "matchedLabel": "Sampleton",
        "matchedClass": "Q999999950",
        "checkedAgainst": "Downloaded data of Wikidata, items.json, revision 901",
        "checkOutcome": "agrees",
    }
    said = {s: o for s, p, o in recorded if p == "checkOutcome"}
    assert {s.removeprefix("link-check/wikidata-"): o for s, o in said.items()} == {
        "actor-ann-example-Q999999907": "agrees",
        "region-attack-Q999999905": "label differs",
        "region-probeville-Q999999902": "redirected",
        "region-sampleton-Q999999901": "agrees",
        "region-testburg-Q999999906": "class differs",
    }


def triples(path: Path) -> set[tuple[str, str, str]]:
    found = set()
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        value = quad.object.value
        if isinstance(quad.object, ox.NamedNode):
            value = value.rpartition("#")[2].rpartition("/")[2]
        predicate = quad.predicate.value.rpartition("#")[2]
        found.add((quad.subject.value.removeprefix(ID), predicate, value))
    return found


def test_a_link_that_does_not_agree_is_not_accepted(linked_home: Path, tmp_path: Path) -> None:
    record = tmp_path / "link-checks.ttl"
    arguments = ("--extract", DATA / "items.json", "--home", linked_home, "--record", record)
    polemos("link", "check", *arguments, "--accept", "actor/ann-example=Q999999908")

    assert [each for each in triples(record) if "ann-example" in each[0]] == []


def suggested(ran: Ran) -> list[tuple[Any, ...]]:
    return [
        (each["entity"].removeprefix(ID), each["item"], each["score"], each["reasons"])
        for each in json.loads(ran.text)
    ]


@pytest.mark.parametrize("way", ["live", "extract"])
def test_items_are_suggested_with_scores_and_reasons(
    linked_home: Path, wikibase: Wikibase, way: str
) -> None:
    source = live(wikibase) if way == "live" else ("--extract", str(DATA / "items.json"))
    ran = polemos("link", "suggest", *source, "--home", linked_home, "--format", "json")

    assert ran.code == 0
    assert suggested(ran) == [
        (
            "actor/ann-example",
            "Q999999907",
            100.0,
            ["called “Ann Example” (100)", "of the class Q999999953"],
        ),
        (
            "actor/ann-example",
            "Q999999908",
            60.0,
            ["called “Ann Example” (100)", "of Q999999952, not of Q999999953"],
        ),
    ]
    assert "Nothing was found for actor/nobody." in ran.errors


def test_a_table_is_for_people(linked_home: Path) -> None:
    arguments = ("--extract", DATA / "items.json", "--home", linked_home)
    table = polemos("link", "suggest", "actor/ann-example", *arguments)

    assert table.lines[0].startswith("entity")
    assert "made-up diplomat" in table.text
    assert "missing" in polemos("link", "check", *arguments).text


def test_a_busy_wikidata_is_given_time(linked_home: Path, wikibase: Wikibase) -> None:
    wikibase.out_of_turn = [(429, {"Retry-After": "0"}, b""), (503, {"Retry-After": "0"}, b"")]
    ran = polemos("link", "check", *live(wikibase), "--home", linked_home, "--format", "json")

    assert outcomes(ran) == OUTCOMES


@pytest.mark.parametrize(
    ("status", "fields", "body", "words"),
    [
        (500, {}, b"{}", "answered with status 500"),
        (200, {}, b"<html>", "answered with no JSON"),
        (200, {}, b"[]", "no “entities”"),
        (200, {}, b'{"entities": {"Q1": {"type": "item"}}}', "no “id”"),
        (200, {}, b'{"entities": {"Q1": {"id": "Q1", "labels": {"en": 1}}}}', "Q1 is not written"),
        (429, {"Retry-After": "3600"}, b"", "asks to wait"),
    ],
)
def test_a_wrong_answer_is_told(
    linked_home: Path,
    wikibase: Wikibase,
    status: int,
    fields: dict[str, str],
    body: bytes,
    words: str,
) -> None:
    wikibase.out_of_turn = [(status, fields, body)]
    ran = polemos("link", "check", *live(wikibase), "--home", linked_home)

    assert ran.code == 1
    assert words in ran.errors
    assert "Traceback" not in ran.errors


def test_without_a_network_it_says_what_to_do(linked_home: Path) -> None:
    where = ("--wikidata", "http://127.0.0.1:9", "--every", "0")
    ran = polemos("link", "check", "--live", *where, "--home", linked_home)

    assert ran.code == 1
    assert "cannot be reached" in ran.errors
    assert "--extract FILE or --entity-data FOLDER" in ran.errors


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Say what to check against"),
        (("--live", "--extract", str(DATA / "items.json")), 2, "Say what to check against"),
        (("--extract", str(DATA / "README.md")), 1, "is no JSON"),
        (("--extract", str(DATA / "items.json"), "--accept", "actor/x"), 1, "is no link"),
        (("--extract", str(DATA / "items.json"), "--accept", "actor/x=Q1"), 1, "no entity"),
    ],
)
def test_a_wrong_command_line(
    linked_home: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = polemos("link", "check", *arguments, "--home", linked_home)

    assert ran.code == code
    assert words in ran.errors


def test_requests_are_kept_apart(wikibase: Wikibase) -> None:
    waited: list[float] = []
    with Wikidata(wikibase.address, every=5.0, sleep=waited.append) as wikidata:
        wikidata.get("Q999999901")
        wikidata.get("Q999999901")
        wikidata.get("Q999999903")

    assert len(wikibase.asked) == 2
    assert len(waited) == 1
    assert 0 < waited[0] <= 5.0
