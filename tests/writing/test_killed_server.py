"""Writers at work while the server is killed at random: what was acknowledged is there, whole.

Short by itself; ``POLEMOS_WRITES=1000 POLEMOS_KILLS=20`` makes it long.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import pyoxigraph as ox

from graph.engine.versions import Versions
from graph.writing.log import WriteLog, written

WRITES = int(os.environ.get("POLEMOS_WRITES", "100"))
KILLS = int(os.environ.get("POLEMOS_KILLS", "4"))
WRITERS = 8
PATIENCE = 120.0
COMMAND = "from api.command import main; main()"
PART = ox.NamedNode("http://example.org/part")


@dataclass
class Kept:
    """One server after the other on the same home; killed and started again."""

    home: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""
    ready: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        options = ["--home", str(self.home), "--empty", "--writable", "--open-writes", "--port=0"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", *options, "--workers=1"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(r"at (http://\S+?)/ ", line):
                self.address = found[1]
                self.ready.set()
                return
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.ready.clear()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


@contextmanager
def kept(home: Path) -> Iterator[Kept]:
    server = Kept(home)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def subject(number: int) -> str:
    return f"http://example.org/write/{number}"


class Writers:
    """Eight writers; each write is two triples under a subject of its own.

    They go on until all killing is done, and make ``WRITES`` at the least.
    """

    def __init__(self, server: Kept) -> None:
        self.server = server
        self.acknowledged: dict[int, int] = {}
        self.killed = threading.Event()
        self._numbers = count()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def _write(self) -> None:
        while (number := self._next()) is not None:
            self.server.ready.wait(PATIENCE)
            iri = subject(number)
            first, second = (f"INSERT DATA {{ <{iri}> <{PART.value}> {part} }}" for part in (1, 2))
            try:
                answer = httpx.post(
                    f"{self.server.address}/sparql",
                    content=f"{first} ; {second}",
                    headers={"Content-Type": "application/sparql-update"},
                    timeout=PATIENCE,
                )
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            assert answer.status_code == 200, answer.text
            self.acknowledged[number] = int(answer.headers["Polemos-Version"])

    def _next(self) -> int | None:
        with self._lock:
            number = next(self._numbers)
        return None if number >= WRITES and self.killed.is_set() else number


def test_what_was_acknowledged_is_there_whole_and_logged(tmp_path: Path) -> None:
    chance = random.Random(26)
    with kept(tmp_path) as server:
        writers = Writers(server)
        writers.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.2, 1.5))
            server.kill()
            server.start()
        writers.killed.set()
        writers.join()
    with kept(tmp_path):
        pass  # started once more, so that the log agrees
    check(tmp_path, writers.acknowledged)


def check(home: Path, acknowledged: dict[int, int]) -> None:
    versions = Versions(home)
    current = versions.current()
    assert current is not None
    parts = Counter(str(quad.subject)[1:-1] for quad in current.read().quads(None, PART))
    assert set(parts.values()) == {2}
    assert {subject(number) for number in acknowledged} <= set(parts)
    held = {entry["id"]: entry for version in versions.all() for entry in written(version)}
    logged = [entry for entry in WriteLog(home).entries() if entry["outcome"] == "published"]
    assert {entry["id"]: entry for entry in logged} == held
    assert len(logged) == len(held) == len(parts)
    for number, version in acknowledged.items():
        (entry,) = (entry for entry in logged if f"<{subject(number)}>" in entry["text"])
        assert entry["version"] == version
