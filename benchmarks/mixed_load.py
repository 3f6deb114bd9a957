"""64 clients with point queries and a heavy one among every hundred, on three servers in turn.

Run: ``python -m benchmarks.mixed_load [--seconds 300] [--only Polemos]``; it needs wrk (Debian's
package of that name) and the dependency group ``benchmarks``. Polemos, Oxigraph's own server and
rdflib-endpoint serve the same synthetic triples, one after the other on this machine. A row of
benchmarks/results.md has latencies by percentile, errors, and the memory and file handles of the
server's processes before the load (warm) and after it (at rest again).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.machine import described
from benchmarks.point_queries import Server, prepare, wait_for
from benchmarks.results import append

CONNECTIONS = 64
THREADS = 2
WARM_SECONDS = 5
REST_SECONDS = 5
PATIENCE_SECONDS = 60
SCRIPT = Path(__file__).parent / "mixed_load.lua"
COLUMNS = (
    "server",
    "seconds",
    "answers/s",
    "p50 ms",
    "p90 ms",
    "p99 ms",
    "p99.9 ms",
    "max ms",
    "not 200",
    "broken connections",
    "MB before → after",
    "handles before → after",
    "machine",
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a server's processes hold: memory in MB (shared pages once), open file handles."""

    memory: float
    handles: int


def use_of(process: subprocess.Popen[bytes]) -> Use:
    """What a process and all below it hold now."""
    root = psutil.Process(process.pid)
    family = [root, *root.children(recursive=True)]
    memory = sum(each.memory_full_info().pss for each in family) / 1e6
    return Use(memory, sum(each.num_fds() for each in family))


def load(server: Server, seconds: int, salt: str) -> dict[str, float | dict[str, int]]:
    """Let wrk loose; what it counted, latencies in milliseconds."""
    address = f"http://127.0.0.1:{server.port}{server.path}"
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    told = subprocess.run(
        [*command, f"--timeout={PATIENCE_SECONDS}s", "-s", str(SCRIPT), address, salt],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    line = next(line for line in told.splitlines() if line.startswith("JSON "))
    counted: dict[str, float | dict[str, int]] = json.loads(line.removeprefix("JSON "))
    return counted


def measure(server: Server, seconds: int) -> tuple[str, ...]:
    """The row of a server."""
    process = subprocess.Popen(server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(server, process)
        load(server, WARM_SECONDS, "warm")
        time.sleep(REST_SECONDS)
        before = use_of(process)
        counted = load(server, seconds, "load")
        time.sleep(REST_SECONDS)
        after = use_of(process)
    finally:
        process.terminate()
        process.wait(30)
    return row(server, counted, before, after)


def row(
    server: Server, counted: dict[str, float | dict[str, int]], before: Use, after: Use
) -> tuple[str, ...]:
    """What was measured, in words."""
    statuses = counted.pop("statuses")
    assert isinstance(statuses, dict)
    figures = {name: float(value) for name, value in counted.items()}  # type: ignore[arg-type]  # only statuses is none
    failed = {status: count for status, count in statuses.items() if status != "200"}
    return (
        server.name,
        f"{figures['seconds']:.0f}",
        f"{figures['requests'] / figures['seconds']:,.0f}",
        *(f"{figures[name]:,.1f}" for name in ("p50", "p90", "p99", "p999", "max")),
        ", ".join(f"{count} × {status}" for status, count in sorted(failed.items())) or "0",
        f"{figures['errors']:.0f}",
        f"{before.memory:,.0f} → {after.memory:,.0f}",
        f"{before.handles} → {after.handles}",
        described(),
    )


def main() -> None:
    """Measure one server after the other and write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--only", help="the name of the one server to measure")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for server in prepare(Path(folder)):
            if arguments.only in (None, server.name):
                append("mixed-load", COLUMNS, measure(server, arguments.seconds))


if __name__ == "__main__":
    main()
