"""Canned queries asked on behalf of a screen: the same that anybody can ask at ``/queries``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph.engine.question import Engine, Question
from graph.queries import find_query

_PATIENT_SECONDS = 10.0
Row = Mapping[str, str]
"""The texts of a solution by variable; what is unbound is left out."""


async def canned(engine: Engine, version: int, name: str, **values: str) -> list[Row]:
    """The rows of a canned query on one version; ``values`` are written as a user writes them.

    Raises InvalidParameter where a value is none, and what :meth:`Engine.ask` raises.
    """
    query = find_query(name)
    terms = query.bindings(values)
    question = Question(
        query.text,
        bindings={variable: str(term) for variable, term in terms.items()},
        seconds=_PATIENT_SECONDS,
        version=version,
    )
    answer = await engine.ask(question)
    body = b"".join([chunk async for chunk in answer.chunks])
    return [
        {variable: term["value"] for variable, term in row.items() if term["type"] != "triple"}
        for row in json.loads(body)["results"]["bindings"]
    ]
