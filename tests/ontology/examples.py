"""The examples of the shapes: which shape each is for, and what the shapes say to it.

An example is ``<class>.valid.ttl`` or ``<class>.valid-<case>.ttl``, or it is called
``<class>.invalid-<what>.ttl`` and has a line ``# breaks: shape:…`` with the shapes that it breaks.
What it is about are its nodes of the class; the nodes around them are stubs, and findings on those
do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.closure import closed
from graph.files import Sources
from graph.finding import Finding, Severity
from graph.turtle import read_rdf
from graph.validation import validate
from graph.vocabulary import POL, RDF

SOURCES = Sources()
EXAMPLES = SOURCES.ontology / "examples"
SHAPES = "https://w3id.org/polemos/shapes#"


@dataclass(frozen=True)
class Example:
    """One file of an example, and the names of the shapes that it breaks."""

    path: Path

    @property
    def shape_file(self) -> str:
        """The name of the file of shapes it belongs to, without its ending."""
        return self.path.name.partition(".")[0]

    @property
    def is_valid(self) -> bool:
        return self.path.name.split(".")[1].startswith("valid")

    @cached_property
    def breaks(self) -> frozenset[str]:
        """What the comment in the file says that it breaks."""
        found = re.search(r"^# breaks: (.+)$", self.path.read_text("utf-8"), re.MULTILINE)
        named = found.group(1).split() if found else []
        return frozenset(name.removeprefix("shape:") for name in named)

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """What the file says and what follows from it, with the codes."""
        return closed((*read_rdf(self.path).quads, *codes()), POL.quads)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What all shapes say to it."""
        return validate(self.quads, all_shapes())

    def broken(self) -> frozenset[str]:
        """The names of the shapes that the nodes of the class break; hints only if expected."""
        about = {
            quad.subject.value
            for quad in self.quads
            if quad.predicate == RDF.type
            and isinstance(quad.object, ox.NamedNode)
            and isinstance(quad.subject, ox.NamedNode)
            and kebab(quad.object.value.rpartition("#")[2]) == self.shape_file
        }
        counted = (
            finding
            for finding in self.findings
            if name(finding) in self.breaks
            or (finding.focus in about and finding.severity is not Severity.INFO)
        )
        return frozenset(map(name, counted))


def name(finding: Finding) -> str:
    """The name of the shape that a finding comes from."""
    return (finding.shape or "").removeprefix(SHAPES)


def kebab(camel: str) -> str:
    """``DroneAttack`` as ``drone-attack``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", camel).lower()


def examples() -> tuple[Example, ...]:
    """All examples, by file name."""
    return tuple(Example(path) for path in sorted(EXAMPLES.iterdir()))


@cache
def codes() -> tuple[ox.Quad, ...]:
    """The quads of all code lists, which stand beside all data."""
    return tuple(quad for path in SOURCES.codes for quad in read_rdf(path).quads)


@cache
def all_shapes() -> tuple[ox.Quad, ...]:
    """The quads of all files of shapes."""
    return tuple(quad for path in SOURCES.shapes for quad in read_rdf(path).quads)
