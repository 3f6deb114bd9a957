"""The statements of a load, made when they are needed: what its rows share, and chunks of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import polars as pl
import pyoxigraph as ox

from graph.closure import closed
from graph.engine.store import Reading
from graph.loading.plan import NEXT, NEXT_FROM, PREVIOUS
from graph.sources.source import ROW_ID, Dataset, Naming, Reference, Source
from graph.sources.statements import about, node, typed, written
from graph.vocabulary import DCTERMS, POL, PROV, RDF, RDFS, SKOS, XSD, entity

CHUNK = 5_000
"""Rows written, and validated, at a time."""


@dataclass(frozen=True)
class Chunks(Sequence[bytes]):
    """The events and records of rows as N-Quads; a chunk is written anew when it is asked for."""

    source: Source
    naming: Naming
    rows: pl.DataFrame
    size: int = CHUNK

    def __len__(self) -> int:
        return -(-len(self.rows) // self.size)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(at, slice):
            return Chunks(self.source, self.naming, self.rows[self._rows(at)], self.size)
        if not 0 <= at < len(self):
            raise IndexError(at)
        some = self.rows.slice(at * self.size, self.size)
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

    def _rows(self, at: slice) -> slice:
        start, stop, step = at.indices(len(self))
        if step != 1:
            raise IndexError(at)
        return slice(start * self.size, stop * self.size)

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
    """What the rows share: the quads to have, and labels that a newer name replaces."""

    quads: tuple[ox.Quad, ...]
    replaced: tuple[ox.Quad, ...]


def shared_nodes(
    graph: Reading, source: Source, rows: pl.DataFrame, reference: Reference, *, newest: bool
) -> SharedNodes:
    """What rows share, fitted to what the graph holds: one name a thing, the newest release's.

    The names it had, or has in an older release, become other names (skos:altLabel).
    """
    given = tuple(ox.parse(source.shared(rows, reference), ox.RdfFormat.N_QUADS))
    quads: list[ox.Quad] = []
    replaced: list[ox.Quad] = []
    for quad in given:
        held = _other_labels(graph, quad) if quad.predicate == RDFS.label else []
        if not held:
            quads.append(quad)
        elif newest:
            replaced += held
            quads += [quad, *map(_other_name, held)]
        else:
            quads += [*held, _other_name(quad)]
    return SharedNodes(tuple(quads), tuple(replaced))


def _other_labels(graph: Reading, label: ox.Quad) -> list[ox.Quad]:
    """The labels that the graph has instead of one; none where it has this one or no other."""
    held = list(graph.quads(label.subject, RDFS.label, None, ox.DefaultGraph()))
    return [] if label in held else held


def _other_name(label: ox.Quad) -> ox.Quad:
    return ox.Quad(label.subject, SKOS.altLabel, label.object, label.graph_name)


def stubs(graph: Reading, quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """The types of the reference entities that some quads refer to and do not describe."""
    here = {quad.subject for quad in quads}
    for value in {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)} - here:
        yield from graph.quads(value, RDF.type, None, ox.DefaultGraph())
