"""Recall on a list of spellings that newspapers and tables use, as the documents state it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from graph.reconciliation.matching import Asked, match
from graph.vocabulary import ID
from tests.reconciliation.graph_index import comparing, opened

SPELLINGS = Path(__file__).parent / "data" / "spellings.csv"
DOCUMENT = Path(__file__).parents[2] / "docs" / "reconciliation.md"


def test_recall_is_what_the_documents_say(built_home: Path) -> None:
    _, index = opened(built_home)
    compare = comparing(built_home)
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, among_five, missed = 0, 0, []
    for row in rows:
        types = (row["type"],) if row["type"] else ()
        found = match(Asked(row["spelling"], types, limit=5), index, compare)
        iris = [each.entity.iri.removeprefix(ID) for each in found]
        first += iris[:1] == [row["entity"]]
        among_five += row["entity"] in iris
        if row["entity"] not in iris:
            missed.append(row["spelling"])

    assert (len(rows), first, among_five) == (130, 130, 130)
    assert missed == []
    assert re.search(r"130 of 130", DOCUMENT.read_text("utf-8"))
