"""Reading queries: JSON to what is to be matched or extended, or an error that names the place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from api.problems import ContentTooLarge
from graph.errors import InvalidInput
from graph.reconciliation.entities import Type, local
from graph.reconciliation.matching import Asked, Condition, Quantifier, Value
from graph.reconciliation.properties import Property, find_property
from graph.vocabulary import hint

BATCH_SIZE = 100
"""So many queries may come together, as the manifests say."""
MOST_IDS = 1_000
LIMIT = 10
MOST = 100
"""Candidates of one query: where it sets no limit, and whatever it sets."""
_LONGEST_NAME = 500
_LONGEST_NUMBER = 10
_QUERY_KEYS = ("query", "type", "limit", "properties", "type_strict")
_STRICTNESS = ("any", "all", "should")
_DRAFT_KEYS = ("conditions", "type", "limit", "lang", "dir")
_MATCH_TYPES = ("name", "property")


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties of which entities are wanted; a limit of 0 is none."""

    ids: tuple[str, ...]
    properties: tuple[tuple[Property, int], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a query may name: the space of identifiers, and the types by id."""

    space: str
    types: Mapping[str, Type]

    def iri(self, id: str) -> str:
        """The IRI of an identifier; an IRI stays as it is."""
        return id if id.startswith(("http://", "https://")) else self.space + id

    def id(self, iri: str) -> str:
        """The identifier of an IRI."""
        return iri.removeprefix(self.space)

    def type(self, id: Any, where: str) -> str:
        """The id of a type, given as that or as its IRI. Raises InvalidInput for another."""
        known = local(_text(id, where))
        if known not in self.types:
            raise InvalidInput(f"{where}: there is no type “{known}”.{hint(known, self.types)}")
        return known


def read_json(text: str | bytes) -> Any:
    """A value of JSON (RFC 8259). Raises InvalidInput where it is none."""
    try:
        value = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()  # half a character cannot be sent back
        return value
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise InvalidInput(f"What was sent is no JSON: {reason}.") from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def read_batch(text: str, vocabulary: Vocabulary) -> dict[str, Asked]:
    """The queries of a batch by their keys (0.2, section 4.1)."""
    batch = _object(read_json(text), "queries")
    _small_enough(batch)
    return {key: _query(query, f"queries.{key}", vocabulary) for key, query in batch.items()}


def _query(given: Any, where: str, vocabulary: Vocabulary) -> Asked:
    query = _known(given, _QUERY_KEYS, where)
    name = _text(query.get("query", ""), f"{where}.query")
    conditions = _list(query.get("properties", []), f"{where}.properties")
    if not name.strip() and not conditions:
        raise InvalidInput(f"{where}: give a “query” that is not empty, or “properties”.")
    strict = query.get("type_strict", "any")
    if strict not in _STRICTNESS:
        raise InvalidInput(f"{where}.type_strict is none of {', '.join(_STRICTNESS)}.")
    types = query.get("type") or []
    return Asked(
        _short(name, where),
        tuple(vocabulary.type(_id(each), f"{where}.type") for each in _listed(types)),
        all_types=strict == "all",
        types_required=strict != "should",
        conditions=tuple(
            _property(each, f"{where}.properties[{at}]", vocabulary, "pid", "v")
            for at, each in enumerate(conditions)
        ),
        limit=_limit(query.get("limit", LIMIT), f"{where}.limit", MOST),
    )


def _id(given: Any) -> Any:
    """The id of a type that is given as an object, as some clients do."""
    return given.get("id") if isinstance(given, dict) else given


def _property(given: Any, where: str, vocabulary: Vocabulary, id: str, value: str) -> Condition:
    condition = _object(given, where)
    if id not in condition or value not in condition:
        raise InvalidInput(f"{where}: a condition on a property has “{id}” and “{value}”.")
    property = find_property(_text(condition[id], f"{where}.{id}"))
    values = [_value(each, f"{where}.{value}", vocabulary) for each in _listed(condition[value])]
    quantifier: Quantifier = condition.get("matchQuantifier", "any")
    if quantifier not in get_args(Quantifier):
        raise InvalidInput(f"{where}.matchQuantifier is none of any, all, none.")
    return Condition(property.id, tuple(values), quantifier, condition.get("required") is True)


def _value(given: Any, where: str, vocabulary: Vocabulary) -> Value:
    if isinstance(given, bool):
        return Value("true" if given else "false")
    if isinstance(given, int | float):
        return Value(f"{given:g}" if isinstance(given, float) else str(given))
    if isinstance(given, dict) and isinstance(given.get("id"), str):
        return Value(str(given.get("name", "")), vocabulary.iri(given["id"]))
    return Value(_short(_text(given, where), where))


def read_draft_batch(body: bytes, vocabulary: Vocabulary) -> list[tuple[Asked, ...]]:
    """The queries of a batch of the 1.0 draft, each by any of its names (section 4.1)."""
    batch = _list(_object(read_json(body), "the body").get("queries"), "queries")
    _small_enough(batch)
    return [_draft_query(each, f"queries[{at}]", vocabulary) for at, each in enumerate(batch)]


def _draft_query(given: Any, where: str, vocabulary: Vocabulary) -> tuple[Asked, ...]:
    query = _known(given, _DRAFT_KEYS, where)
    conditions = _list(query.get("conditions"), f"{where}.conditions")
    if not conditions:
        raise InvalidInput(f"{where}.conditions: give at least one.")
    names: list[str] = []
    properties: list[Condition] = []
    for at, each in enumerate(conditions):
        place = f"{where}.conditions[{at}]"
        if _match_type(each, place) == "name":
            names += _names(each, place)
        else:
            properties.append(_property(each, place, vocabulary, "propertyId", "propertyValue"))
    types = (vocabulary.type(query["type"], f"{where}.type"),) if query.get("type") else ()
    limit = _limit(query.get("limit", LIMIT), f"{where}.limit", MOST)
    return tuple(
        Asked(name, types, conditions=tuple(properties), limit=limit) for name in names or [""]
    )


def _match_type(given: Any, where: str) -> str:
    condition = _object(given, where)
    kind: str | None = condition.get("matchType")
    if kind not in _MATCH_TYPES or "propertyValue" not in condition:
        raise InvalidInput(
            f"{where}: a condition has a “matchType”, name or property, and a “propertyValue”."
        )
    return kind


def _names(condition: Mapping[str, Any], where: str) -> list[str]:
    if condition.get("matchQuantifier", "any") != "any":
        raise InvalidInput(f"{where}: names are matched by “any” of those given, and no other way.")
    names = [
        _short(_text(each, f"{where}.propertyValue"), where)
        for each in _listed(condition["propertyValue"])
    ]
    if not names or not all(name.strip() for name in names):
        raise InvalidInput(f"{where}.propertyValue: give a name that is not empty.")
    return names


def read_extension(text: str | bytes) -> Extension:
    """Which values are wanted (0.2, section 7.3; the same in the 1.0 draft)."""
    given = _object(read_json(text), "extend")
    ids = _list(given.get("ids"), "extend.ids")
    if len(ids) > MOST_IDS:
        raise ContentTooLarge(f"{len(ids)} entities are more than {MOST_IDS}. Send fewer at once.")
    return Extension(
        tuple(_text(id, f"extend.ids[{at}]") for at, id in enumerate(ids)),
        tuple(
            _wanted(each, f"extend.properties[{at}]")
            for at, each in enumerate(_list(given.get("properties"), "extend.properties"))
        ),
    )


def _wanted(given: Any, where: str) -> tuple[Property, int]:
    wanted = _object(given, where)
    property = find_property(_text(wanted.get("id"), f"{where}.id"))
    limit = _object(wanted.get("settings") or {}, f"{where}.settings").get("limit") or 0
    if isinstance(limit, str) and limit.isdecimal() and len(limit) < _LONGEST_NUMBER:
        limit = int(limit)  # the form field of a client may send a number as a text
    return property, limit if limit == 0 else _limit(limit, f"{where}.settings.limit", MOST)


def _small_enough(batch: Sequence[Any] | Mapping[str, Any]) -> None:
    if len(batch) > BATCH_SIZE:
        raise ContentTooLarge(
            f"{len(batch)} queries are more than {BATCH_SIZE} (batchSize). Send fewer at once."
        )


def _limit(given: Any, where: str, most: int) -> int:
    whole = isinstance(given, int) or (isinstance(given, float) and given.is_integer())
    if isinstance(given, bool) or not whole or given < 1:
        raise InvalidInput(f"{where}: {given!r} is no whole number from 1 on.")
    return min(int(given), most)


def _short(name: str, where: str) -> str:
    if len(name) > _LONGEST_NAME:
        raise InvalidInput(f"{where}: a name of more than {_LONGEST_NAME} characters is none.")
    return name


def _known(given: Any, keys: Sequence[str], where: str) -> Mapping[str, Any]:
    members = _object(given, where)
    for key in members:
        if key not in keys:
            raise InvalidInput(
                f"{where} has no member “{key}”.{hint(key, keys)} It has {', '.join(keys)}."
            )
    return members


def _object(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise InvalidInput(f"{where} is no JSON object.")
    return given


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise InvalidInput(f"{where} is no JSON array.")
    return given


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str):
        raise InvalidInput(f"{where} is no string.")
    return given
