"""Where the data folders lie, in a checkout and in an installed wheel alike.

``ontology`` and ``queries`` are top-level folders beside this package in both, so they are found
from here and never by name on the import path, where another project may have a folder of the
same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.errors import NotFound

PACKAGE = Path(__file__).resolve().parent
ONTOLOGY = PACKAGE.parent / "ontology"
QUERIES = PACKAGE.parent / "queries"
ARTICLES = PACKAGE / "articles"
REFERENCE = PACKAGE / "reference"


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders that a graph is built from; the ones shipped, where nothing else is said."""

    ontology: Path = ONTOLOGY
    reference: Path = REFERENCE
    articles: Path = ARTICLES
    queries: Path = QUERIES

    @property
    def core(self) -> Path:
        """The file of the vocabulary."""
        return self.ontology / "polemos.ttl"

    @property
    def codes(self) -> tuple[Path, ...]:
        """The files of the code lists."""
        return turtle_files(self.ontology / "codes")

    @property
    def shapes(self) -> tuple[Path, ...]:
        """The files of the SHACL shapes; raises NotFound where there are none to validate with."""
        files = turtle_files(self.ontology / "shapes")
        if not files:
            raise NotFound(f"There are no shapes in {self.ontology / 'shapes'}. Add them.")
        return files

    @property
    def alignments(self) -> tuple[Path, ...]:
        """The files of the links to other vocabularies."""
        return turtle_files(self.ontology / "alignments")

    @property
    def entities(self) -> tuple[Path, ...]:
        """The files of the reference entities: actors, places, outlets."""
        return turtle_files(self.reference)

    @property
    def article_folders(self) -> tuple[Path, ...]:
        """The folders of the articles, by name (the date comes first in it)."""
        return tuple(sorted(folder for folder in children(self.articles) if folder.is_dir()))


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle files of a folder, by name; raises NotFound where there is no such folder."""
    return tuple(sorted(file for file in children(folder) if file.suffix == ".ttl"))


def children(folder: Path) -> list[Path]:
    """What lies in a folder, without the hidden and the generated.

    Raises NotFound where there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(
            f"There is no folder {folder}. Give the folder that the graph is built from."
        )
    return [child for child in folder.iterdir() if not child.name.startswith((".", "__"))]


def short_path(path: Path) -> str:
    """A file's name with its folder's, as messages show it: the same on every machine."""
    return f"{path.parent.name}/{path.name}"
