"""What pyoxigraph says when something is wrong, as members of the error family.

pyoxigraph raises SyntaxError for a text that does not parse, RuntimeError and ValueError for what
cannot be evaluated, OSError for a remote endpoint (or, without one, for the store itself).
"""

from __future__ import annotations

import json
import re
from typing import Any

from graph import errors
from graph.engine.tokens import LOCAL, PREFIX, tokens
from graph.errors import (
    EngineFailed,
    InvalidInput,
    InvalidQuery,
    LimitReached,
    Place,
    PolemosError,
    RemoteFailed,
)

_PLACED = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|\[.*?\](?=, |$)|[^,\[\"]+", re.DOTALL)
_MARK = re.compile(r"\".+\"", re.DOTALL)
_CAUSE = re.compile(r"[A-Z][a-z' ]+ .*|IRI parsing failed")
_NAME_AT_END = re.compile(rf"({PREFIX}):(?:{LOCAL})?\Z")
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_SHOWN = 40
"""How many characters of a query an error quotes."""


def unparsed(text: str, error: SyntaxError) -> InvalidQuery:
    """A SPARQL text that does not parse, with its place and the words that stand there."""
    found = _PLACED.match(str(error))
    if found is None:
        return InvalidQuery(f"The query does not parse: {error}")
    place = Place(int(found[1]), int(found[2]))
    before, line, after = _around(text, place)
    near = f", near `{after[:_SHOWN]}`" if after else f", at the end of `{line[-_SHOWN:]}`"
    return InvalidQuery(
        f"The query does not parse at line {place.line}, column {place.column}"
        f"{near if line else ''}: {_reason(found[3], before, text)}.",
        place,
    )


def _around(text: str, place: Place) -> tuple[str, str, str]:
    """The line of a place up to it, the whole line, and what stands there."""
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[: place.column - 1], line.strip(), line[place.column - 1 :].strip()


def _reason(expected: str, before: str, text: str) -> str:
    """What is wrong, as far as the parser's list of expectations tells.

    Of keywords the parser lists only the last it tried, so they are left out; so are its classes
    of characters.
    """
    words = [item.strip() for item in _EXPECTED.findall(expected)]
    name = _NAME_AT_END.search(before)
    if "Prefix not found" in words and name is not None:
        return f"the prefix {name[1]}: is not declared; add PREFIX {name[1]}: <…> at the top"
    causes = [word for word in words if _CAUSE.fullmatch(word)]
    marks = [word for word in words if _MARK.fullmatch(word)]
    unbalanced = _unbalanced(text)
    if "IRI parsing failed" in causes:
        return "the IRI is not valid, or is relative where there is no BASE"
    if causes or unbalanced:
        return "; ".join(causes) or unbalanced
    return f"expected {' or '.join(marks)}" if marks else "what stands here does not fit"


def _unbalanced(text: str) -> str:
    """Which bracket is missing, or empty."""
    open_until: list[str] = []
    for token in tokens(text):
        mark = token[0]
        if mark in _PAIRS:
            open_until.append(_PAIRS[mark])
        elif mark in _PAIRS.values() and not open_until:
            return f"there is a {mark} that closes nothing"
        elif mark in _PAIRS.values() and (closes := open_until.pop()) != mark:
            return f"a {closes} is missing"
    return f"a {open_until[-1]} is missing" if open_until else ""


def unevaluated(error: Exception, remote: bool) -> PolemosError:
    """A query that parsed and could not be evaluated; ``remote`` where it calls a SERVICE."""
    if isinstance(error, OSError) and remote:
        reason = next(iter(str(error).splitlines()), "no reason given")
        return RemoteFailed(
            f"The remote endpoint that the query calls did not answer as it should: {reason}."
            " Try again, or write SERVICE SILENT to go on without it."
        )
    if isinstance(error, OSError):
        return EngineFailed(f"The store cannot be read: {error}")
    if isinstance(error, MemoryError):
        return out_of_memory()
    return InvalidInput(f"The query cannot be evaluated: {error}")


def out_of_memory() -> LimitReached:
    """The answer to a query that needed more memory than one query may have."""
    return LimitReached(
        "The query needs more memory than one query may use here. Narrow it: fewer graph patterns"
        " without a shared variable, a LIMIT inside, no ORDER BY over everything."
    )


def too_deep() -> InvalidQuery:
    """The answer to a query that overflowed the parser's stack."""
    return InvalidQuery(
        "The query is nested too deeply (or chains too many operators) to be read. Flatten its"
        " braces, brackets and UNIONs."
    )


def to_bytes(error: PolemosError) -> bytes:
    """An error as it crosses from a worker to the server."""
    place = getattr(error, "place", None)
    return json.dumps(
        {
            "class": type(error).__name__,
            "message": str(error),
            "place": None if place is None else (place.line, place.column),
            "retry_after": getattr(error, "retry_after", None),
        }
    ).encode()


def from_bytes(data: bytes) -> PolemosError:
    """The error that :func:`to_bytes` wrote."""
    fields: dict[str, Any] = json.loads(data)
    kind: type[PolemosError] = getattr(errors, fields["class"])
    if issubclass(kind, InvalidQuery):
        return kind(fields["message"], Place(*fields["place"]) if fields["place"] else None)
    if issubclass(kind, LimitReached):
        return kind(fields["message"], fields["retry_after"])
    return kind(fields["message"])
