"""The application: routers and error handlers, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api import health, home, metrics, openapi, search
from api import running as running_queries
from api.access_log import access_logs
from api.canned import routes as canned
from api.compression import Compression
from api.description.documents import dataset_iri
from api.description.routes import router as description
from api.description.statistics import Counting
from api.direct import BeginningEngine, Direct
from api.exports.process import Exports
from api.exports.routes import router as exports
from api.linked_data.routes import router as linked_data
from api.metrics import Metrics
from api.observation import Observation, Watcher
from api.overview.reading import Overviews
from api.problems import answer_with_problems
from api.reconciliation.routes import serve_reconciliation
from api.schema.kept import Schemas
from api.schema.routes import router as schema
from api.screens.files import PageFiles
from api.screens.routes import router as screens
from api.settings import Settings
from api.sparql import SparqlEndpoint
from api.versions import running
from api.writing.memento import VARYING
from api.writing.routes import Versioned, serve_versions, sparql_endpoint, writer_of
from graph.engine.question import Engine

ENDPOINT = "/sparql"
_ROUTERS = (
    home.router,
    screens,
    health.router,
    metrics.router,
    running_queries.router,
    search.router,
    description,
    schema,
    linked_data,
)


class Application(FastAPI):
    """An application whose SPARQL endpoint is reached without the layers of the framework.

    They took a third of what a point query costs the server, and the endpoint has no use for them:
    it reads its requests and answers its errors itself.
    """

    queries: ASGIApp | None = None
    direct: Direct | None = None
    """What the server's connections ask first; see :mod:`api.connection`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server's start and end."""
        if scope["type"] != "http" or scope["path"] != ENDPOINT or self.queries is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        scope["endpoint"] = self.queries
        scope["path_params"] = {}
        await self.queries(scope, receive, send)


def create_app(
    engine: Engine, settings: Settings | None = None, versioned: Versioned | None = None
) -> Application:
    """Build the HTTP side over an engine, which opens and closes with the server.

    ``versioned``: the versions behind the engine, where they are to be seen or added to.
    """
    settings = settings or Settings()
    figures = Metrics(engine)
    logs = access_logs(settings)
    files = Exports()
    queries = SparqlEndpoint(engine, settings)
    counting = Counting(engine, dataset_iri(settings.base_iri))
    overviews = Overviews(engine)
    app = Application(
        title="Polemos",
        summary="A knowledge graph of armed conflict and diplomacy with a SPARQL endpoint",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=running(
            engine,
            settings,
            [
                counting.close,
                overviews.close,
                files.close,
                queries.close,
                *(log.close for log in logs),
            ],
            writer_of(versioned),
        ),
    )
    app.state.engine = engine
    app.state.settings = settings
    app.state.overviews = overviews
    app.state.metrics = figures
    app.state.counting = counting
    app.state.schemas = Schemas(engine, counting, dataset_iri(settings.base_iri))
    app.state.writable = writer_of(versioned) is not None
    app.state.started = datetime.now(UTC)
    app.include_router(canned.router)
    app.router.routes.append(canned.route(queries, settings))
    app.state.exports = files
    app.include_router(exports)
    serve_versions(app, engine, settings, versioned)
    for router in _ROUTERS:
        app.include_router(router)
    serve_reconciliation(app, engine)
    app.router.routes.append(Mount("/static", PageFiles(), name="static"))
    watchers: tuple[Watcher, ...] = (figures, *logs)
    app.add_middleware(Compression)
    app.add_middleware(Observation, watchers=watchers)
    endpoint = sparql_endpoint(queries, settings, versioned)
    app.router.routes.insert(0, Route(ENDPOINT, endpoint))
    app.queries = Observation(Compression(endpoint), watchers)
    app.direct = _direct(engine, queries, settings, watchers, versioned)
    answer_with_problems(app)
    openapi.describe_sparql(app)
    return app


def _direct(
    engine: Engine,
    queries: SparqlEndpoint,
    settings: Settings,
    watchers: Sequence[Watcher],
    versioned: Versioned | None,
) -> Direct | None:
    """What answers plain queries without ASGI, where the engine can call back."""
    if not isinstance(engine, BeginningEngine):
        return None
    return Direct(engine, queries, settings, watchers, VARYING if versioned is not None else [])
