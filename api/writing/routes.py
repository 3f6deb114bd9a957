"""What an application serves besides queries, where it has versions or allows writing."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp

from api.settings import Settings
from api.writing import archive
from api.writing.archive import Archive
from api.writing.graph_store import PATH, GraphStore
from api.writing.memento import Memento
from api.writing.update import UpdateEndpoint
from api.writing.writes import Writes
from graph.engine.question import Engine
from graph.writing.writer import Writer


@dataclass(frozen=True)
class Versioned:
    """The versions behind an engine, and who may add to them, if anybody."""

    archive: Archive
    writes: Writes | None = None


def writer_of(versioned: Versioned | None) -> Writer | None:
    """What is to be opened and closed with the application."""
    if versioned is None or versioned.writes is None:
        return None
    return versioned.writes.writer


def serve_versions(
    app: FastAPI, engine: Engine, settings: Settings, versioned: Versioned | None
) -> None:
    """Add the graph store and the versions to an application that has the SPARQL endpoint."""
    writes = versioned.writes if versioned is not None else None
    app.state.archive = versioned.archive if versioned is not None else None
    store: ASGIApp = GraphStore(engine, settings, writes)
    if versioned is not None:
        store = Memento(store, versioned.archive)
    app.router.routes.append(Route(PATH, store))
    app.router.routes.append(Route(PATH + "/{name:path}", store))
    app.include_router(archive.router)


def sparql_endpoint(queries: ASGIApp, settings: Settings, versioned: Versioned | None) -> ASGIApp:
    """The endpoint for queries, with updates and with versions by a time, where there are any."""
    if versioned is None:
        return queries
    endpoint = UpdateEndpoint(queries, settings, versioned.writes)
    return Memento(endpoint, versioned.archive)
