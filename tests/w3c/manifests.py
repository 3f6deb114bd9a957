"""What the manifests of the W3C's SPARQL test suites list.

The suites are not in this repository: they are others' files. ``POLEMOS_W3C_SUITES`` names folders
with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

EVALUATED = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
UPDATED = {MF.UpdateEvaluationTest, UT.UpdateEvaluationTest}
ACCEPTED = {MF.PositiveSyntaxTest, MF.PositiveSyntaxTest11}
REFUSED = {MF.NegativeSyntaxTest, MF.NegativeSyntaxTest11}
UPDATE_ACCEPTED = {MF.PositiveUpdateSyntaxTest11, MF.PositiveUpdateSyntaxTest}
UPDATE_REFUSED = {MF.NegativeUpdateSyntaxTest11, MF.NegativeUpdateSyntaxTest}

_FROM = re.compile(r"\bFROM\s+(NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_COMMENT = re.compile(r"(?m)^\s*#.*$")


@dataclass(frozen=True, slots=True)
class Filled:
    """A graph: its name (None for the default graph) and the file that holds it."""

    name: str | None
    file: Path


@dataclass(frozen=True, slots=True)
class Served:
    """An endpoint that a query calls, and what it holds."""

    endpoint: str
    file: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One test: a query or an update on some graphs, and what must come of it."""

    suite: str
    name: str
    kind: rdflib.URIRef
    text: Path
    given: tuple[Filled, ...] = ()
    expected: Path | None = None
    after: tuple[Filled, ...] = ()
    served: tuple[Served, ...] = ()
    lax: bool = False
    """Whether a row may come less often than the result has it (of REDUCED)."""

    @property
    def id(self) -> str:
        return f"{self.suite}/{self.name}"

    @property
    def base(self) -> str:
        """The IRI against which the relative ones of the text are resolved."""
        return self.text.as_uri()


def entries(folders: list[Path]) -> list[Entry]:
    """The entries of all manifests in some folders, in the manifests' order.

    Not the entailment regimes: the server has none, nor says that it had.
    """
    manifests = [each for folder in folders for each in sorted(folder.rglob("manifest.ttl"))]
    kept = [each for each in manifests if each.parent.name != "entailment"]
    return [entry for manifest in kept for entry in _of(manifest)]


def _of(manifest: Path) -> Iterator[Entry]:
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for head in graph.objects(None, MF.entries):
        for node in Collection(graph, head):
            kind = next(iter(set(graph.objects(node, RDF.type)) & _KINDS), None)
            if kind is not None:
                assert isinstance(kind, rdflib.URIRef)
                yield _entry(graph, node, kind, manifest)


def _entry(graph: rdflib.Graph, node: rdflib.term.Node, kind: rdflib.URIRef, at: Path) -> Entry:
    suite, name = at.parent.name, re.split(r"[#/]", str(node))[-1]
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    if kind in UPDATED:
        text = _file(graph.value(action, UT.request))
        return Entry(
            suite,
            name,
            kind,
            text,
            tuple(_filled(graph, action, UT)),
            after=tuple(_filled(graph, result, UT)),
        )
    text = _file(graph.value(action, QT.query) or action)
    if kind not in EVALUATED:
        return Entry(suite, name, kind, text)
    given = tuple(_filled(graph, action, QT)) or tuple(_named_in(text))
    served = tuple(
        Served(str(graph.value(each, QT.endpoint)), _file(graph.value(each, QT.data)))
        for each in graph.objects(action, QT.serviceData)
    )
    lax = graph.value(node, MF.resultCardinality) == MF.LaxCardinality
    return Entry(suite, name, kind, text, given, _file(result), served=served, lax=lax)


def _filled(
    graph: rdflib.Graph, node: rdflib.term.Node | None, terms: rdflib.Namespace
) -> Iterator[Filled]:
    for data in graph.objects(node, terms.data):
        yield Filled(None, _file(data))
    for data in graph.objects(node, terms.graphData):
        if isinstance(data, rdflib.BNode):
            file = graph.value(data, terms.graph) or graph.value(data, terms.data)
            yield Filled(str(graph.value(data, RDFS.label)), _file(file))
        else:
            yield Filled(str(data), _file(data))


def _named_in(text: Path) -> Iterator[Filled]:
    """The files that the FROM clauses of a query name, where its manifest names no data."""
    for _, name in _FROM.findall(_COMMENT.sub("", text.read_text("utf-8"))):
        file = (text.parent / name).resolve()
        if file.is_file():
            yield Filled(file.as_uri(), file)


def _file(term: rdflib.term.Node | None) -> Path:
    return Path(unquote(urlsplit(str(term)).path))


_KINDS: set[rdflib.term.Node] = {
    *EVALUATED,
    *UPDATED,
    *ACCEPTED,
    *REFUSED,
    *UPDATE_ACCEPTED,
    *UPDATE_REFUSED,
}
