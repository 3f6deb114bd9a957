"""The canned queries as examples in the graph itself, where editors look for them.

The vocabulary is SHACL's (https://www.w3.org/TR/shacl-af/, section 5.1, sh:SPARQLExecutable) as the
SPARQL examples of the Swiss Institute of Bioinformatics use it: rdfs:comment is the question,
sh:select the text, schema:keywords the words to find it by. An editor runs the text as it stands,
so the default of a parameter, which is bound elsewhere, is written into it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from graph.engine.tokens import tokens
from graph.queries import MARK, Query
from graph.vocabulary import ID, RDF, RDFS, SCHEMA, SH

GRAPH = ox.NamedNode(f"{ID}graph/queries")


def example_quads(queries: Iterable[Query]) -> Iterator[ox.Quad]:
    """The quads of all queries, in the graph of their own."""
    for query in queries:
        node = ox.NamedNode(f"{ID}query/{query.name}")
        yield ox.Quad(node, RDF.type, SH.SPARQLExecutable, GRAPH)
        yield ox.Quad(node, RDF.type, SH.SPARQLSelectExecutable, GRAPH)
        yield ox.Quad(node, RDFS.comment, ox.Literal(query.summary, language="en"), GRAPH)
        yield ox.Quad(node, SH.select, ox.Literal(standalone(query)), GRAPH)
        for word in query.keywords:
            yield ox.Quad(node, SCHEMA.keywords, ox.Literal(word), GRAPH)
        for address in query.reaches:
            yield ox.Quad(node, SCHEMA.target, ox.NamedNode(address), GRAPH)


def standalone(query: Query) -> str:
    """The query without its header, each default written in place of its parameter.

    In the projection ``?language`` becomes ``("en" AS ?language)``, so the columns stay the same.
    """
    bound = query.bindings({})
    terms = {name: str(term) for name, term in bound.items()}
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith(MARK))
    pieces: list[str] = []
    at = 0
    for start, end, replacement in _replacements(text, terms):
        pieces += (text[at:start], replacement)
        at = end
    return "".join((*pieces, text[at:])).strip() + "\n"


def _replacements(text: str, terms: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """What stands in place of each parameter, by its place in the text."""
    clause, outermost, depth = "", True, 0
    for token in tokens(text):
        if token[0] in "{}":
            clause, outermost = "", False
        elif token.lastgroup == "word" and token[0].upper() in _CLAUSES:
            clause = token[0].upper()
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        name = token[0][1:]
        if token.lastgroup != "variable" or name not in terms:
            continue
        # A constant may stand in any expression, but neither be projected nor grouped by.
        if clause in ("SELECT", "GROUP") and depth == 0:
            column = clause == "SELECT" and outermost
            yield *token.span(), f"({terms[name]} AS ?{name})" if column else ""
        else:
            yield *token.span(), terms[name]


_CLAUSES = ("SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT")
