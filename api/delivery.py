"""From an engine's answer to the client, and the end of the work when the client goes away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from types import TracebackType

from starlette.types import Receive, Send

from api.headers import SHARED, RawHeaders
from graph.engine.question import Answer
from graph.errors import PolemosError

_log = logging.getLogger(__name__)
UNWATCHED_SECONDS = 0.05
"""So long the client is not watched: most answers are sent by then, and a watch costs a task."""


class ConnectedClient:
    """A block of work that ends as soon as the client has gone.

    The task inside the block is cancelled when ``http.disconnect`` comes, at whatever it waits for,
    and the block is left without an error, since nobody is there to hear of it.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._gone = False
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        work = asyncio.current_task()
        assert work is not None
        self._work = work
        self._cancelling = work.cancelling()
        self._timer = work.get_loop().call_later(UNWATCHED_SECONDS, self._begin_watch)

    def _begin_watch(self) -> None:
        self._watch = self._work.get_loop().create_task(self._end_on_disconnect())

    async def _end_on_disconnect(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        self._work.cancel()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._timer.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if not self._gone:
            return False
        outer_cancellations = self._work.uncancel() - self._cancelling
        return kind is asyncio.CancelledError and outer_cancellations <= 0


async def deliver(
    answer: Answer,
    content_type: str,
    send: Send,
    fields: Sequence[tuple[bytes, bytes]] = (),
    *,
    head: bool = False,
) -> None:
    """Send an answer: in one body where it is whole, else in chunks as they come.

    ``fields`` go with the answer's own. ``head`` leaves the body out (RFC 9110, section 9.3.2).
    An error before the first byte is raised; after that the connection is broken off, which is the
    only way left to tell a client that its answer is incomplete.

    The answer is closed before the last message: from then on a server reports a disconnect.
    """
    headers = [*fields_of(answer, content_type), *fields]
    if answer.whole is not None:
        await close(answer)
        headers.append((b"content-length", b"%d" % len(answer.whole)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head else answer.whole})
        return
    try:
        first = await anext(answer.chunks, b"")
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        complete = head or await _send_chunks(answer, first, send)
    finally:
        await close(answer)
    if complete:
        await send({"type": "http.response.body", "body": b""})


async def _send_chunks(answer: Answer, first: bytes, send: Send) -> bool:
    """Send the chunks but not the end; False where the answer broke off."""
    await send({"type": "http.response.body", "body": first, "more_body": True})
    try:
        async for chunk in answer.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except PolemosError as error:
        _log.warning("An answer was broken off: %s", error)
        return False
    except Exception:
        _log.exception("An answer was broken off")
        return False
    return True


def fields_of(answer: Answer, content_type: str) -> RawHeaders:
    """What the fields of an answer say of it, whoever asks; its length is not among them."""
    headers = [
        (b"content-type", content_type.encode("latin-1")),
        (b"polemos-version", b"%d" % answer.version),
        *SHARED,
    ]
    if answer.truncated:
        headers.append((b"polemos-truncated", b"true"))
    if answer.id:
        headers.append((b"polemos-query", answer.id.encode("latin-1")))
    return headers


async def close(answer: Answer) -> None:
    """Give up what is left of an answer, so that its worker is free."""
    aclose = getattr(answer.chunks, "aclose", None)
    if aclose is not None:
        await aclose()
