"""Who says something: a claim with its words in their passage, or a dataset's record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.linked_data.triples import Term
from api.linked_data.view import EXACT, PREFIX, SUFFIX, View
from graph.passages import CONTEXT
from graph.vocabulary import DCTERMS, OA, POLEMOS, PROV, RDFS

RELATIONS = ("contradicts", "corroborates", "refines")


@dataclass(frozen=True, slots=True)
class Relation:
    """How a claim stands to another; ``key`` names it in the messages, seen from the first."""

    key: str
    other: Source


@dataclass(frozen=True, slots=True)
class Source:
    """What stands behind a fact. IRIs, and None or nothing where the graph does not say."""

    iri: str
    speaker: str | None
    office: str | None
    modality: str | None
    certainty: str | None
    exact: str
    prefix: str
    suffix: str
    language: str | None
    article: str | None
    outlet: str | None
    date: str
    comments: tuple[Term, ...]
    release: str | None = None
    record: str = ""
    speaker_text: str = ""
    relations: tuple[Relation, ...] = ()


def read_sources(iris: Iterable[str], view: View) -> dict[str, Source]:
    """The sources by IRI, each with its relations to other claims."""
    return {iri: read_source(iri, view, related=True) for iri in dict.fromkeys(iris)}


def read_source(iri: str, view: View, *, related: bool = False) -> Source:
    """One source, from what the view's triples say of it."""
    graph = view.graph
    article = graph.text(iri, PROV.wasQuotedFrom.value)
    passage = graph.text(iri, f"{POLEMOS}evidence")
    selectors = [term.value for term in graph.all(passage, OA.hasSelector.value)]
    words = next((each for each in selectors if graph.one(each, EXACT)), "")
    holding = _of(view, iri, "inOffice")
    return Source(
        iri,
        _of(view, iri, "speaker"),
        _of(view, holding, "office") if holding else None,
        _of(view, iri, "modality"),
        _of(view, iri, "certainty"),
        graph.text(words, EXACT) or graph.text(iri, f"{POLEMOS}quote"),
        before(graph.text(words, PREFIX)),
        after(graph.text(words, SUFFIX)),
        graph.text(article, DCTERMS.language.value) or None,
        article or None,
        _of(view, iri, "reportedBy") or _of(view, article, "reportedBy"),
        graph.text(article, DCTERMS.date.value),
        tuple(view.texts(iri, RDFS.comment.value)),
        _of(view, iri, "ofRelease"),
        graph.text(iri, f"{POLEMOS}recordId"),
        graph.text(iri, f"{POLEMOS}speakerText"),
        _relations(iri, view) if related else (),
    )


def before(prefix: str) -> str:
    """The words before a quote, without the one that the selector cut in two."""
    head, space, rest = prefix.partition(" ")
    return rest if space and len(prefix) >= CONTEXT and head else prefix


def after(suffix: str) -> str:
    """The words after a quote, without the one that the selector cut in two."""
    rest, space, tail = suffix.rpartition(" ")
    return rest if space and len(suffix) >= CONTEXT and tail else suffix


def _of(view: View, iri: str, name: str) -> str | None:
    found = view.one(iri, name)
    return found.value if found else None


def _relations(iri: str, view: View) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for name in RELATIONS:
        others = [term.value for term in view.all(iri, name)]
        inverse = [each for each in view.graph.subjects(f"{POLEMOS}{name}", iri)]
        found += [Relation(name, read_source(other, view)) for other in others]
        found += [
            Relation(f"{name}-inverse", read_source(other, view))
            for other in inverse
            if other not in others
        ]
    return tuple(found)
