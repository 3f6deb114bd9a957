"""The claims of an article: named graphs, each with a description outside of it.

A claim graph holds the triples that one passage states; the claim's IRI names the graph. Outside
stand its speaker, its modality, the article and the exact words. The errors of structure are found
here, before SHACL, because only here is the line known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.finding import Finding, Origin
from graph.turtle import RdfFile
from graph.vocabulary import ID, POL, PROV, RDF, entity, short


@dataclass(frozen=True, slots=True)
class Claim:
    """What one speaker says in one passage; ``statements`` are quads in the claim's graph."""

    iri: str
    line: int | None
    speaker: str
    modality: str
    quote: str
    statements: tuple[ox.Quad, ...]

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return self.iri.rpartition("/")[2]


def read_claims(file: RdfFile, slug: str) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """The claims of an article's facts that are whole, and what is wrong with the rest.

    ``slug`` is the name of the article's folder. Claims come in the order of their graphs.
    """
    claims: list[Claim] = []
    findings: list[Finding] = []
    for written in _written(file, slug):
        faults = [Finding(fault, written.iri, written.origin) for fault in _faults(written)]
        findings += faults
        if not faults:
            claims.append(written.claim())
    return tuple(claims), tuple(findings)


def claim_graphs(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """The quads of each named graph, by its IRI, in the order written."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].append(quad)
    return graphs


def merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The default graph of the facts: every triple of every graph, each once."""
    seen = set()
    for quad in quads:
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


@dataclass(frozen=True, slots=True)
class _WrittenClaim:
    """One claim as it stands in the file, right or wrong."""

    file: RdfFile
    slug: str
    iri: str
    statements: tuple[ox.Quad, ...]

    @property
    def line(self) -> int | None:
        return self.file.description_line(self.iri) or self.file.graph_line(self.iri)

    @property
    def origin(self) -> Origin:
        quotes = self.values(POL.quote)
        return Origin(self.file.name, self.line, self.iri, quotes[0].value if quotes else None)

    def values(self, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        return self.file.values(ox.NamedNode(self.iri), predicate)

    def claim(self) -> Claim:
        speaker, modality, quote = (
            self.values(property)[0].value for property in (POL.speaker, POL.modality, POL.quote)
        )
        return Claim(self.iri, self.line, speaker, modality, quote, self.statements)


def _written(file: RdfFile, slug: str) -> Iterator[_WrittenClaim]:
    """Whatever has a named graph or is called a claim."""
    graphs = claim_graphs(file.quads)
    named = (claim.value for claim in file.instances(POL.Claim))
    for iri in dict.fromkeys([*graphs, *named]):
        yield _WrittenClaim(file, slug, iri, tuple(graphs.get(iri, ())))


def _faults(claim: _WrittenClaim) -> Iterator[str]:
    name = short(claim.iri)
    if ox.NamedNode(claim.iri) not in claim.file.described:
        yield (
            "the claim graph has no description."
            f" Add “{name} a pol:Claim ; pol:speaker … .” outside its braces."
        )
        return
    if not claim.statements:
        yield f"the claim states nothing. Add “{name} {{ … }}” with the triples the passage states."
    if POL.Claim not in claim.values(RDF.type):
        yield "the description does not say what it is. Add “a pol:Claim”."
    yield from _faults_of_name(claim)
    yield from _faults_of_count(claim)
    yield from _faults_of_source(claim)
    yield from _faults_of_attribution(claim)


def _faults_of_name(claim: _WrittenClaim) -> Iterator[str]:
    namespace = f"{ID}claim/{claim.slug}/"
    if not claim.iri.startswith(namespace) or "/" in claim.iri.removeprefix(namespace):
        yield f"a claim of this article is named otherwise. Put it right under <{namespace}>."


def _faults_of_count(claim: _WrittenClaim) -> Iterator[str]:
    examples = {
        POL.speaker: "actor:…",
        POL.modality: "modality:…",
        POL.quote: '"the exact words"',
        PROV.wasQuotedFrom: f"article:{claim.slug}",
    }
    for property, example in examples.items():
        found, name = len(claim.values(property)), short(property.value)
        if found == 0:
            yield f"the claim has no {name}. Add “{name} {example}” to its description."
        elif found > 1:
            yield f"the claim has {found} values of {name}. Keep one, or make a claim for each."


def _faults_of_source(claim: _WrittenClaim) -> Iterator[str]:
    article = entity("article", claim.slug)
    for source in claim.values(PROV.wasQuotedFrom):
        if source != article:
            yield (
                f"the claim is quoted from {short(source.value)}, which is not the article of this"
                f" folder. Write “prov:wasQuotedFrom {short(article.value)}”."
            )


def _faults_of_attribution(claim: _WrittenClaim) -> Iterator[str]:
    for quad in claim.statements:
        if quad.predicate == POL.accordingTo and quad.object != ox.NamedNode(claim.iri):
            yield (
                f"{_shown(quad.subject)} is pol:accordingTo {_shown(quad.object)}, but stands in"
                f" the graph of {short(claim.iri)}. Name the claim in whose graph it stands."
            )


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return short(term.value) if isinstance(term, ox.NamedNode) else str(term)
