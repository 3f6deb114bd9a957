"""The canned queries as examples in the graph itself, where editors look for them.

The vocabulary is SHACL's (https://www.w3.org/TR/shacl-af/, section 5.1, sh:SPARQLExecutable) as the
SPARQL examples of the Swiss Institute of Bioinformatics use it: rdfs:comment is the question,
sh:select the text, schema:keywords the words to find it by. An editor runs the text as it stands,
so the default of a parameter, which is bound elsewhere, is written into it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.filled_in import fill_in
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
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith(MARK))
    return fill_in(text, query.bindings({})).strip() + "\n"
