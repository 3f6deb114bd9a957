"""The schema of the version that is served, made once and kept until there is another."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from api.description.statistics import Counting
from api.linked_data.asking import Row
from api.linked_data.triples import Triples, read_term
from api.schema.terms import Figures, make_schema, read_figures
from graph.engine.question import Engine, Question
from graph.errors import LimitReached

_FOLDER = Path(__file__).parent
_PATIENCE = 0.3
"""Seconds to wait for figures: names help whoever writes a query sooner than counts do."""


@dataclass(frozen=True, slots=True)
class Made:
    """A schema as it is sent; ``counted`` says whether it will stay as it is."""

    version: int
    counted: bool
    body: bytes
    tag: str


class Schemas:
    """Makes the schema of the version that is served; ``dataset`` is the IRI of the dataset."""

    def __init__(self, engine: Engine, counting: Counting, dataset: str) -> None:
        self._engine = engine
        self._counting = counting
        self._dataset = dataset
        self._made: Made | None = None
        self._turn = asyncio.Lock()

    async def newest(self) -> Made:
        """The schema, without figures where they are not counted yet; raises as the engine does."""
        async with self._turn:
            made = self._made
            if made is None or not made.counted or made.version != self._engine.version:
                made = self._made = await self._make(self._engine.version)
            return made

    async def _make(self, version: int) -> Made:
        terms = Triples(
            (row["s"], row["p"], row["o"]) for row in await self._rows("terms", version)
        )
        rules = await self._rows("rules", version)
        figures = await self._figures(version)
        body = make_schema(version, terms, rules, figures).model_dump_json().encode()
        tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
        return Made(version, figures is not None, body, tag)

    async def _figures(self, version: int) -> Figures | None:
        try:
            counted = await self._counting.newest(_PATIENCE)
        except LimitReached:
            return None
        return read_figures(self._dataset, counted.triples) if counted.version == version else None

    async def _rows(self, name: str, version: int) -> list[Row]:
        text = (_FOLDER / f"{name}.rq").read_text("utf-8")
        answer = await self._engine.ask(Question(text, version=version, own=True))
        results = json.loads(b"".join([chunk async for chunk in answer.chunks]))
        return [
            {name: read_term(term) for name, term in row.items()}
            for row in results["results"]["bindings"]
        ]
