"""What one write changes in a draft: noted as it happens, so that it can be judged and undone."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.engine.store import GraphName, Writing


class Changes:
    """The changes that are made through this to a draft, net: what was there before is no change.

    Graphs are noted too, because a named graph may be there and empty.
    """

    def __init__(self, draft: Writing) -> None:
        self.draft = draft
        self._quads: dict[ox.Quad, bool] = {}
        self._graphs: dict[GraphName, bool] = {}

    @property
    def added(self) -> tuple[ox.Quad, ...]:
        """The quads that are there now and were not before."""
        return tuple(quad for quad, added in self._quads.items() if added)

    @property
    def removed(self) -> tuple[ox.Quad, ...]:
        """The quads that were there before and are not now."""
        return tuple(quad for quad, added in self._quads.items() if not added)

    @property
    def graphs(self) -> tuple[GraphName, ...]:
        """The named graphs that were created or dropped."""
        return tuple(self._graphs)

    def __bool__(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self._quads or self._graphs)

    def insert(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, and the graphs that they are the first of."""
        new = {quad for quad in quads if quad not in self.draft}
        for graph in {quad.graph_name for quad in new}:
            self.create(graph)
        self.draft.extend(new)
        for quad in new:
            self._note(quad, added=True)

    def delete(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads; a graph that is empty then is still there."""
        gone = {quad for quad in quads if quad in self.draft}
        self.draft.remove(gone)
        for quad in gone:
            self._note(quad, added=False)

    def create(self, graph: GraphName) -> None:
        """Let a named graph be there."""
        if not isinstance(graph, ox.DefaultGraph) and not self.draft.has_graph(graph):
            self.draft.create_graph(graph)
            self._note_graph(graph, created=True)

    def drop(self, graph: GraphName) -> None:
        """Remove a graph with its quads; the default graph is left, empty."""
        self.delete(self.draft.quads(graph=graph))
        if not isinstance(graph, ox.DefaultGraph) and self.draft.has_graph(graph):
            self.draft.drop_graph(graph)
            self._note_graph(graph, created=False)

    def undo(self) -> None:
        """Make the draft what it was before."""
        self.draft.remove(self.added)
        self.draft.extend(self.removed)
        for graph, created in self._graphs.items():
            if created:
                self.draft.drop_graph(graph)
            else:
                self.draft.create_graph(graph)
        self._quads.clear()
        self._graphs.clear()

    def _note(self, quad: ox.Quad, *, added: bool) -> None:
        if self._quads.get(quad, added) is not added:
            del self._quads[quad]
        else:
            self._quads[quad] = added

    def _note_graph(self, graph: GraphName, *, created: bool) -> None:
        if self._graphs.get(graph, created) is not created:
            del self._graphs[graph]
        else:
            self._graphs[graph] = created
