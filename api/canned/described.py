"""The canned queries in the OpenAPI document: a path a query, made from its header."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from api.canned.shown import PREFIX
from api.negotiation import RESULTS
from graph.parameters import Parameter
from graph.queries import Query

SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "iri": {"type": "string"},
    "string": {"type": "string"},
    "integer": {"type": "string", "pattern": r"^([+-]?\d{1,18})?$"},
    "decimal": {"type": "string", "pattern": r"^([+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18}))?$"},
    "date": {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"},
    "dateTime": {
        "type": "string",
        "pattern": r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?)?$",
    },
    "language": {"type": "string", "pattern": r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$"},
}
"""A parameter's type in JSON Schema; numbers as texts, since they reach the graph to the digit.

An empty value is none, as a form sends it.
"""


def paths(queries: Mapping[str, Query], sparql: Mapping[str, Any]) -> dict[str, Any]:
    """A path item for each query, by path; ``sparql`` is the SPARQL endpoint's own."""
    return {f"/{PREFIX}{name}": _path(query, sparql) for name, query in queries.items()}


def _path(query: Query, sparql: Mapping[str, Any]) -> dict[str, Any]:
    shared = [one for one in sparql["get"]["parameters"] if one["name"] in _OF_EVERY_QUERY]
    own = [_parameter(parameter) for parameter in query.parameters]
    return {
        "get": {
            "tags": ["canned queries"],
            "summary": query.summary,
            "description": _description(query),
            "operationId": f"query-{query.name}",
            "parameters": [*own, *deepcopy(shared)],
            "responses": _responses(sparql["get"]["responses"]),
        }
    }


_OF_EVERY_QUERY = ("format", "timeout", "version")


def _responses(sparql: Mapping[str, Any]) -> dict[str, Any]:
    """The endpoint's own, for tables alone; and that a version may not be there."""
    answers = deepcopy(dict(sparql))
    tables = [format.media_type for format in RESULTS.values()]
    answers["200"]["content"] = {media_type: {"schema": {}} for media_type in tables}
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    answers["404"] = {"description": "There is no such version of the graph.", "content": problem}
    return answers


def _description(query: Query) -> str:
    told = "A POST with the same parameters as a form has the same answer."
    if query.reaches:
        told += f" It asks {', '.join(query.reaches)} as well."
    return f"{told} Keywords: {', '.join(query.keywords)}."


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(SCHEMAS[parameter.type.name])
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.description} It takes {parameter.type.called}.",
        "schema": schema,
        "example": parameter.example,
    }
