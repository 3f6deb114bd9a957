"""An article's folder: ``text.txt``, its words, and ``facts.trig``, what they state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.claims import Claim, read_claims
from graph.errors import InvalidInput
from graph.finding import Finding, Origin, refuse_violations
from graph.passages import Passage, Quotation, find_passages, selector_quads
from graph.skolem import skolemised
from graph.turtle import RdfFile, read_rdf, read_text
from graph.vocabulary import POL, SCHEMA, entity, short

SLUG = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read: its words, the quads of ``facts.trig``, its claims and their passages."""

    iri: str
    slug: str
    text: str
    path: Path
    file: RdfFile
    quads: tuple[ox.Quad, ...]
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]


def read_article(folder: Path) -> Article:
    """Read an article's folder and find the words its claims rest on.

    The text becomes a statement too (schema:articleBody): the positions of passages count in it.
    Raises InvalidInput where a file is missing or does not parse, ValidationFailed where a claim is
    not whole or its quote is not in the text; its findings name file, line, claim and remedy.
    """
    iri = entity("article", _slug(folder))
    text, file = read_text(folder / "text.txt"), read_rdf(folder / "facts.trig")
    claims, broken_claims = read_claims(file, folder.name)
    without_fact, broken_reasons = _read_without_fact(file, iri)
    quotations = (*(_quotation(claim, file, folder.name) for claim in claims), *without_fact)
    passages, misquotes = find_passages(quotations, text)
    refuse_violations((*_faults(file, iri), *broken_claims, *broken_reasons, *misquotes))
    selectors = (quad for passage in passages for quad in selector_quads(passage, iri))
    body = ox.Quad(iri, SCHEMA.articleBody, ox.Literal(text))
    quads = (*skolemised(file), *selectors, body)
    return Article(iri.value, folder.name, text, folder, file, quads, claims, passages)


def _slug(folder: Path) -> str:
    if not SLUG.fullmatch(folder.name):
        raise InvalidInput(
            f"An article's folder is named by date and words, not “{folder.name}”."
            " Name it like 2026-01-24-kyiv-kharkiv."
        )
    return folder.name


def _quotation(claim: Claim, file: RdfFile, slug: str) -> Quotation:
    passage = entity("passage", f"{slug}/{claim.name}").value
    return Quotation(passage, claim.quote, Origin(file.name, claim.line, claim.iri), claim.iri)


def _faults(file: RdfFile, iri: ox.NamedNode) -> Iterator[Finding]:
    """What keeps the facts from being those of one article, the folder's own."""
    name, described = short(iri.value), file.instances(POL.Article)
    if iri not in described:
        fault = f"the article is not described. Add “{name} a pol:Article ; …” outside the claims."
        yield Finding(fault, iri.value, Origin(file.name))
    for other in described:
        if other != iri:
            fault = f"a folder holds one article, this one {name}. Give the other its own folder."
            yield Finding(fault, other.value, Origin(file.name, file.description_line(other.value)))
    if any(isinstance(quad.graph_name, ox.BlankNode) for quad in file.quads):
        fault = "a graph has a blank node for its name. Give it the IRI of its claim."
        yield Finding(fault, iri.value, Origin(file.name))


def _read_without_fact(
    file: RdfFile, article: ox.NamedNode
) -> tuple[list[Quotation], list[Finding]]:
    """The passages on which no claim rests, with the reason, and what is wrong with some."""
    quotations: list[Quotation] = []
    findings: list[Finding] = []
    linked = file.values(article, POL.withoutFact)
    for passage in file.instances(POL.PassageWithoutFact):
        origin = Origin(file.name, file.description_line(passage.value))
        quotes, reasons = (file.values(passage, each) for each in (POL.quote, POL.reason))
        if len(quotes) != 1 or not reasons:
            fault = (
                "a passage without fact has one pol:quote and a pol:reason. Add what is missing."
            )
            findings.append(Finding(fault, passage.value, origin))
        elif passage not in linked:
            missing = f"{short(article.value)} pol:withoutFact {short(passage.value)}"
            fault = f"the article does not name it. Add “{missing} .”"
            findings.append(Finding(fault, passage.value, origin))
        else:
            quote, reason = quotes[0].value, _in_english(reasons)
            quotations.append(Quotation(passage.value, quote, origin, reason=reason))
    return quotations, findings


def _in_english(texts: list[ox.NamedNode | ox.Literal]) -> str:
    english = [text for text in texts if isinstance(text, ox.Literal) and text.language == "en"]
    return (english or texts)[0].value
