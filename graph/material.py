"""Everything a graph is built from, read; and the graph that it makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.article import Article
from graph.claims import merged
from graph.finding import Finding
from graph.origins import Origins
from graph.skolem import labelled, skolemised
from graph.turtle import RdfFile
from graph.unclaimed import unclaimed
from graph.unknown import unknown_entities, unknown_terms
from graph.validation import validate
from graph.vocabulary import ID, Vocabulary

SHAPES = ox.NamedNode(f"{ID}graph/shapes")
ALIGNMENTS = ox.NamedNode(f"{ID}graph/alignments")


@dataclass(frozen=True, slots=True)
class Ontology:
    """The vocabulary, its code lists, and the shapes and alignments beside it."""

    core: RdfFile
    codes: tuple[RdfFile, ...]
    shapes: tuple[RdfFile, ...]
    alignments: tuple[RdfFile, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What was read, each part with the files it came from."""

    ontology: Ontology
    reference: tuple[RdfFile, ...]
    articles: tuple[Article, ...]

    @property
    def files(self) -> tuple[RdfFile, ...]:
        """The files whose statements go to the default graph, articles aside."""
        return (self.ontology.core, *self.ontology.codes, *self.reference)


def stated(material: Material) -> tuple[ox.Quad, ...]:
    """The default graph as written: every triple once, nothing inferred."""
    terms = (material.ontology.core, *material.ontology.codes)
    quads = [quad for file in terms for quad in labelled(file)]
    quads += [quad for file in material.reference for quad in skolemised(file)]
    quads += [quad for article in material.articles for quad in article.quads]
    return tuple(merged(quads))


def named_graphs(material: Material) -> Iterator[ox.Quad]:
    """A graph a claim, one of the shapes and one of the alignments."""
    for article in material.articles:
        for quad in article.quads:
            if quad.graph_name != ox.DefaultGraph():
                yield quad
    yield from _in_graph(SHAPES, material.ontology.shapes)
    yield from _in_graph(ALIGNMENTS, material.ontology.alignments)


def findings(
    material: Material, written: Iterable[ox.Quad], default: Iterable[ox.Quad]
) -> tuple[Finding, ...]:
    """Unknown names and unclaimed facts in what is written, and what the shapes find in the whole.

    Each finding comes with the place it was written. Raises InvalidInput for wrong shapes.
    """
    written = tuple(written)
    vocabulary = Vocabulary(material.ontology.core.path)
    found = (
        *unknown_entities(written),
        *unknown_terms(written, vocabulary),
        *(finding for article in material.articles for finding in unclaimed(article)),
        *validate(default, _in_graph(SHAPES, material.ontology.shapes)),
    )
    origins = Origins(material.files, material.articles)
    return tuple(dict.fromkeys(map(origins.located, found)))


def digest(quads: Iterable[ox.Quad]) -> str:
    """The SHA-256 of quads in any order, whose blank nodes have lasting labels."""
    lines = sorted(str(quad) for quad in quads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _in_graph(graph: ox.NamedNode, files: Iterable[RdfFile]) -> Iterator[ox.Quad]:
    for file in files:
        for quad in labelled(file):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
