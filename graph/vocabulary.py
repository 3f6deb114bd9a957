"""The names of terms as IRIs: ours, read from the ontology, and other people's."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.files import ONTOLOGY
from graph.turtle import read_rdf

ID = "https://w3id.org/polemos/id/"
"""Under it stand the entities: ``<kind>/<name>``, and ``claim/<article>/<name>``."""
POLEMOS = "https://w3id.org/polemos/ontology#"


class Namespace:
    """Somebody else's vocabulary: ``PROV.wasQuotedFrom`` or ``PROV["wasQuotedFrom"]``."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __getitem__(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + name)

    def __getattr__(self, name: str) -> ox.NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, ox.NamedNode) and term.value.startswith(self.base)


class Vocabulary(Namespace):
    """The vocabulary of an ontology file, read when the first term is asked for.

    An unknown name raises InvalidInput and names the closest known one.
    """

    def __init__(self, path: Path, base: str = POLEMOS) -> None:
        super().__init__(base)
        self.path = path

    def __getitem__(self, name: str) -> ox.NamedNode:
        if name not in self.names:
            known = (f"pol:{known}" for known in self.names)
            raise InvalidInput(
                f"There is no term pol:{name} in {self.path.name}.{hint(f'pol:{name}', known)}"
            )
        return super().__getitem__(name)

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """The ontology file itself."""
        return read_rdf(self.path).quads

    @cached_property
    def names(self) -> frozenset[str]:
        """The local names of all terms."""
        return self._typed("")

    @cached_property
    def classes(self) -> frozenset[str]:
        """The local names of the classes."""
        return self._typed("Class")

    @cached_property
    def properties(self) -> frozenset[str]:
        """The local names of the properties of every kind (OWL 2, section 5)."""
        return self._typed("Property")

    def _typed(self, ending: str) -> frozenset[str]:
        return frozenset(
            quad.subject.value.removeprefix(self.base)
            for quad in self.quads
            if quad.predicate == RDF.type
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
            and quad.subject in self
            and quad.object.value.endswith(ending)
        )


def hint(name: str, known: Iterable[str]) -> str:
    """A sentence that names the closest known name, or nothing where none is close."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def entity(kind: str, name: str) -> ox.NamedNode:
    """The IRI of an entity, such as ``entity("actor", "vitali-klitschko")``."""
    return ox.NamedNode(f"{ID}{kind}/{name}")


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SH = Namespace("http://www.w3.org/ns/shacl#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SCHEMA = Namespace("https://schema.org/")
TIME = Namespace("http://www.w3.org/2006/time#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
WD = Namespace("http://www.wikidata.org/entity/")
POL = Vocabulary(ONTOLOGY / "polemos.ttl")

PREFIXES: dict[str, str] = {
    "pol": POL.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "owl": OWL.base,
    "xsd": XSD.base,
    "skos": SKOS.base,
    "prov": PROV.base,
    "oa": OA.base,
    "sh": SH.base,
    "dcterms": DCTERMS.base,
    "dcat": DCAT.base,
    "schema": SCHEMA.base,
    "time": TIME.base,
    "geo": GEO.base,
    "sem": SEM.base,
    "wd": WD.base,
}


def short(iri: str) -> str:
    """An IRI as people write it: ``pol:speaker``, ``actor:nato``, ``claim:killed-in-kyiv``."""
    if iri.startswith(ID):
        kind, _, name = iri.removeprefix(ID).partition("/")
        return f"{kind}:{name.rpartition('/')[2]}" if name else iri
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and len(iri) > len(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return f"<{iri}>"
