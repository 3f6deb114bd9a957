"""Facts that a dataset's record tells, and facts that claims contradict."""

from __future__ import annotations

from tests.api.serving import Served
from tests.linked_data.reading import open_page, texts

HARM = "//section[@aria-labelledby='harm']"


def test_each_source_has_its_own_value(records: Served) -> None:
    page = open_page(records, "/page/event/e")

    values = texts(page, f"{HARM}//*[@class='interval']")
    assert sorted(values) == ["3 ≤ n ≤ 8", "n = 0", "n = 2"]


def test_a_record_stands_behind_its_value(records: Served) -> None:
    page = open_page(records, "/page/event/e")

    assert (
        "Invented dataset, release 1. Record 7; the dataset names as its source: <i>a wire</i>"
    ) in texts(page, f"{HARM}//p[@class='credit']")


def test_claims_that_contradict_stand_side_by_side(records: Served) -> None:
    page = open_page(records, "/page/event/e")

    relation = f"{HARM}//div[@class='relation contradicts']"
    found = zip(
        texts(page, f"{relation}/p[@class='kind']"), texts(page, f"{relation}//q"), strict=True
    )
    assert set(found) == {
        ("is contradicted by", "nobody was killed"),
        ("contradicts", "two were killed"),
    }


def test_a_record_leads_to_what_it_tells(records: Served) -> None:
    page = open_page(records, "/page/record/7")

    listed = texts(page, "//section[@aria-labelledby='by-accordingTo']//li/p[1]")
    assert listed == ["An invented event · pol:Event"]


def test_a_release_leads_to_its_records(records: Served) -> None:
    page = open_page(records, "/page/release/invented")

    assert page.xpath("//section[@aria-labelledby='by-ofRelease']//a/@href")[0] == "/page/record/7"


def test_what_refers_by_a_closer_property_is_listed_there_alone(records: Served) -> None:
    page = open_page(records, "/page/site/s")

    listed = "//section[@aria-labelledby='by-{}']//li/p[1]"
    assert texts(page, listed.format("primaryTarget")) == ["A first event · pol:Event"]
    assert texts(page, listed.format("target")) == ["A second event · pol:Event"]
