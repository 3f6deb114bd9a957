"""A release of UCDP GED from CSV to a published, validated version, beside other ways to do it.

Run from the project's folder: ``python -m benchmarks.load_ged ROWS [--sample ROWS]
[--morph-kgc PYTHON] [--morph-rows ROWS]``. The rows are synthetic (``synthetic_ged.py``). Three
ways, one after the other, each in processes of its own whose time and memory are measured:

- ``polemos load``: read, compare with what is there, validate, write, publish;
- rdflib and pySHACL alone, on ``--sample`` rows: read the statements that the load makes of them,
  as N-Quads, and validate them against the same shapes; nothing is mapped and nothing written;
- morph-kgc with ``ged.yarrrml.yml``, then ``oxigraph load``: nothing is validated. morph-kgc needs
  rdflib and pyoxigraph of other versions than this project, and so an environment of its own:
  ``uv venv DIR; uv pip install --python DIR/bin/python morph-kgc``.

What runs on fewer rows is scaled to all of them in proportion. ``results.md`` keeps the outcome;
processor time is that of all processes, and says more than seconds where others use the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import results
from benchmarks.machine import described as described_machine
from benchmarks.measured import Measured, run
from benchmarks.synthetic_ged import write
from graph.build import build
from graph.closure import closed
from graph.files import Sources
from graph.loading import Release, load
from graph.loading.content import described
from graph.sources import find_source
from graph.sources.source import Naming, Reference
from graph.turtle import read_rdf
from graph.validation import validate
from graph.vocabulary import POL

HERE = Path(__file__).parent
SELF = (sys.executable, "-m", "benchmarks.load_ged")
RELEASE = "synthetic"
DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do it: what was measured on how many rows."""

    name: str
    rows: int
    measured: Measured
    stages: str


def load_rows(home: Path, file: Path) -> None:
    """Load a file on top of the graph in ``home``; print the seconds of each stage."""
    times: dict[str, list[float]] = {}

    def progress(step: str, done: int, total: int) -> None:
        times.setdefault(step, []).append(time.perf_counter())

    load(home, find_source("ucdp"), Release(RELEASE, (file,), DAY), progress)
    print(json.dumps({step: at[-1] - at[0] for step, at in times.items()}))


def statements(file: Path, out: Path) -> None:
    """Write what the load makes of a file as N-Quads, with the release and the code lists."""
    source = find_source("ucdp")
    rows = source.read((file,)).sound
    naming = Naming(source.dataset, RELEASE)
    around = [quad for path in Sources().codes for quad in read_rdf(path).quads]
    around += described(source.dataset, RELEASE, DAY, (), "")
    with out.open("wb") as stream:
        for part in (source.facts, source.records):
            stream.write(part(rows, naming))
        stream.write(source.shared(rows, Reference()))
        stream.write("".join(f"{quad} .\n" for quad in closed(around, POL.quads)).encode())


def alone(file: Path) -> None:
    """Validate a file of N-Quads by rdflib and pySHACL."""
    from pyoxigraph import RdfFormat, parse

    shapes = [quad for path in Sources().shapes for quad in read_rdf(path).quads]
    print(len(validate(parse(path=file, format=RdfFormat.N_QUADS), shapes)))


def ours(folder: Path, file: Path, rows: int) -> Way:
    """The load itself, after a build that is not measured."""
    home = folder / "home"
    build(home)
    measured = run([*SELF, "--step", "load", str(home), str(file)])
    seconds = json.loads(measured.output.splitlines()[-1])
    return Way("polemos load", rows, measured, _told(seconds))


def rdflib_alone(folder: Path, sample: int) -> Way:
    """rdflib and pySHACL on a sample."""
    file, out = write(sample, folder, seed=2), folder / "sample.nq"
    statements(file, out)
    measured = run([*SELF, "--step", "alone", str(out)])
    return Way("rdflib with pySHACL, neither mapping nor writing", sample, measured, "")


def morph_and_oxigraph(folder: Path, file: Path, rows: int, python: str) -> Way:
    """morph-kgc, then Oxigraph's own loader."""
    mapping, settings, out = (folder / name for name in ("ged.yml", "morph.ini", "morph.nt"))
    mapping.write_text((HERE / "ged.yarrrml.yml").read_text("utf-8").replace("FILE", str(file)))
    settings.write_text(
        f"[CONFIGURATION]\noutput_file: {out}\nlogging_level: ERROR\n[Rows]\nmappings: {mapping}\n"
    )
    mapped = run([python, "-m", "morph_kgc", str(settings)])
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    store = folder / "oxigraph"
    stored = run([oxigraph, "load", "--location", str(store), "--file", str(out)])
    both = Measured(
        mapped.seconds + stored.seconds,
        mapped.busy + stored.busy,
        max(mapped.peak, stored.peak),
        "",
    )
    stages = _told({"morph-kgc": mapped.seconds, "oxigraph load": stored.seconds})
    return Way("morph-kgc and Oxigraph's loader, without validation", rows, both, stages)


def _told(seconds: dict[str, float]) -> str:
    return ", ".join(f"{stage} {each:.1f}" for stage, each in seconds.items() if each >= 0.05)


def ways(folder: Path, given: argparse.Namespace) -> Iterator[Way]:
    """The three ways, one after the other."""
    file = write(given.rows, folder)
    yield ours(folder, file, given.rows)
    yield rdflib_alone(folder, given.sample)
    if given.morph_kgc:
        fewer = given.morph_rows or given.rows
        some = file if fewer == given.rows else write(fewer, folder, seed=3)
        yield morph_and_oxigraph(folder, some, fewer, given.morph_kgc)


COLUMNS = (
    *("Rows", "Way", "Rows measured", "Seconds", "Processor s"),
    *("Seconds, all rows", "Ratio", "Processor s, all rows", "Ratio"),
    *("Peak MB", "Stages, s", "Load average", "Machine"),
)


def keep(rows: int, measured: list[Way]) -> None:
    """Add what was measured to the results; the first way is what the others are held to."""
    base = measured[0].measured
    for way in measured:
        mine = way.measured
        scale = rows / way.rows
        cells: tuple[object, ...] = (
            *(f"{rows:,}", way.name, f"{way.rows:,}", f"{mine.seconds:.1f}", f"{mine.busy:.1f}"),
            *(f"{mine.seconds * scale:.1f}", f"{mine.seconds * scale / base.seconds:.1f}"),
            *(f"{mine.busy * scale:.1f}", f"{mine.busy * scale / base.busy:.1f}"),
            *(f"{mine.peak:.0f}", way.stages, f"{os.getloadavg()[1]:.1f}", described_machine()),
        )
        results.append("Loading synthetic UCDP GED", COLUMNS, tuple(map(str, cells)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the load of synthetic UCDP GED rows.")
    parser.add_argument("rows", type=int, nargs="?", default=418_000)
    parser.add_argument("--sample", type=int, default=1_000, help="rows for rdflib and pySHACL")
    parser.add_argument("--morph-kgc", metavar="PYTHON", help="a Python that has morph-kgc")
    parser.add_argument("--morph-rows", type=int, help="rows for morph-kgc, all by default")
    with tempfile.TemporaryDirectory() as folder:
        given = parser.parse_args()
        measured = list(ways(Path(folder), given))
    keep(given.rows, measured)


STEPS: dict[str, Callable[..., None]] = {"load": load_rows, "alone": alone}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        STEPS[sys.argv[2]](*map(Path, sys.argv[3:]))
    else:
        main()
