"""A write applied to a draft: one function for each kind (Graph Store HTTP Protocol, 5)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.engine.changes import Changes
from graph.engine.question import Dataset
from graph.engine.store import GraphName
from graph.engine.updates import Circumstances, apply_update
from graph.errors import InvalidInput, NotFound, OtherGraph
from graph.writing.payload import read_payload
from graph.writing.write import SERVICE, Kind, Write

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Applied:
    """What a write was about: a graph made for it, whether the graph is new, the body empty."""

    graph: str | None = None
    created: bool = False
    read: bool = True


def apply(write: Write, changes: Changes) -> Applied:
    """Apply a write; where it fails, the caller undoes the changes.

    Raises InvalidInput for what does not parse or cannot be done, Refused for SERVICE and LOAD,
    NotFound where the graph must be there and is not, OtherGraph for a patch of another graph.
    """
    return _KINDS[write.kind](write, changes)


def _update(write: Write, changes: Changes) -> Applied:
    dataset = Dataset(write.using, write.using_named)
    apply_update(changes, _text(write), Circumstances(write.base, dataset))
    return Applied()


def _put(write: Write, changes: Changes) -> Applied:
    """Replace a graph's content (5.3); a default graph without any is made anew."""
    graph = _graph(write)
    created = not _is_there(changes, graph)
    quads = read_payload(write.body, write.content_type, write.base, graph)
    changes.delete(set(changes.draft.quads(graph=graph)) - set(quads))
    changes.create(graph)
    changes.insert(quads)
    return Applied(created=created)


def _post(write: Write, changes: Changes) -> Applied:
    """Merge into a graph, or into a new one with a name of our own (5.5)."""
    if not write.body.strip():
        return Applied(read=False)
    made = f"{write.base}/{secrets.token_urlsafe(12)}" if write.graph == SERVICE else None
    graph = ox.NamedNode(made) if made is not None else _graph(write)
    created = not _is_there(changes, graph)
    quads = read_payload(write.body, write.content_type, made or write.base, graph)
    changes.create(graph)
    changes.insert(quads)
    return Applied(made, created)


def _delete(write: Write, changes: Changes) -> Applied:
    """Drop a graph (5.4)."""
    graph = _graph(write)
    _refuse_absent(changes, graph)
    changes.drop(graph)
    return Applied()


def _patch(write: Write, changes: Changes) -> Applied:
    """Apply an update whose default graph is the one addressed, and that changes no other (5.7)."""
    graph = _graph(write)
    _refuse_absent(changes, graph)
    apply_update(changes, _text(write), Circumstances(write.base, graph=graph))
    touched = {quad.graph_name for quad in (*changes.added, *changes.removed)}
    others = (touched | set(changes.graphs)) - {graph}
    if others:
        raise OtherGraph(
            f"The update changes {min(map(str, others))}, but the request is about one other graph."
            " Send it to the SPARQL endpoint instead."
        )
    return Applied()


_KINDS: Mapping[Kind, Callable[[Write, Changes], Applied]] = {
    "update": _update,
    "put": _put,
    "post": _post,
    "delete": _delete,
    "patch": _patch,
}


def _graph(write: Write) -> GraphName:
    if write.graph is None:
        return _DEFAULT
    try:
        return ox.NamedNode(write.graph)
    except ValueError:
        raise InvalidInput(f"The graph name <{write.graph}> is not an absolute IRI.") from None


def _is_there(changes: Changes, graph: GraphName) -> bool:
    if isinstance(graph, ox.DefaultGraph):
        return any(changes.draft.quads(graph=graph))
    return changes.draft.has_graph(graph)


def _refuse_absent(changes: Changes, graph: GraphName) -> None:
    if not isinstance(graph, ox.DefaultGraph) and not changes.draft.has_graph(graph):
        raise NotFound(f"There is no graph {graph} here. Make it by PUT or POST.")


def _text(write: Write) -> str:
    try:
        return write.body.decode()
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"Byte {error.start} of the update is no UTF-8. Send it as UTF-8."
        ) from None
