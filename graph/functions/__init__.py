"""Functions that SPARQL queries may call here beyond the standard's: pure functions over terms.

The tables are in :mod:`graph.functions.table`, which is imported only when a query may need it: the
geometry library behind some of them takes a tenth of a second to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

POLF = "https://w3id.org/polemos/function/"
"""Under it stand the functions of this project."""
GEOF = "http://www.opengis.net/def/function/geosparql/"
"""The functions of OGC GeoSPARQL 1.1."""


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
