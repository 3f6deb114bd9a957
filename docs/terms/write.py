"""Write docs/ontology.md: every term of the vocabulary and every code, from the Turtle files.

Run from the root of the repository: ``python docs/terms/write.py [--check]``. ``--check`` compares
instead of writing.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.files import ONTOLOGY
from graph.vocabulary import short

HERE = Path(__file__).parent
PAGE = HERE.parent / "ontology.md"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Entry:
    """A term or code: its short name, labels, definition, example and what stands above it."""

    name: str
    english: str
    ukrainian: str
    definition: str
    example: str
    above: str


@dataclass
class Descriptions:
    """What some Turtle files say, by subject and predicate."""

    values: dict[tuple[ox.NamedNode, str], list[ox.NamedNode | ox.Literal]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def read(self, path: Path) -> None:
        """Add a file."""
        for quad in ox.parse(path=str(path)):
            named = isinstance(quad.subject, ox.NamedNode)
            if named and isinstance(quad.object, ox.NamedNode | ox.Literal):
                self.values[quad.subject, quad.predicate.value].append(quad.object)

    def of_type(self, kind: str) -> list[ox.NamedNode]:
        """The subjects of a class that have a definition, in the order of the files."""
        return [
            subject
            for (subject, predicate), objects in self.values.items()
            if predicate == RDF_TYPE.value
            and any(each.value == kind for each in objects)
            and (subject, SKOS + "definition") in self.values
        ]

    def text(self, subject: ox.NamedNode, predicate: str, language: str) -> str:
        """The text in a language, or an empty one."""
        for each in self.values.get((subject, predicate), []):
            if isinstance(each, ox.Literal) and each.language == language:
                return each.value
        return ""

    def entry(self, subject: ox.NamedNode, label: str, above: str) -> Entry:
        """A row of the page."""
        return Entry(
            short(subject.value),
            self.text(subject, label, "en"),
            self.text(subject, label, "uk"),
            self.text(subject, SKOS + "definition", "en"),
            self.text(subject, SKOS + "example", "en"),
            ", ".join(short(each.value) for each in self.values.get((subject, above), [])),
        )


def written() -> str:
    """The page as Markdown."""
    terms, codes = Descriptions(), Descriptions()
    terms.read(ONTOLOGY / "polemos.ttl")
    for path in sorted((ONTOLOGY / "codes").glob("*.ttl")):
        codes.read(path)
    kinds = {
        "Classes": ("Class", "subClassOf"),
        "Object properties": ("ObjectProperty", "subPropertyOf"),
        "Datatype properties": ("DatatypeProperty", "subPropertyOf"),
    }
    sections = {
        title: [terms.entry(s, RDFS + "label", RDFS + above) for s in terms.of_type(OWL + kind)]
        for title, (kind, above) in kinds.items()
    }
    schemes = [
        (
            codes.entry(scheme, SKOS + "prefLabel", ""),
            [
                codes.entry(code, SKOS + "prefLabel", SKOS + "broader")
                for code in codes.of_type(SKOS + "Concept")
                if scheme in codes.values[code, SKOS + "inScheme"]
            ],
        )
        for scheme in codes.of_type(SKOS + "ConceptScheme")
    ]
    environment = Environment(
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True, autoescape=False
    )
    return environment.get_template("ontology.md.jinja").render(sections=sections, schemes=schemes)


def main() -> int:
    """Write the page, or with ``--check`` say whether the one on disk is up to date."""
    page = written()
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
