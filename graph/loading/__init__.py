"""From the files of a dataset's release to a new version of the graph.

A load is a draft of the current version: the rows are read, compared with what the graph holds,
validated, written and published. A file loaded twice changes nothing; a newer release revises the
records of an older one. Whatever goes wrong, and whenever the process is killed, the version that
was published stays.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox

from graph.engine.versions import Draft, Version, Versions
from graph.errors import NotFound
from graph.finding import Finding, Severity
from graph.formats import RDF_FORMATS
from graph.loading import quality, visibility
from graph.loading.content import CHUNK, Chunks, SharedNodes, described, shared_nodes
from graph.loading.held import Held, held, reference
from graph.loading.plan import Plan, plan
from graph.loading.supersession import Superseded, supersede
from graph.progress import Progress, Steps, silent
from graph.sources.source import Naming, Rows, Source
from graph.vocabulary import POL

STAGES = ("read", "plan", "entities", "compare", "supersede", "validate", "write", "publish")
"""Rows are written while they are validated; of the seconds, only the rest is validation's."""
MOST_BROKEN = 0.01
N_QUADS = RDF_FORMATS["nquads"]


@dataclass(frozen=True)
class Release:
    """The files of one release. ``known_from`` is the day from which it could be known."""

    name: str
    files: tuple[Path, ...]
    known_from: date
    address: str = ""
    """Where the files were downloaded from, if they were."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to; ``version`` is the current one now, new where ``published``.

    ``counts`` are of rows, records and findings, ``revised_by`` of revised rows by column.
    """

    version: int
    published: bool
    counts: Mapping[str, int]
    revised_by: Mapping[str, int]
    seconds: Mapping[str, float]
    report: Path | None


def load(
    home: Path,
    source: Source,
    release: Release,
    progress: Progress = silent,
    *,
    most_broken: float = MOST_BROKEN,
    report: Path | None = None,
) -> Loaded:
    """Load a release of a dataset on top of the current version and publish the outcome.

    A restricted dataset goes to the restricted home, a public one to both where there are both; the
    outcome told is that of ``home`` then. Broken rows are left out, counted, and written to
    ``report`` (by default under the home).
    Raises NotFound where no graph was built yet, InvalidInput where a file is none of the source's,
    Refused where the release was loaded with other rows, and ValidationFailed where more than
    ``most_broken`` (a share) of the rows are broken or what is made of them breaks a shape.
    """
    beside = visibility.restricted_home(home)
    if source.dataset.restricted:
        visibility.begin(home, beside)
        return _into(beside, source, release, progress, most_broken, report)
    loaded = _into(home, source, release, progress, most_broken, report)
    if beside != home.absolute() and visibility.is_begun(beside):
        _into(beside, source, release, progress, most_broken, report)
    return loaded


def _into(
    home: Path,
    source: Source,
    release: Release,
    progress: Progress,
    most_broken: float,
    report: Path | None,
) -> Loaded:
    steps = Steps(progress)
    versions = Versions(home)
    with versions.draft() as draft:
        if draft.parent is None:
            raise NotFound(f"There is no graph in {home} yet. Run “polemos build” first.")
        with steps.one("read"):
            rows = source.read(release.files)
        where = report or home / "reports" / f"{source.dataset.slug}-{release.name}-broken.csv"
        if len(rows.broken):
            quality.write_report(rows, where)
        quality.refuse_broken(rows, most_broken, where)
        return _Load(source, release, rows, where, draft, draft.parent, steps).run()


