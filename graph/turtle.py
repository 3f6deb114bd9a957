"""Read a Turtle or TriG file, and tell where in it something is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.files import short_path
from graph.formats import RDF_FORMATS

DEFAULT = ox.DefaultGraph()
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CODECS = {format.suffix: format.codec for format in RDF_FORMATS.values()}


@dataclass(frozen=True)
class RdfFile:
    """A parsed file: its text, the quads in it and the prefixes it declares."""

    path: Path
    text: str
    quads: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file as messages show it."""
        return short_path(self.path)

    @cached_property
    def described(self) -> Mapping[ox.NamedNode, tuple[ox.Quad, ...]]:
        """The quads outside of named graphs, by subject, in the order written."""
        by_subject: dict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads:
            if quad.graph_name == DEFAULT and isinstance(quad.subject, ox.NamedNode):
                by_subject[quad.subject].append(quad)
        return {subject: tuple(quads) for subject, quads in by_subject.items()}

    def instances(self, kind: ox.NamedNode) -> list[ox.NamedNode]:
        """What is said outside of named graphs to be of a class, in the order written."""
        return [subject for subject in self.described if kind in self.values(subject, RDF_TYPE)]

    def values(
        self, subject: ox.NamedNode, predicate: ox.NamedNode
    ) -> list[ox.NamedNode | ox.Literal]:
        """The values that a subject has outside of named graphs."""
        return [
            quad.object
            for quad in self.described.get(subject, ())
            if quad.predicate == predicate and isinstance(quad.object, ox.NamedNode | ox.Literal)
        ]

    def graph_line(self, iri: str) -> int | None:
        """The line, counted from 1, on which the named graph ``iri`` opens; None if not found."""
        return self._line(self._opening(iri))

    def description_line(self, iri: str, graph: str | None = None) -> int | None:
        """The line on which a description of ``iri`` begins, the first in ``graph`` if given."""
        opening = self._opening(graph).search(self.text) if graph is not None else None
        start = opening.end() if opening is not None else 0
        written = self._written(iri)
        return self._line(re.compile(rf"^[ \t]*(?:{written})(?=\s)(?!\s*\{{)", re.MULTILINE), start)

    def _opening(self, iri: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._written(iri)})\s*\{{")

    def _written(self, iri: str) -> str:
        """A pattern of the ways to write an IRI in this file: in full, or with a prefix."""
        forms = [f"<{iri}>"]
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                forms.append(f"{prefix}:{iri[len(namespace) :]}")
        return "|".join(map(re.escape, forms))

    def _line(self, pattern: re.Pattern[str], start: int = 0) -> int | None:
        found = pattern.search(self.text, start)
        return None if found is None else self.text.count("\n", 0, found.start()) + 1


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line ends as they are, without a byte order mark.

    Raises InvalidInput where the file is missing, cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InvalidInput(f"There is no file {short_path(path)}. Add it.") from error
    except OSError as error:
        raise InvalidInput(f"{short_path(path)} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{short_path(path)} is not UTF-8 at byte {error.start}. Save the file as UTF-8."
        ) from error


def read_rdf(path: Path) -> RdfFile:
    """Read a file whose ending names its format (graph.formats).

    Raises InvalidInput with file, line and column where the file does not parse.
    """
    text = read_text(path)
    parser = ox.parse(text, CODECS[path.suffix.removeprefix(".")])
    try:
        quads = tuple(parser)
    except SyntaxError as error:
        reason = str(error.msg).partition(": ")[2]
        raise InvalidInput(
            f"{short_path(path)}:{error.lineno}:{error.offset}: {reason}."
            " Mend the file at this line and column; the cause may stand just before it."
        ) from error
    return RdfFile(path, text, quads, dict(parser.prefixes))
