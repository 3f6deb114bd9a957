"""The graph of the first article alone, as a build makes it, and small ones written for a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from graph.build import read
from graph.closure import closed
from graph.engine.store import Reading
from graph.files import Sources
from graph.material import named_graphs, stated
from graph.progress import Steps, silent
from graph.queries import Query
from graph.turtle import read_rdf

FIRST = "2026-01-24-kyiv-kharkiv"


@cache
def article_graph() -> Reading:
    """What a build of the article, its reference entities and the ontology makes, not validated.

    The countries and regions of the world are left out, which would swamp the answers.
    """
    everything = read(Sources(), Steps(silent))
    only = tuple(article for article in everything.articles if article.slug == FIRST)
    near = tuple(file for file in everything.reference if not file.path.stem.startswith("world-"))
    material = replace(everything, articles=only, reference=near)
    store = ox.Store()
    store.extend(closed(stated(material), material.ontology.core.quads))
    store.extend(named_graphs(material))
    return Reading(store)


def small_graph(trig: str) -> Reading:
    """What a few lines of TriG say, with the ontology, closed like a build's."""
    sources = Sources()
    ontology = [quad for path in (sources.core, *sources.codes) for quad in read_rdf(path).quads]
    prefixes = "".join(
        f"PREFIX {kind}: <https://w3id.org/polemos/id/{kind}/>\n"
        for kind in ("actor", "claim", "event", "modality", "quantity", "region", "role", "unit")
    )
    text = f"PREFIX pol: <https://w3id.org/polemos/ontology#>\n{prefixes}{trig}"
    written = [*ontology, *ox.parse(text, ox.RdfFormat.TRIG)]
    store = ox.Store()
    store.extend(closed(written, ontology))
    return Reading(store)


def ask(graph: Reading, query: Query, values: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a query's answer, each the texts of its columns; what is unbound is left out."""
    found = graph.select(query.text, query.bindings(values))
    return [
        {
            name: str(term) if isinstance(term, ox.Triple) else term.value
            for name, term in zip(found.variables, row, strict=True)
            if term is not None
        }
        for row in found.rows
    ]
