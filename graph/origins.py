"""Where each statement of the graph was written: the file, the claim, the words it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from graph.article import Article
from graph.finding import Finding, Origin
from graph.turtle import RdfFile


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement and its file; in an article's file, the quotes of the claims by their IRI."""

    quad: ox.Quad
    file: RdfFile
    quotes: dict[str, str]


class Origins:
    """An index of the statements of files and articles, made for one validation."""

    def __init__(self, files: Iterable[RdfFile], articles: Iterable[Article]) -> None:
        self._by_subject: dict[str, list[_Written]] = defaultdict(list)
        self._by_object: dict[str, list[_Written]] = defaultdict(list)
        for article in articles:
            quotes = {claim.iri: claim.quote for claim in article.claims}
            self._index(article.quads, article.file, quotes)
        for file in files:
            self._index(file.quads, file, {})

    def located(self, finding: Finding) -> Finding:
        """The finding with the place of its statement, of its focus node, or of what names that."""
        focus = finding.focus
        written = self._by_subject.get(focus) or self._by_object.get(focus)
        if written is None or finding.origin.file:
            return finding
        return replace(finding, origin=_origin(max(written, key=lambda each: _fit(each, finding))))

    def _index(self, quads: Iterable[ox.Quad], file: RdfFile, quotes: dict[str, str]) -> None:
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                written = _Written(quad, file, quotes)
                self._by_subject[quad.subject.value].append(written)
                if isinstance(quad.object, ox.NamedNode):
                    self._by_object[quad.object.value].append(written)


def _fit(written: _Written, finding: Finding) -> tuple[bool, bool, bool]:
    """How well a statement answers to a finding: path and value, path, stated in a claim."""
    quad = written.quad
    same_path = quad.predicate == finding.path
    in_claim = isinstance(quad.graph_name, ox.NamedNode)
    return same_path and quad.object == finding.value, same_path, in_claim


def _origin(written: _Written) -> Origin:
    subject, graph, file = written.quad.subject, written.quad.graph_name, written.file
    assert isinstance(subject, ox.NamedNode)
    if isinstance(graph, ox.NamedNode):
        claim: str | None = graph.value
        line = file.description_line(subject.value, graph.value) or file.graph_line(graph.value)
    else:
        claim = subject.value if subject.value in written.quotes else None
        line = file.description_line(subject.value)
    return Origin(file.name, line, claim, written.quotes.get(claim) if claim else None)
