"""A worker process: answers one request after the other until its socket closes.

Of requests that came together, those behind one that took long are left to another worker.

Started by :mod:`graph.engine.process` as ``python -m graph.engine.worker <settings>``.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.engine.child import end_with_server, limit_memory, spare_the_lasting
from graph.engine.evaluation import evaluate, open_published
from graph.engine.faults import out_of_memory, to_bytes
from graph.engine.forwarding import Forwarder
from graph.engine.held import Hold
from graph.engine.outbound import Outbound, to_outbound
from graph.engine.wire import Inbox, Kind, Request, frame
from graph.errors import PolemosError

_RECEIVED_AT_ONCE = 64 * 1024
_LONG_SECONDS = 0.005
"""As long as :data:`graph.engine.process.MOMENT`, after which the server takes back the rest."""


def main() -> None:
    """Serve until the server closes the connection or is gone."""
    settings: dict[str, Any] = json.loads(sys.argv[1])
    with socket.socket(fileno=settings["socket"]) as connection:
        threading.Thread(target=end_with_server, args=(connection,), daemon=True).start()
        stores = lru_cache(maxsize=2)(_held)
        stores(settings["store"])[0].query("ASK {}")
        limit_memory(settings["memory_bytes"])
        connection.sendall(frame(Kind.READY))
        outbound = to_outbound(settings["outbound"])
        forwarder = Forwarder(outbound)
        spare_the_lasting()
        for request in _requests(connection):
            _answer(request, stores, outbound, forwarder, connection)


def _answer(
    request: Request,
    stores: Callable[[str], tuple[ox.Store, Hold]],
    outbound: Outbound,
    forwarder: Forwarder,
    connection: socket.socket,
) -> None:
    try:
        store = stores(request.store)[0]
        evaluate(request, store, outbound.allowed, forwarder, connection.sendall)
    except PolemosError as error:
        connection.sendall(frame(Kind.ERROR, to_bytes(error)))
    except MemoryError:
        connection.sendall(frame(Kind.ERROR, to_bytes(out_of_memory())))


def _held(store: str) -> tuple[ox.Store, Hold]:
    """A published store, and what keeps it from being deleted while it is open."""
    hold = Hold(Path(store).parent)
    return open_published(store), hold


def _requests(connection: socket.socket) -> Iterator[Request]:
    inbox = Inbox()
    while data := connection.recv(_RECEIVED_AT_ONCE):
        late = False
        for _, payload in inbox.frames(data):
            if late:
                connection.sendall(frame(Kind.LEFT))
                continue
            begun = time.monotonic()
            yield Request.from_bytes(payload)
            late = time.monotonic() - begun > _LONG_SECONDS


if __name__ == "__main__":
    main()
