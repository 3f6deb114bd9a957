"""Exports of a graph of made-up events, by the command and over HTTP: rate and peak of memory.

Run: ``python -m benchmarks.export_events EVENTS [--home HOME] [--only FORMAT …]``. The graph
(``synthetic_events.py``) is published in HOME, or in a folder that goes afterwards. Each format is
written to a file by ``polemos export``, then read from ``polemos serve`` by this process, which
keeps nothing of it. Peaks are of all processes of the command, or of the server with its workers
and the process that writes, with shared pages counted once; what a process maps of the store's
files counts while it is in memory. Rows go to results.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks import results
from benchmarks.machine import described
from benchmarks.measured import Watch, run
from benchmarks.synthetic_events import publish
from graph.engine.versions import Versions

FORMATS = ("nquads", "edges-csv", "gexf", "graphml", "geojson")
POLEMOS = str(Path(sys.executable).with_name("polemos"))
PORT = 8797
COLUMNS = (
    *("Events", "Format", "By", "Seconds", "Processor s", "Events/s", "File MB", "Peak MB"),
    *("Load average", "Machine"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One export: how long it took, how large it was, what it used."""

    seconds: float
    busy: float
    megabytes: float
    peak: float


def by_command(home: Path, format: str, folder: Path) -> Written:
    """Write to a file."""
    file = folder / "export"
    measured = run([POLEMOS, "export", format, "--home", str(home), "--output", str(file)])
    size = file.stat().st_size / 1e6
    file.unlink()
    return Written(measured.seconds, measured.busy, size, measured.peak)


@contextmanager
def server(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A server of the graph."""
    command = [POLEMOS, "serve", "--home", str(home), "--port", str(PORT)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            _wait()
            yield process
        finally:
            process.terminate()


def _wait() -> None:
    for _ in range(600):
        try:
            if httpx.get(f"http://127.0.0.1:{PORT}/ready").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("The server does not get ready.")


def over_http(home: Path, format: str) -> Written:
    """Read from a server that was started for it."""
    with server(home) as process:
        watch = Watch()
        thread = threading.Thread(target=watch.follow, args=(process,), daemon=True)
        thread.start()
        began, size = time.perf_counter(), 0
        address = f"http://127.0.0.1:{PORT}/exports/{format}"
        with httpx.stream(
            "GET", address, timeout=None, headers={"Accept-Encoding": "identity"}
        ) as answer:
            answer.raise_for_status()
            for piece in answer.iter_raw():
                size += len(piece)
        seconds = time.perf_counter() - began
    thread.join()
    return Written(seconds, sum(watch.busy.values()), size / 1e6, watch.peak)


def keep(events: int, format: str, way: str, written: Written) -> None:
    """Add a row to the results."""
    cells = (
        *(f"{events:,}", format, way, f"{written.seconds:.0f}", f"{written.busy:.0f}"),
        *(f"{events / written.seconds:,.0f}", f"{written.megabytes:,.0f}", f"{written.peak:.0f}"),
        *(f"{os.getloadavg()[0]:.1f}", described()),
    )
    results.append("Exports of synthetic events", COLUMNS, cells)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure exports of synthetic events.")
    parser.add_argument("events", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--home", type=Path, help="where the graph is, or is to be kept")
    parser.add_argument("--only", nargs="*", default=FORMATS, help="formats")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "home"
        if Versions(home).current() is None:
            publish(home, given.events)
        for format in given.only:
            keep(given.events, format, "command", by_command(home, format, Path(folder)))
            keep(given.events, format, "HTTP", over_http(home, format))


if __name__ == "__main__":
    main()
