"""Figures for Prometheus, in its text format: https://prometheus.io/docs/instrumenting/."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from api.observation import Exchange
from graph.engine.process import REASONS
from graph.engine.question import Engine
from graph.engine.state import ObservedEngine

router = APIRouter()

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

Family = GaugeMetricFamily | CounterMetricFamily


class Metrics:
    """Counts the exchanges, and reads off the engine when asked."""

    def __init__(self, engine: Engine) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "polemos_http_requests",
            "Requests answered; status 499 is a client that did not wait.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "polemos_http_request_seconds",
            "From a request's first byte to its answer's last.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._series = cache(self._find_series)  # labels are looked up by every request
        ProcessCollector(registry=self.registry)
        self.registry.register(EngineCollector(engine))

    def __call__(self, exchange: Exchange) -> None:
        """Count an exchange."""
        method = exchange.scope["method"]
        known = method if method in _METHODS else "other"
        requests, seconds = self._series(exchange.route, known, exchange.status)
        requests.inc()
        seconds.observe(exchange.seconds)

    def _find_series(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(route, method, status), self._seconds.labels(route)


class EngineCollector(Collector):
    """What the engine says about itself, read when somebody looks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Family]:
        """The families of figures."""
        yield _gauge("polemos_version", "The version that is served.", self._engine.version)
        if isinstance(self._engine, ObservedEngine):
            yield from _figures(self._engine)


def _figures(engine: ObservedEngine) -> Iterator[Family]:
    state = engine.state()
    workers = GaugeMetricFamily("polemos_workers", "Worker processes.", labels=("state",))
    for name, number in {
        "busy": state.busy,
        "idle": state.idle,
        "starting": state.starting,
    }.items():
        workers.add_metric((name,), number)
    yield workers
    ended = CounterMetricFamily(
        "polemos_workers_ended", "Worker processes that ended, by reason.", labels=("reason",)
    )
    for reason in REASONS:
        ended.add_metric((reason.replace(" ", "_"),), state.ended.get(reason, 0))
    yield ended
    yield _gauge("polemos_workers_most", "Queries that may run at once.", state.workers)
    yield _gauge("polemos_queue_length", "Queries that wait for a worker.", state.waiting)
    yield _gauge("polemos_queue_most", "Queries that may wait.", state.room)
    yield _counter(
        "polemos_share_refusals",
        "Queries refused because their client had as many as it may.",
        engine.running.refused,
    )
    yield _counter("polemos_kept_answers_hits", "Answers given from memory.", state.kept_hits)
    yield _counter("polemos_kept_answers_misses", "Answers that were not.", state.kept_misses)
    yield _gauge("polemos_kept_answers", "Answers kept in memory.", state.kept_answers)
    yield _gauge("polemos_kept_answers_bytes", "Their size.", state.kept_bytes)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _counter(name: str, says: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(name, says, value=value)


@router.get(
    "/metrics",
    tags=["operation"],
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {CONTENT_TYPE_LATEST.partition(";")[0]: {}}}},
)
async def metrics(request: Request) -> Response:
    """Give the figures of this server process and its engine."""
    body = generate_latest(request.app.state.metrics.registry)
    return Response(
        body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )
