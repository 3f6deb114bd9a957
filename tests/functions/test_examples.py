"""The examples of docs/functions.md give what stands below them, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.engine.versions import Versions
from graph.functions import GEOF, POLF
from graph.functions.table import AGGREGATES, FUNCTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "functions.md").read_text("utf-8")
PREFIXES = re.findall(r"```\n(PREFIX.*?)```", PAGE, re.DOTALL)[0]
EXAMPLES = re.findall(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL)


def cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


@pytest.mark.parametrize(("query", "table"), EXAMPLES)
def test_an_example_gives_what_the_page_says(query: str, table: str, built_home: Path) -> None:
    header, _, *rows = table.splitlines()
    version = Versions(built_home).current()
    assert version is not None

    solutions = version.read().select(PREFIXES + query)

    found = [tuple(getattr(term, "value", "") for term in row) for row in solutions.rows]
    assert solutions.variables == cells(header)
    assert found == [cells(row) for row in rows]


def test_every_function_has_an_example() -> None:
    queries = "\n".join(query for query, _ in EXAMPLES)
    prefixed = [
        iri.value.replace(GEOF, "geof:").replace(POLF, "polf:") for iri in (*FUNCTIONS, *AGGREGATES)
    ]

    assert [name for name in prefixed if not re.search(rf"{name}\(", queries)] == []
