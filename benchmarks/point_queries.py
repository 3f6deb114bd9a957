"""Distinct point queries a second over HTTP: Polemos, Oxigraph's own server, rdflib-endpoint.

Run: ``python -m benchmarks.point_queries [--seconds 10]``; it needs wrk (Debian's package of that
name) and the dependency group ``benchmarks``. The three serve the same synthetic triples, one after
another on this machine; no text is sent twice, and each server is warm before it is measured. The
row that it appends to benchmarks/results.md says on what machine.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.machine import described
from benchmarks.results import append
from graph.engine.versions import Versions
from graph.formats import RDF_FORMATS

EVENTS = 50_000
CONNECTIONS = 32
SCRIPT = Path(__file__).parent / "point_queries.lua"
BIN = Path(sys.executable).parent
POL = "https://w3id.org/polemos/ontology#"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True)
class Server:
    """A server to measure: its name, how it is started, and the path of its endpoint."""

    name: str
    command: list[str]
    port: int
    path: str


def triples() -> Iterator[ox.Quad]:
    """Synthetic events, each with a type, a label and a number."""
    for number in range(EVENTS):
        event = ox.NamedNode(f"https://w3id.org/polemos/id/event/synthetic-{number}")
        yield ox.Quad(event, TYPE, ox.NamedNode(POL + "Attack"))
        yield ox.Quad(event, LABEL, ox.Literal(f"Synthetic event {number}", language="en"))
        yield ox.Quad(event, ox.NamedNode(POL + "pointValue"), ox.Literal(number))


def prepare(folder: Path) -> list[Server]:
    """Write the triples for each server, and say how each is started."""
    versions = Versions(folder / "home")
    with versions.draft(None) as draft:
        draft.extend(triples())
        version = draft.publish("synthetic")
    file = folder / "synthetic.nt"
    with file.open("wb") as stream:
        version.read().dump(stream, RDF_FORMATS["ntriples"])
    location = str(folder / "oxigraph")
    oxigraph = str(BIN / "oxigraph")
    subprocess.run([oxigraph, "load", "--location", location, "--file", str(file)], check=True)
    polemos = [str(BIN / "polemos"), "serve", "--home", str(folder / "home"), "--port", "8101"]
    return [
        Server("Polemos", [*polemos, "--workers", "2"], 8101, "/sparql"),
        Server(
            "Oxigraph",
            [oxigraph, "serve-read-only", "--location", location, "--bind", "127.0.0.1:8102"],
            8102,
            "/query",
        ),
        Server(
            "rdflib-endpoint",
            [
                str(BIN / "rdflib-endpoint"),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "8103",
                str(file),
            ],
            8103,
            "/",
        ),
    ]


@contextmanager
def running(server: Server) -> Iterator[None]:
    """Run a server for as long as the block lasts."""
    process = subprocess.Popen(server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(server, process)
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server listens; raises RuntimeError where it ends before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{server.name} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{server.name} does not listen on port {server.port}")


def rate(server: Server, seconds: int, mode: str) -> float:
    """Answers a second that wrk counts; raises RuntimeError where one is no success."""
    address = f"http://127.0.0.1:{server.port}{server.path}"
    told = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), address, mode],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{server.name}: {told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]


def measured(server: Server, seconds: int) -> tuple[float, float]:
    """Distinct queries a second, and one query repeated."""
    with running(server):
        rate(server, 3, "warm")
        return rate(server, seconds, "distinct"), rate(server, seconds, "repeated")


def main() -> None:
    """Measure the three and write the row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        rates = {server.name: measured(server, seconds) for server in prepare(Path(folder))}
    own = rates["Polemos"]
    for name, (distinct, repeated) in rates.items():
        append(
            "point-queries",
            ("server", "distinct/s", "Polemos ÷ it", "repeated/s", "Polemos ÷ it", "machine"),
            (
                name,
                f"{distinct:,.0f}",
                f"{own[0] / distinct:.2f}",
                f"{repeated:,.0f}",
                f"{own[1] / repeated:.2f}",
                described(),
            ),
        )


if __name__ == "__main__":
    main()