@dataclass(frozen=True)
class _Load:
    """One load, once its rows are read."""

    source: Source
    release: Release
    rows: Rows
    report: Path
    draft: Draft
    parent: Version
    steps: Steps

    @property
    def naming(self) -> Naming:
        return Naming(self.source.dataset, self.release.name)

    def run(self) -> Loaded:
        with self.steps.one("plan"):
            known = held(self.draft, self.source.dataset)
            day = known.releases.get(self.release.name, str(self.release.known_from))
            complete = self.source.complete(self.release.name)
            planned = plan(self.rows.sound, self.naming, day, known, complete)
        if planned.is_empty and self.release.name in known.releases:
            return self._unchanged(planned)
        with self.steps.one("entities"):
            shared = self._shared(planned, day, known)
        superseded = supersede(
            self.draft, self.source, self.naming, planned, day, self.rows.sound, self.steps
        )
        findings = self._write(planned, shared)
        counts = self._counts(planned, superseded, findings)
        return self._publish(counts, superseded)

    def _shared(self, planned: Plan, day: str, known: Held) -> SharedNodes:
        """What the new rows share, with the dataset and the release."""
        newest = all(day >= other for other in known.releases.values())
        release = described(
            self.source.dataset,
            self.release.name,
            day,
            tuple(map(_sha256, self.release.files)),
            self.release.address,
        )
        text = self.source.shared(planned.rows, reference(self.draft))
        file = self.draft.folder / "shared.nq"
        return shared_nodes(self.draft, text, release, file, newest=newest)

    def _write(self, planned: Plan, shared: SharedNodes) -> tuple[Finding, ...]:
        """Write everything, and validate it meanwhile; gives the findings, which are kept."""
        release = self.source.dataset.release(self.release.name)
        self.draft.remove(shared.replaced)
        self.draft.extend(
            ox.Quad(ox.NamedNode(record), POL.repeatedIn, release) for record in planned.repeated
        )
        chunks = Chunks(self.source, self.naming, planned.rows)
        seconds = self.steps.seconds
        with self.steps.timed("validate"):
            parts = _Written(chunks, shared, self.draft, self.steps)
            found = quality.row_findings(self.draft, parts, shared, self.steps.progress)
        seconds["validate"] -= seconds["write"]
        findings = (*quality.broken_findings(self.rows, self.naming), *found)
        quality.keep(self.draft, findings)
        return findings

    def _counts(
        self, planned: Plan, superseded: Superseded, findings: Sequence[Finding]
    ) -> dict[str, int]:
        revised = len(planned.revising)
        severities = Counter(each.severity for each in findings)
        return {
            "rows": len(self.rows),
            "added": len(planned.rows) - revised,
            "revised": revised,
            "repeated": len(planned.repeated),
            "present": planned.present,
            "gone": superseded.gone,
            "broken": len(self.rows.broken),
            "warnings": severities[Severity.WARNING],
            "infos": severities[Severity.INFO],
        }

    def _publish(self, counts: Mapping[str, int], superseded: Superseded) -> Loaded:
        name = f"{self.source.dataset.slug} {self.release.name}"
        facts = {
            "load": {
                "dataset": self.source.dataset.slug,
                "release": self.release.name,
                "files": {path.name: _sha256(path) for path in self.release.files},
            },
            "counts": dict(counts),
            "revised_by": superseded.revised_by,
            "seconds": self.steps.seconds,
        }
        with self.steps.one("publish"):
            version = self.draft.publish(f"load {name}", facts)
        return Loaded(
            version.number,
            True,
            counts,
            superseded.revised_by,
            self.steps.seconds,
            self.report if len(self.rows.broken) else None,
        )

    def _unchanged(self, planned: Plan) -> Loaded:
        counts = {
            "rows": len(self.rows),
            "present": planned.present,
            "broken": len(self.rows.broken),
        }
        report = self.report if len(self.rows.broken) else None
        return Loaded(self.parent.number, False, counts, {}, self.steps.seconds, report)


@dataclass(frozen=True)
class _Written:
    """Chunks that are written as they are taken: each once the next is asked for, after what the
    rows share."""

    chunks: Chunks
    shared: SharedNodes
    draft: Draft
    steps: Steps

    def __len__(self) -> int:
        return len(self.chunks)

    def __iter__(self) -> Iterator[bytes]:
        with self.steps.timed("write"):
            self.steps.progress("write", 0, len(self))
            for piece in self.shared.pieces():
                self.draft.load_parts((piece,), N_QUADS)
            for done, chunk in enumerate(self.chunks, start=1):
                yield chunk
                self.draft.load_parts((chunk,), N_QUADS)
                self.steps.progress("write", done, len(self))


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["CHUNK", "STAGES", "Loaded", "Release", "load", "today"]
