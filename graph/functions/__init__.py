"""Functions that SPARQL queries may call here beyond the standard's: pure functions over terms.

The tables are in :mod:`graph.functions.table`, which is imported only when a query may need it: the
geometry library behind some of them takes a tenth of a second to load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

POLF = "https://w3id.org/polemos/function/"
"""Under it stand the functions of this project."""
GEOF = "http://www.opengis.net/def/function/geosparql/"
"""The functions of OGC GeoSPARQL 1.1."""
_KNOWN = (POLF, GEOF, "http://www.w3.org/")
_UNSUPPORTED = re.compile(r"The custom function <([^>]*)> is not supported")


def custom_functions(query: str) -> Mapping[str, Any]:
    """The options that let a store know the functions; none for a query that names none of them.

    Both namespaces have ``function`` in them, as a query must that does not hide it in escapes.
    """
    return _options() if "function" in query or "\\" in query else {}


@lru_cache(maxsize=1)
def _options() -> Mapping[str, Any]:
    table = import_module("graph.functions.table")
    return {
        "custom_functions": table.FUNCTIONS,
        "custom_aggregate_functions": table.AGGREGATES,
    }


def foreign_function(message: str) -> str | None:
    """The function that a query calls and nobody here knows, by what the store says of it.

    None where it says something else, and where the function's namespace is one of those that are
    known here: there it is a slip, and the client is to be told.
    """
    found = _UNSUPPORTED.search(message)
    return None if found is None or found[1].startswith(_KNOWN) else found[1]


def no_value(*arguments: object) -> None:
    """What a function of elsewhere gives: the expression that calls it is an error."""
