"""What may be sent on as a query: a text that begins as one, and has nothing else behind it.

A server elsewhere may take an update where a query is expected (Virtuoso does), or take orders
before the query (its ``define get:soft "soft"`` fetches addresses). The grammar has neither: a
query is its prologue, one form with its patterns, and modifiers (SPARQL 1.1, rules 1 to 4).
"""

from __future__ import annotations

from graph.engine.outline import FORMS, outermost, outline
from graph.engine.tokens import tokens
from graph.errors import InvalidQuery, Place

_DECLARATIONS = {"PREFIX": 3, "BASE": 2}
"""Keywords of the prologue, and how many tokens each declaration has."""
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "MODIFY")
)


def judge_query(text: str) -> None:
    """Raise InvalidQuery for a text that is not one query and nothing else, as its tokens tell."""
    found = list(tokens(text))
    at = 0
    while at < len(found) and (length := _DECLARATIONS.get(found[at][0].upper())):
        at += length
    place = found[at].start() if at < len(found) else len(text)
    if at >= len(found) or found[at][0].upper() not in FORMS:
        raise InvalidQuery(
            "The query does not begin with SELECT, CONSTRUCT, DESCRIBE or ASK, after PREFIX and"
            " BASE. Updates are not taken here.",
            _place(text, place),
        )
    if not outline(text).readable:
        last = found[-1].end()
        raise InvalidQuery("The query cannot be read from here on.", _place(text, last))
    for index in outermost(found):
        token = found[index]
        if token[0] == ";" or (token.lastgroup == "word" and token[0].upper() in _UPDATES):
            raise InvalidQuery(
                f"{token[0]} cannot stand here: one query is answered at a time, and no update.",
                _place(text, token.start()),
            )


def _place(text: str, at: int) -> Place:
    before = text[:at]
    return Place(before.count("\n") + 1, at - before.rfind("\n"))
