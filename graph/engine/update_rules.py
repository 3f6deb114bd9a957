"""What is forbidden in an update and the parser lets pass, or would not survive."""

from __future__ import annotations

from collections.abc import Iterable

from graph.engine.operations import Data, GraphManagement, Operation
from graph.engine.tokens import tokens
from graph.errors import InvalidQuery, Place

_DEEPEST = 500
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")


def refuse_deep(text: str) -> None:
    """What is nested a few thousand deep overflows the parser's stack."""
    depth = 0
    for token in tokens(text):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth > _DEEPEST:
            raise InvalidQuery(
                f"The update is nested more than {_DEEPEST} deep. Flatten it.",
                place_in(text, token.start()),
            )


def refuse_shared_blank_nodes(operations: Iterable[Operation]) -> None:
    """A label does not stand in two INSERT DATA, nor in two WHERE (SPARQL 1.1 Query, 19.6).

    It may stand in two templates: each makes new nodes.
    """
    seen: dict[str, set[str]] = {"INSERT DATA": set(), "WHERE": set()}
    for each in operations:
        if isinstance(each, GraphManagement):
            continue
        where, block = (
            ("INSERT DATA", each.block) if isinstance(each, Data) else ("WHERE", each.where)
        )
        labels = {token[0] for token in tokens(block) if token.lastgroup == "blank"}
        if shared := labels & seen[where]:
            raise InvalidQuery(
                f"The blank node {min(shared)} stands in {where} of two operations of the update,"
                " where it would be two nodes. Give them different labels, or the node an IRI."
            )
        seen[where] |= labels


def place_in(text: str, at: int) -> Place:
    """The line and column of a character."""
    return Place(text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
