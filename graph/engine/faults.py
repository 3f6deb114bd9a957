"""What pyoxigraph says when something is wrong, as members of the error family.

pyoxigraph raises SyntaxError for a text that does not parse, RuntimeError and ValueError for what
cannot be evaluated, OSError for a remote endpoint (or, without one, for the store itself).
"""

from __future__ import annotations

import json
import re
from typing import Any

from graph import errors
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
_SPOKEN = re.compile(r"[A-Z][a-z' ]+ .*|Prefix not found|IRI parsing failed")
_PLAIN = {
    "Prefix not found": "the prefix here is not declared; add PREFIX at the top of the query",
    "IRI parsing failed": "the IRI here is not valid, or is relative where there is no BASE",
}
_SHOWN = 40
"""How many characters of a query an error quotes."""


def unparsed(text: str, error: SyntaxError) -> InvalidQuery:
    """A SPARQL text that does not parse, with its place and the words that stand there."""
    found = _PLACED.match(str(error))
    if found is None:
        return InvalidQuery(f"The query does not parse: {error}")
    place = Place(int(found[1]), int(found[2]))
    lines = text.splitlines() or [""]
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    rest = line[place.column - 1 :].strip()
    at = f"near `{rest[:_SHOWN]}`" if rest else "where the line ends"
    return InvalidQuery(
        f"The query does not parse at line {place.line}, column {place.column}, {at}:"
        f" {_reason(found[3])}.",
        place,
    )


def _reason(expected: str) -> str:
    """The parser's list of what it expected, without its character classes.

    Where the parser names a cause (an undeclared prefix, an unbound variable) only that is kept.
    """
    items = re.findall(r"\"(?:[^\"\\]|\\.)*\"|\[.*?\](?=, |$)|[^,\[\"]+", expected, re.DOTALL)
    words = [word for item in items if (word := item.strip()) and not word.startswith("[")]
    causes = [word for word in words if _SPOKEN.fullmatch(word)]
    if causes:
        return "; ".join(_PLAIN.get(cause, cause) for cause in causes)
    return f"expected {' or '.join(words)}" if words else "something else is expected here"


def unevaluated(error: Exception, remote: bool) -> PolemosError:
    """A query that parsed and could not be evaluated; ``remote`` where it calls a SERVICE."""
    if isinstance(error, OSError) and remote:
        return RemoteFailed(
            f"The remote endpoint that the query calls did not answer: {error}. Try again, or"
            " write SERVICE SILENT to go on without it."
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
