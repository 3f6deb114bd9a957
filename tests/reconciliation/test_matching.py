from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.reconciliation.entities import ALIAS, LABEL, Entity, Name, Type
from graph.reconciliation.index import Index
from graph.reconciliation.matching import Asked, Condition, Value, match
from graph.reconciliation.properties import Stated, agreement, find_property, properties
from graph.vocabulary import ID
from tests.reconciliation.graph_index import comparing, opened

BOTH = (Value("Украина"), Value("США"))
US = f"{ID}actor/united-states"
TYPES = {"City": Type("City", (Name("city", "en", LABEL),), ())}


def city(name: str, *aliases: str, code: str = "") -> Entity:
    names = (Name(name, "en", LABEL), *(Name(alias, "en", ALIAS) for alias in aliases))
    codes = (code,) if code else ()
    return Entity(f"{ID}region/{name}", names, codes, frozenset({"City"}), ("City",), "")


def found(index: Index, asked: Asked) -> list[tuple[str, float, bool]]:
    candidates = match(asked, index, lambda iri, id, value: 0.0)
    return [(each.entity.iri.removeprefix(ID), each.score, each.match) for each in candidates]


def test_a_label_goes_before_an_alias_and_both_leave_the_match_open() -> None:
    index = Index([city("Hama"), city("Hamah", "Hama")], TYPES)

    assert found(index, Asked("Hama")) == [
        ("region/Hama", 100.0, False),
        ("region/Hamah", 98.0, False),
    ]


def test_namesakes_come_in_the_order_of_their_iris_and_none_is_certain() -> None:
    entities = [city("B", "Hama"), city("A", "Hama"), city("C", "Hama")]
    index = Index(entities, TYPES)

    assert [iri for iri, _, _ in found(index, Asked("Hama"))] == [
        "region/A",
        "region/B",
        "region/C",
    ]
    assert not any(match for _, _, match in found(index, Asked("Hama")))


def test_the_limit_does_not_change_whether_the_first_is_certain() -> None:
    index = Index([city("A", "Hama"), city("B", "Hama")], TYPES)

    assert found(index, Asked("Hama", limit=1)) == [("region/A", 98.0, False)]


def test_a_code_and_an_identifier_are_names_too() -> None:
    index = Index([city("Kyiv", code="UA-30")], TYPES)

    assert found(index, Asked("ua-30")) == [("region/Kyiv", 97.0, True)]
    assert found(index, Asked(f"{ID}region/Kyiv")) == [("region/Kyiv", 100.0, True)]


def test_a_word_of_very_many_names_finds_by_itself_and_adds_to_rarer_ones() -> None:
    entities = [city(f"Attack {number} in Homs") for number in range(3_000)]
    index = Index([*entities, city("Attack near Idlib")], TYPES)

    assert len(found(index, Asked("attack homs", limit=50))) == 50
    assert found(index, Asked("attack near idlip", limit=1))[0][0] == "region/Attack near Idlib"


def asked_of_graph(home: Path, asked: Asked) -> list[str]:
    _, index = opened(home)
    candidates = match(asked, index, comparing(home))
    return [each.entity.iri.removeprefix(ID) for each in candidates]


def test_a_type_tells_the_state_from_its_territory(built_home: Path) -> None:
    assert asked_of_graph(built_home, Asked("Ukraine", ("State",)))[0] == "actor/ukraine"
    assert asked_of_graph(built_home, Asked("Ukraine", ("Region",)))[0] == "region/ukraine"
    assert asked_of_graph(built_home, Asked("Ukraine", ("State", "Region"), all_types=True)) == []


def test_a_type_that_is_not_required_only_marks_down(built_home: Path) -> None:
    asked = Asked("Ukraine", ("State",), types_required=False, limit=2)

    assert asked_of_graph(built_home, asked) == ["actor/ukraine", "region/ukraine"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("affiliation", (Value("USA"),), required=True), ["actor/steve-witkoff"]),
        (Condition("affiliation", (Value("", US),), "none", required=True), []),
        (Condition("country", (Value("Украина"),), required=True), []),
        (
            Condition("country", (Value("Украина"), Value("США")), required=True),
            ["actor/steve-witkoff"],
        ),
        (Condition("country", BOTH, "all", required=True), []),
    ],
)
def test_a_required_condition_leaves_out_who_does_not_meet_it(
    built_home: Path, condition: Condition, found: list[str]
) -> None:
    asked = Asked("Witkoff", ("Person",), conditions=(condition,))

    assert asked_of_graph(built_home, asked) == found


def test_conditions_alone_find_entities(built_home: Path) -> None:
    condition = Condition("within", (Value("Donbas"), Value("Ukraine")), required=True)

    found = asked_of_graph(built_home, Asked("", ("City",), conditions=(condition,), limit=100))

    assert "region/kyiv" in found
    assert "region/abu-dhabi" not in found


@pytest.mark.parametrize(
    ("id", "stated", "asked", "value"),
    [
        ("start", "2026-01-24T00:00:00Z", "2026-01-24", 1.0),
        ("start", "2026-01-24T00:00:00Z", "2026-01", 1.0),
        ("start", "2026-01-24T00:00:00Z", "2026-01-21", 0.9),
        ("start", "2026-01-24T00:00:00Z", "2025-01-24", 0.0),
        ("start", "2026-01-24T00:00:00Z", "January", 0.0),
        ("latitude", "50.45", "50.55", 0.9),
        ("latitude", "50.45", "north", 0.0),
        ("wikidata", "http://www.wikidata.org/entity/Q1899", "Q1899", 1.0),
        ("iso-code", "UA", "ua", 1.0),
    ],
)
def test_values_agree_by_their_kind(id: str, stated: str, asked: str, value: float) -> None:
    agreed = agreement(find_property(id), (Stated(stated),), Value(asked))

    assert agreed == pytest.approx(value)


def test_every_property_is_answered_and_described(built_home: Path) -> None:
    compare = comparing(built_home)

    for id, property in properties().items():
        assert compare(f"{ID}nothing", id, Value("")) == 0.0
        assert property.labels.keys() == {"en", "uk"}


def test_an_unknown_property_is_told_with_the_closest() -> None:
    with pytest.raises(InvalidInput, match=r"There is no property “contry”\. .*country"):
        find_property("contry")
