"""The graph as networks, by SPARQL: a table of modes, a line a mode, and the queries beside it.

Every query of edges has the same columns, those of :data:`graph.networks.edges.IDENTITY` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import InvalidInput, NotFound
from graph.network import Network
from graph.networks.answers import Questions, Select
from graph.networks.asked import Asked, network_of
from graph.networks.edges import Edges
from graph.networks.neighbourhood import Neighbourhood, near
from graph.networks.nodes import Nodes
from graph.networks.reported import HAPPENED, TIMES, Single, Whole, by_report
from graph.vocabulary import POL, hint


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to see the graph as a network: its title and the names of its queries of edges.

    The nodes are the ends of the edges, with ``all_events`` every event besides. ``scope`` is the
    class that all nodes are of, where there is one.
    """

    name: str
    title: str
    edges: tuple[str, ...]
    scope: ox.NamedNode | None = None
    all_events: bool = False


MODES: Mapping[str, Mode] = {
    mode.name: mode
    for mode in (
        Mode(
            "actors",
            "Actors, and what they did to and with each other",
            ("acts", "ties"),
            scope=POL.Actor,
        ),
        Mode(
            "events",
            "Events, with who took part, where, and what they have to do with each other",
            ("participation", "relations", "ties", "offices"),
            all_events=True,
        ),
    )
}


def network(
    select: Select,
    mode: str = "events",
    language: str = "en",
    place: Neighbourhood | None = None,
    time: str = HAPPENED,
    asked: Asked | None = None,
) -> Network:
    """The network of a view, labels in a language where there are some, else in English.

    With ``place``, what lies around one entity alone, asked at once; raises as :func:`near` does.

    ``select`` answers a SELECT with bindings, as :meth:`graph.engine.store.Reading.select` does.
    Nothing is asked before nodes or edges are iterated. Rows are sorted and kept in temporary
    files, so that memory does not grow with the network. Raises NotFound where there is no such
    mode, InvalidInput where there is no such time, or as :func:`network_of` does.
    """
    if time not in TIMES:
        raise InvalidInput(f"There is no time “{time[:50]}”. Use {' or '.join(TIMES)}.")
    questions = Questions(select, language)
    found = network_of(questions, asked) if asked else _of_mode(questions, mode, place)
    if time == HAPPENED:
        return found
    few = asked is not None or place is not None
    return by_report(found, Single(questions) if few else Whole(questions))


def _of_mode(questions: Questions, mode: str, place: Neighbourhood | None) -> Network:
    if mode not in MODES:
        names = " or ".join(MODES)
        raise NotFound(f"There is no network “{mode}”.{hint(mode, MODES)} Use {names}.")
    chosen = MODES[mode]
    if place is not None:
        title = f"{chosen.title}: what is near to <{place.about}>"
        return Network(title, *near(questions, chosen.edges, place))
    edges = Edges(questions, chosen.edges)
    return Network(chosen.title, Nodes(questions, edges, chosen.scope, chosen.all_events), edges)
