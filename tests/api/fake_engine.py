"""An engine that answers without a store: what it is asked is kept, what it says is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from graph.engine.question import Answer, Question

EMPTY_JSON = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'


class FakeEngine:
    """Answers every question with the same chunks, or raises the same error."""

    def __init__(
        self,
        chunks: Sequence[bytes | Exception] = (EMPTY_JSON,),
        *,
        error: Exception | None = None,
        whole: bool = True,
        graph: bool = False,
        truncated: bool = False,
        hang: bool = False,
        lasting: bool = False,
    ) -> None:
        self.asked: list[Question] = []
        self.ended: list[str] = []
        self.waiting = asyncio.Event()
        self.closed = False
        self.version = 7
        self._chunks = chunks
        self._error = error
        self._whole = whole
        self._graph = graph
        self._truncated = truncated
        self._hang = hang
        self._lasting = lasting

    def edition(self, version: int | None = None) -> str | None:
        return f"version {version or self.version}"

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if self._error is not None:
            raise self._error
        if self._hang:
            await self._wait_for_ever("before the first byte")
        media_type = question.graph_format if self._graph else question.results_format
        assert media_type is not None
        whole = b"".join(c for c in self._chunks if isinstance(c, bytes)) if self._whole else None
        version = question.version or self.version
        chunks = self._write()
        return Answer(media_type, version, chunks, self._truncated, whole, lasting=self._lasting)

    async def _write(self) -> AsyncIterator[bytes]:
        try:
            for chunk in self._chunks:
                if isinstance(chunk, Exception):
                    raise chunk
                if chunk == b"(hang)":
                    await self._wait_for_ever("between chunks")
                yield chunk
        finally:
            self.ended.append("closed")

    async def _wait_for_ever(self, where: str) -> None:
        self.waiting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.ended.append(where)
            raise

    async def close(self) -> None:
        self.closed = True
