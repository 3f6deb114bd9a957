"""What the loading asks of a source: how its files are read and how its rows become statements.

A row passes through three forms. In a file it is cells of text; :attr:`Source.read` makes of it a
row of a frame with the columns and types that the source documents, or sets it aside as broken;
:attr:`Source.facts` and its like make N-Quads of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from graph.progress import Progress
from graph.vocabulary import ID, entity

ROW_ID = "record_id"
"""The column of a row's identifier, a text that is the same in all releases."""
ROW_HASH = "record_hash"
"""The column of the digest of what a row says."""


@dataclass(frozen=True)
class Rows:
    """The rows of some files: the sound ones, and those set aside.

    ``sound`` has the source's columns, :data:`ROW_ID` and :data:`ROW_HASH`. ``broken`` has a row
    for each row set aside: ``file``, ``row`` (counted from 1, the header aside), ``record_id`` as
    far as it could be read, ``reason``, and the cells as they stand.
    """

    sound: pl.DataFrame
    broken: pl.DataFrame

    def __len__(self) -> int:
        return len(self.sound) + len(self.broken)


@dataclass(frozen=True)
class Reference:
    """The entities that the graph already has, by the codes that datasets use.

    ``regions`` has the first-level regions of a country by their names, in lower case.
    """

    countries: Mapping[int, str] = field(default_factory=dict)
    """The IRI of a country by its Gleditsch-Ward number."""
    states: Mapping[int, str] = field(default_factory=dict)
    """The IRI of a state by the Gleditsch-Ward number of its territory."""
    regions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    fips: Mapping[str, str] = field(default_factory=dict)
    """The IRI of a country by its code of FIPS 10-4."""
    iso: Mapping[int, str] = field(default_factory=dict)
    """The IRI of a country by its number of ISO 3166-1."""


@dataclass(frozen=True)
class Dataset:
    """A dataset as the graph describes it; ``slug`` is its part in IRIs.

    ``restricted`` says that its licence forbids to show its rows in public.
    """

    slug: str
    label: str
    licence: str
    page: str
    citation: str
    restricted: bool = False

    @property
    def node(self) -> ox.NamedNode:
        """The dataset."""
        return entity("dataset", self.slug)

    def release(self, name: str) -> ox.NamedNode:
        """One of its releases."""
        return entity("release", f"{self.slug}/{name}")

    def graph(self, name: str) -> ox.NamedNode:
        """The named graph of what a release said and a later one no longer says."""
        return entity("graph", f"{self.slug}/{name}")

    def records(self, name: str) -> str:
        """What the IRIs of a release's records begin with."""
        return f"{ID}record/{self.slug}/{name}/"


@dataclass(frozen=True)
class Naming:
    """The release that rows are written for, and the graph their facts go to (None: default)."""

    dataset: Dataset
    release: str
    graph: ox.NamedNode | None = None


@dataclass(frozen=True)
class Source:
    """A dataset and the way from its files into the graph."""

    dataset: Dataset
    read: Callable[[Sequence[Path]], Rows]
    """Reads the files of one release; raises InvalidInput where one is no such file."""
    release_in: Callable[[str], str | None]
    """The release that a file's name tells, if it does."""
    published: Callable[[str], date | None]
    """The day on which a release was published, where that is known."""
    complete: Callable[[str], bool]
    """Whether what a release leaves out of its coverage is withdrawn by that."""
    address: Callable[[str], str]
    """Where a release is to be had, below the publisher's address; raises InvalidInput."""
    publisher: str
    fetch: Callable[[str, str, Path, Progress], Path] | None
    """Fetches a release through an API: its name, the user's token, the folder to save it in."""
    token: str
    """The environment variable that holds the user's token for the API."""
    facts: Callable[[pl.DataFrame, Naming], bytes]
    """The events with their quantities: what holds as long as no later release revises it."""
    records: Callable[[pl.DataFrame, Naming], bytes]
    """The records of the rows, which stay."""
    shared: Callable[[pl.DataFrame, Reference], bytes]
    """What rows have in common: actors, places, time spans, outlets."""
    columns: Path
    """A SELECT of what the graph holds of records, in the source's columns, with ``?record``."""
    covered: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
    """Of rows that the graph holds, those that a release with the other rows would have, too."""
