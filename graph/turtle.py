"""Read a Turtle or TriG file, and tell where in it something is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.files import short_path
from graph.formats import RDF_FORMATS

CODECS = {format.suffix: format.codec for format in RDF_FORMATS.values()}


@dataclass(frozen=True, slots=True)
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

    def graph_line(self, iri: str) -> int | None:
        """The line, counted from 1, on which the named graph ``iri`` opens; None if not found."""
        return self._line(rf"(?:{self._written(iri)})\s*\{{")

    def description_line(self, iri: str) -> int | None:
        """The line on which the first description of ``iri`` outside or inside a graph begins."""
        return self._line(rf"^[ \t]*(?:{self._written(iri)})(?=\s)(?!\s*\{{)")

    def mention_line(self, iri: str) -> int | None:
        """The first line on which ``iri`` is named at all."""
        return self._line(rf"(?<![\w:-])(?:{self._written(iri)})(?![\w:/-])")

    def _written(self, iri: str) -> str:
        """A pattern of the ways to write an IRI in this file: in full, or with a prefix."""
        forms = [f"<{iri}>"]
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                forms.append(f"{prefix}:{iri[len(namespace) :]}")
        return "|".join(map(re.escape, forms))

    def _line(self, pattern: str) -> int | None:
        found = re.search(pattern, self.text, re.MULTILINE)
        if found is None:
            return None
        return self.text.count("\n", 0, found.end() - len(found.group().lstrip())) + 1


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line ends as they are, without a byte order mark.

    Raises InvalidInput where the file is missing or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InvalidInput(f"There is no file {short_path(path)}. Add it.") from error
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
