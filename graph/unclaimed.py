"""Facts of an article that no claim states: nobody is said to say them."""

from __future__ import annotations

from collections.abc import Iterator

from graph.article import Article
from graph.finding import Finding, Severity
from graph.vocabulary import POL, short


def unclaimed(article: Article) -> Iterator[Finding]:
    """A warning for each statement with a ``pol:`` property outside of all claim graphs.

    Outside belong only the article, its claims and passages, and of the things they speak of the
    names, the links to Wikidata with their checks, and reasons.
    """
    described = {
        article.iri,
        *(claim.iri for claim in article.claims),
        *(passage.iri for passage in article.passages),
        *(check.value for check in article.file.instances(POL.LinkCheck)),
    }
    editorial = {POL.reason, POL.wikidata, POL.linkCheck}
    for subject, quads in article.file.described.items():
        for quad in quads if subject.value not in described else ():
            if quad.predicate in POL and quad.predicate not in editorial:
                name = short(quad.predicate.value)
                message = f"no claim states its {name}. Move it into the graph of one."
                yield Finding(
                    message, subject.value, severity=Severity.WARNING, path=quad.predicate
                )
