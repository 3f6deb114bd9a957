"""A million synthetic events: loaded, then asked of the running server over HTTP.

Run: ``python -m benchmarks.million_events [ROWS] [--folder DIR]``. The rows are synthetic
(``synthetic_ged.py``). After the load come a count of events by year and actor
(``events_by_year_and_actor.rq``), a point query (``one_event.rq``) and the page of an event, each
asked of ``polemos serve`` on this machine; no text is sent twice to a point query or page. A row of
``results.md`` has seconds, processor seconds of all processes of the server, and peaks of memory.
It takes 6 KB of disk a row, in a temporary folder (``--folder``: where to make it).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks import results
from benchmarks.machine import described
from benchmarks.measured import run
from benchmarks.point_queries import BIN, Server, wait_for
from benchmarks.synthetic_ged import write
from graph.build import build
from graph.vocabulary import ID

HERE = Path(__file__).parent
PORT = 8104
SAMPLE = 200
"""Events asked for, one at a time."""
FIRST_ID = 90_000_000
PATIENCE = 600.0
"""Seconds that the one long query may take."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How long answers took: the median in milliseconds, and processor milliseconds of each."""

    median: float
    busy: float


def busy(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds that a server and all below it have used."""
    root = psutil.Process(process.pid)
    times = [each.cpu_times() for each in (root, *root.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def ask(
    process: subprocess.Popen[bytes], requests: Sequence[Callable[[], httpx.Response]]
) -> Answered:
    """Send requests one after the other; raises HTTPStatusError where one is no success."""
    before, times = busy(process), []
    for request in requests:
        began = time.perf_counter()
        request().raise_for_status()
        times.append(1_000 * (time.perf_counter() - began))
    return Answered(statistics.median(times), 1_000 * (busy(process) - before) / len(requests))


def served(home: Path, rows: int) -> tuple[dict[str, Answered], float]:
    """The answers of a server over a home, by what was asked, and its memory in MB after them."""
    command = [str(BIN / "polemos"), "serve", "--home", str(home), "--port", str(PORT)]
    command += ["--workers", "2", "--timeout", str(PATIENCE), "--memory", "8192"]
    chosen = random.Random(5).sample(range(FIRST_ID, FIRST_ID + rows), 2 * SAMPLE)
    events = [f"{ID}event/ucdp-{number}" for number in chosen]
    by_year = (HERE / "events_by_year_and_actor.rq").read_text("utf-8")
    one = (HERE / "one_event.rq").read_text("utf-8")
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=PATIENCE) as client,
    ):
        try:
            wait_for(Server("Polemos", command, PORT, "/sparql"), process)

            def query(text: str) -> Callable[[], httpx.Response]:
                return lambda: client.post("/sparql", data={"query": text})

            def page(event: str) -> Callable[[], httpx.Response]:
                path = event.replace(ID, "/id/")
                headers = {"Accept": "text/html"}
                return lambda: client.get(path, headers=headers, follow_redirects=True)

            answered = {
                "count by year and actor": ask(process, [query(by_year)]),
                "point query": ask(
                    process, [query(one.replace("EVENT", f"<{each}>")) for each in events[:SAMPLE]]
                ),
                "entity page": ask(process, [page(each) for each in events[SAMPLE:]]),
            }
            root = psutil.Process(process.pid)
            family = (root, *root.children(recursive=True))
            return answered, sum(each.memory_full_info().pss for each in family) / 1e6
        finally:
            process.terminate()


def main() -> None:
    """Load, ask, and keep the row."""
    parser = argparse.ArgumentParser(description="Measure a graph of a million synthetic events.")
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to make the temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        home = folder / "home"
        build(home)
        file = write(given.rows, folder)
        step = [sys.executable, "-m", "benchmarks.load_ged", "--step", "load", str(home), str(file)]
        loaded = run(step)
        file.unlink()
        size = sum(each.stat().st_size for each in home.rglob("*") if each.is_file()) / 1e9
        answered, memory = served(home, given.rows)
    columns, cells = (
        ["Rows", "Load s", "Load processor s", "Load peak MB", "Disk GB"],
        [
            f"{given.rows:,}",
            f"{loaded.seconds:.0f}",
            f"{loaded.busy:.0f}",
            f"{loaded.peak:.0f}",
            f"{size:.1f}",
        ],
    )
    for what, each in answered.items():
        columns += [f"{what}, ms", f"{what}, processor ms"]
        cells += [f"{each.median:,.1f}", f"{each.busy:,.1f}"]
    columns += ["Server MB", "Load average", "Machine"]
    cells += [f"{memory:.0f}", f"{os.getloadavg()[1]:.1f}", described()]
    results.append("A million events", columns, cells)


if __name__ == "__main__":
    main()
