"""The statements of a load, made when they are needed: what its rows share, and chunks of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.bulk_validation.columns import text_of
from graph.closure import closed
from graph.engine.store import Reading
from graph.loading.plan import NEXT, NEXT_FROM, PREVIOUS
from graph.sources.source import ROW_ID, Dataset, Naming, Source
from graph.sources.statements import about, node, typed, written
from graph.vocabulary import DCTERMS, POL, PROV, RDF, RDFS, SKOS, XSD, entity

CHUNK = 10_000
"""Rows written, and validated, at a time: larger ones are quicker, and take more memory."""
PIECE = 64 * 1024**2
"""Bytes of what rows share that are written at a time."""


@dataclass(frozen=True)
class Chunks:
    """The events and records of rows as N-Quads; a chunk is written when it is asked for."""

    source: Source
    naming: Naming
    rows: pl.DataFrame
    size: int = CHUNK

    def __len__(self) -> int:
        return -(-len(self.rows) // self.size)

    def __iter__(self) -> Iterator[bytes]:
        return map(self._chunk, self.rows.iter_slices(self.size)) if len(self) else iter(())

    def _chunk(self, some: pl.DataFrame) -> bytes:
        standing = some.filter(pl.col(NEXT).is_null())
        older = some.filter(pl.col(NEXT).is_not_null())
        aside = Naming(self.naming.dataset, self.naming.release, self._put_aside)
        return b"".join(
            (
                self.source.facts(standing, self.naming),
                self.source.facts(older, aside),
                self.source.records(some, self.naming),
                _revisions(some, self.naming),
            )
        )

    @property
    def _put_aside(self) -> ox.NamedNode:
        """Where the facts go that a later release, loaded before, revises."""
        return self.naming.dataset.graph(self.naming.release)


def _revisions(rows: pl.DataFrame, naming: Naming) -> bytes:
    record = node("record", f"{naming.dataset.slug}/{naming.release}/", pl.col(ROW_ID))
    previous = pl.concat_str([pl.lit("<"), pl.col(PREVIOUS), pl.lit(">")])
    return written(
        rows,
        [
            about(
                record,
                (PROV.wasRevisionOf, previous),
                (POL.supersededOn, typed(pl.col(NEXT_FROM), "date")),
            )
        ],
    )


def described(
    dataset: Dataset, release: str, known_from: date | str, digests: Sequence[str], address: str
) -> tuple[ox.Quad, ...]:
    """A dataset and its release; ``digests`` are those of the files, ``address`` may be empty."""
    named = dataset.release(release)
    label = f"{dataset.slug.upper().replace('-', ' ')} {release}"
    said: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (dataset.node, RDF.type, POL.Dataset),
        (dataset.node, RDFS.label, ox.Literal(dataset.label, language="en")),
        (dataset.node, DCTERMS.license, ox.NamedNode(dataset.licence)),
        (dataset.node, DCTERMS.bibliographicCitation, ox.Literal(dataset.citation)),
        (dataset.node, RDFS.seeAlso, ox.NamedNode(dataset.page)),
        (named, RDF.type, POL.DatasetRelease),
        (named, RDFS.label, ox.Literal(label, language="en")),
        (named, POL.ofDataset, dataset.node),
        (named, POL.release, ox.Literal(release)),
        (named, POL.knownFrom, ox.Literal(str(known_from), datatype=XSD.date)),
        *((named, POL.fileDigest, ox.Literal(digest)) for digest in digests),
    ]
    if address:
        said.append((named, DCTERMS.source, ox.NamedNode(address)))
    if dataset.restricted:
        said.append((named, DCTERMS.license, ox.NamedNode(dataset.licence)))
        said.append((named, POL.visibility, entity("visibility", "Restricted")))
    return closed((ox.Quad(*each) for each in said), POL.quads)


@dataclass(frozen=True)
class SharedNodes:
    """What the rows share: a file of N-Quads, for there may be millions.

    ``stubs`` are the types of the reference entities that the file refers to and does not describe,
    ``replaced`` the labels that a newer name replaces.
    """

    file: Path
    stubs: tuple[ox.Quad, ...]
    replaced: tuple[ox.Quad, ...]

    def pieces(self) -> Iterator[bytes]:
        """The text in pieces of whole lines, each small enough to be sorted in memory."""
        with self.file.open("rb") as file:
            while lines := file.readlines(PIECE):
                yield b"".join(lines)


def shared_nodes(
    graph: Reading, text: bytes, release: Sequence[ox.Quad], file: Path, *, newest: bool
) -> SharedNodes:
    """What rows share and their release, fitted to what the graph holds and kept in a file.

    A thing has one name, that of the newest release. The names it had, or has in an older release,
    become other names (skos:altLabel).
    """
    renamed: dict[bytes, bytes] = {}
    replaced: list[ox.Quad] = []
    for line, label in _labels(text):
        held = _other_labels(graph, label)
        if held and newest:
            replaced += held
            renamed[line] = line + text_of(map(_other_name, held))
        elif held:
            renamed[line] = text_of((*held, _other_name(label)))
    if renamed:
        text = b"".join(renamed.get(line, line) for line in BytesIO(text))
    text += text_of(release)
    file.write_bytes(text)
    return SharedNodes(file, tuple(_stubs(graph, text)), tuple(replaced))


def _labels(text: bytes) -> Iterator[tuple[bytes, ox.Quad]]:
    """The lines that give a label, parsed: the others are left as they are, for they are many."""
    named = f" {RDFS.label} ".encode()
    lines = [line for line in BytesIO(text) if named in line]
    quads = ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)
    return (
        (line, quad)
        for line, quad in zip(lines, quads, strict=True)
        if quad.predicate == RDFS.label
    )


def _other_labels(graph: Reading, label: ox.Quad) -> list[ox.Quad]:
    """The labels that the graph has instead of one; none where it has this one or no other."""
    held = list(graph.quads(label.subject, RDFS.label, None, ox.DefaultGraph()))
    return [] if label in held else held


def _other_name(label: ox.Quad) -> ox.Quad:
    return ox.Quad(label.subject, SKOS.altLabel, label.object, label.graph_name)


def _stubs(graph: Reading, text: bytes) -> Iterator[ox.Quad]:
    """The types of the reference entities that N-Quads refer to and do not describe."""
    described: set[bytes] = set()
    referred: set[bytes] = set()
    for line in BytesIO(text):
        subject, _, rest = line.split(b" ", 2)
        described.add(subject)
        if rest.startswith(b"<"):
            referred.add(rest.split(b" ", 1)[0])
    for iri in referred - described:
        yield from graph.quads(ox.NamedNode(iri[1:-1].decode()), RDF.type, None, ox.DefaultGraph())
