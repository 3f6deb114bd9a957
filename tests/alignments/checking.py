"""Check an alignment file: its own terms against the vocabulary, foreign ones against a list."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.files import Sources
from graph.turtle import read_rdf
from graph.vocabulary import OWL, POL

TERMS = Path(__file__).parent / "terms"
RELATIONS = {
    "http://www.w3.org/2000/01/rdf-schema#subClassOf",
    "http://www.w3.org/2000/01/rdf-schema#subPropertyOf",
    "http://www.w3.org/2004/02/skos/core#closeMatch",
    "http://www.w3.org/2004/02/skos/core#broadMatch",
    "http://www.w3.org/2004/02/skos/core#relatedMatch",
}


def checked_terms(list_file: Path) -> frozenset[str]:
    """The IRIs of a list: one a line before a space, lines of ``#`` saying where it was read."""
    lines = list_file.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if not line.startswith("#"))


def own_terms() -> frozenset[str]:
    """The IRIs of the vocabulary and of the code lists."""
    codes = (quad.subject for file in Sources().codes for quad in read_rdf(file).quads)
    terms = {POL.base + name for name in POL.names}
    return frozenset(terms | {code.value for code in codes if isinstance(code, ox.NamedNode)})


def faults(quads: tuple[ox.Quad, ...], foreign: frozenset[str]) -> list[str]:
    """What is wrong with the mappings of an alignment, a sentence each."""
    own = own_terms()
    found = []
    for mapping in mappings(quads):
        subject, relation, target = (term.value for term in mapping)
        if subject not in own:
            found.append(f"{subject} is no term of ours")
        if relation not in RELATIONS:
            found.append(f"{relation} is no relation of an alignment")
        if target not in foreign:
            found.append(f"{target} is not in the list of checked terms")
    return found


def mappings(
    quads: tuple[ox.Quad, ...],
) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    """All triples but those on the ontology header."""
    headers = {quad.subject for quad in quads if quad.object == OWL.Ontology}
    return [
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.subject not in headers
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    ]
