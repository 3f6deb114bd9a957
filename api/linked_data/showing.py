"""Queries for a person to run, read and change: the IRIs stand in the text."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from urllib.parse import urlencode

from api.linked_data.asking import query


@dataclass(frozen=True, slots=True)
class Shown:
    """A query as text, and the address of its answer."""

    text: str

    @property
    def address(self) -> str:
        """Where it is answered, below the root."""
        return "/sparql?" + urlencode({"query": self.text, "format": "json"})


def shown(name: str, **iris: str) -> Shown:
    """A query with IRIs put in; they come from the graph, so that none can end early."""
    text = "\n".join(line for line in query(name).splitlines() if not line.startswith("#+"))
    return Shown(Template(text).substitute(iris).strip())
