"""A query whose answer is exported: one of the asker's own, or a canned one with its parameters."""

from __future__ import annotations

from collections.abc import Iterable

from api.canned.requests import values
from graph.errors import InvalidInput
from graph.networks.asked import Asked
from graph.queries import find_query

OF_EXPORT = frozenset(
    ("network", "about", "depth", "language", "time", "query", "canned", "version", "lang")
)
"""The parameters of an export; what else is given, or what a canned query has, is the query's."""


def read_asked(
    query: str | None, canned: str | None, given: Iterable[tuple[str, str]]
) -> Asked | None:
    """The query that a request names, or None.

    Raises InvalidInput where there are two, NotFound and InvalidParameter as a canned query does.
    """
    if query is not None and canned is not None:
        raise InvalidInput("Give either a query or the name of a canned one, not both.")
    if query is not None:
        return Asked(query, {})
    if canned is None:
        return None
    found = find_query(canned[:50])
    own = {parameter.name for parameter in found.parameters}
    texts: dict[str, list[str]] = {}
    for name, text in given:
        if name in own or name not in OF_EXPORT:
            texts.setdefault(name, []).append(text)
    terms = found.bindings(values(found, texts))
    return Asked(found.text, {name: str(term) for name, term in terms.items()}, found.name)
