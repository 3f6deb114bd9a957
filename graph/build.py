"""From files to a version of the graph: read, close, validate, write, publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.article import Article, read_article
from graph.closure import closed
from graph.coverage import SentenceCoverage, coverage
from graph.engine.versions import Draft, Version, Versions
from graph.errors import Refused, ValidationFailed
from graph.files import Sources
from graph.finding import Finding, Severity, refuse, refuse_violations
from graph.material import Material, Ontology, digest, findings, named_graphs, stated
from graph.progress import Progress, Steps, silent
from graph.queries import Query, read_queries
from graph.query_examples import example_quads
from graph.turtle import read_rdf
from graph.validation import quality_quads

STAGES = (
    "read ontology",
    "read reference",
    "read articles",
    "close",
    "validate",
    "write",
    "publish",
)
CHUNK = 10_000
"""Quads written between two calls of the progress."""


@dataclass(frozen=True)
class Prepared:
    """A graph fit to be published: all its quads, and what was found that does not forbid it."""

    material: Material
    quads: tuple[ox.Quad, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def content(self) -> str:
        """The digest of all quads: the same where nothing changed."""
        return digest(self.quads)

    @property
    def counts(self) -> dict[str, int]:
        """How much of what is in it."""
        articles = self.material.articles
        severities = [each.severity for each in self.findings]
        return {
            "quads": len(self.quads),
            "articles": len(articles),
            "claims": sum(len(article.claims) for article in articles),
            "warnings": severities.count(Severity.WARNING),
            "infos": severities.count(Severity.INFO),
        }


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to; ``version`` is the current one now, new where ``published``."""

    version: int
    published: bool
    counts: dict[str, int]
    seconds: dict[str, float]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """An article that breaks no rule: its sentences, and what was found that forbids nothing."""

    article: Article
    coverage: tuple[SentenceCoverage, ...]
    findings: tuple[Finding, ...]

    @property
    def unexplained(self) -> tuple[SentenceCoverage, ...]:
        """The sentences with neither a claim nor a reason: a check fails on them."""
        return tuple(sentence for sentence in self.coverage if not sentence.explained)


def build(
    home: Path,
    sources: Sources | None = None,
    progress: Progress = silent,
    *,
    force: bool = False,
    discard: bool = False,
) -> Built:
    """Build the graph from files and publish it as a new version under ``home``.

    Publishes nothing where the last build had the same content, unless ``force`` is set. A build
    starts from nothing: where datasets were loaded or updates made since the last one, it raises
    Refused, unless ``discard`` is set. Raises InvalidInput where a file is missing or wrong and
    ValidationFailed where facts break a rule. The published version stays as it was then, and
    whenever the process is killed.
    """
    steps = Steps(progress)
    sources = sources or Sources()
    prepared = prepare(read(sources, steps), steps, read_queries(sources.queries).values())
    versions = Versions(home)
    with versions.draft(None) as draft:
        current, (last, since) = versions.current(), last_build(versions)
        unchanged = last is not None and last.facts["content"] == prepared.content
        if current is not None and unchanged and not force:
            return _built(current, False, prepared, steps)
        if since and not discard:
            raise Refused(_would_be_lost(since))
        return _built(_publish(draft, prepared, steps), True, prepared, steps)


def _built(version: Version, published: bool, prepared: Prepared, steps: Steps) -> Built:
    return Built(version.number, published, prepared.counts, steps.seconds, prepared.findings)


def last_build(versions: Versions) -> tuple[Version | None, tuple[Version, ...]]:
    """The build that the current version rests on, and the changes made on top, oldest first."""
    since: list[Version] = []
    version = versions.current()
    while version is not None and "content" not in version.facts:
        if "restores" not in version.facts:
            since.insert(0, version)
        parent = version.parent
        version = versions.get(parent) if parent in versions.numbers() else None
    return version, tuple(since)


def _would_be_lost(since: tuple[Version, ...]) -> str:
    changes = "; ".join(f"version {each.number}, {each.reason}" for each in since)
    return (
        f"A build starts from nothing and would drop what was changed since the last: {changes}."
        " Discard these changes, and make them again after the build."
    )


def _publish(draft: Draft, prepared: Prepared, steps: Steps) -> Version:
    chunks = [prepared.quads[at : at + CHUNK] for at in range(0, len(prepared.quads), CHUNK)]
    for chunk in steps.over("write", chunks):
        draft.extend(chunk)
    facts = {"content": prepared.content, "counts": prepared.counts, "seconds": steps.seconds}
    with steps.one("publish"):
        return draft.publish("build", facts)


def check_article(
    folder: Path, sources: Sources | None = None, progress: Progress = silent
) -> ArticleCheck:
    """Check an article among all others, without publishing; raises as :func:`build` does.

    The folder stands in for the one of the same name among the sources, if there is one.
    """
    steps, folder = Steps(progress), folder.resolve()
    prepared = prepare(read(sources or Sources(), steps, (folder,)), steps)
    article = next(each for each in prepared.material.articles if each.path == folder)
    mine = (each for each in prepared.findings if each.origin.file == article.file.name)
    return ArticleCheck(article, coverage(article), tuple(mine))


def read(sources: Sources, steps: Steps, more: tuple[Path, ...] = ()) -> Material:
    """Read all files, and the folders of ``more`` articles; raises as :func:`build` does."""
    groups = ((sources.core,), sources.codes, sources.shapes, sources.alignments)
    paths = [path for group in groups for path in group]
    files = {path: read_rdf(path) for path in steps.over("read ontology", paths)}
    (core,), *others = (tuple(files[path] for path in group) for group in groups)
    reference = tuple(read_rdf(path) for path in steps.over("read reference", sources.entities))
    folders = {folder.name: folder for folder in (*sources.article_folders, *more)}
    articles = read_articles(tuple(folders.values()), steps)
    return Material(Ontology(core, *others), reference, articles)


def read_articles(folders: tuple[Path, ...], steps: Steps) -> tuple[Article, ...]:
    """Read the articles; the faults of all of them come together in one ValidationFailed."""
    articles: list[Article] = []
    faults: list[str] = []
    for folder in steps.over("read articles", folders):
        try:
            articles.append(read_article(folder))
        except ValidationFailed as broken:
            faults += broken.findings
    refuse(faults)
    return tuple(articles)


def prepare(material: Material, steps: Steps, queries: Iterable[Query] = ()) -> Prepared:
    """Close, validate, and add the queries as examples; raises as :func:`build` does."""
    with steps.one("close"):
        written = stated(material)
        default = closed(written, material.ontology.core.quads)
    with steps.one("validate"):
        found = findings(material, written, default)
        refuse_violations(found)
    examples = example_quads(queries)
    quads = (*default, *named_graphs(material), *quality_quads(found), *examples)
    return Prepared(material, quads, found)
