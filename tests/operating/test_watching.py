"""What whoever watches the server is told: figures, readiness, the access log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.access_log import AccessLog
from api.observation import Exchange
from api.settings import Settings
from graph.errors import EngineFailed, LimitReached
from tests.api.asking import get
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served, serving

DEEP = "ASK " + "{" * 3000 + "}" * 3000


def figures(served: Served) -> dict[str, float]:
    text = httpx.get(f"{served.address}/metrics").text
    return {
        sample.name
        + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_figures_count_what_happened(served: Served) -> None:
    before = figures(served)

    for _ in range(3):
        assert httpx.get(served.endpoint, params={"query": "ASK { ?s ?p ?o }"}).status_code == 200
    assert httpx.get(served.endpoint, params={"query": DEEP}).status_code == 400
    httpx.get(f"{served.address}/no/such/thing")
    httpx.get(f"{served.address}/static/icon.svg")

    after = figures(served)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0.0)

    assert more("polemos_http_requests_total GET /sparql 200") == 3
    assert more("polemos_http_requests_total GET /sparql 400") == 1
    assert more("polemos_http_requests_total GET none 404") == 1
    assert more("polemos_http_requests_total GET /static 200") == 1
    assert more("polemos_http_request_seconds_count /sparql") == 4
    assert more("polemos_kept_answers_hits_total") == 2
    assert more("polemos_workers_ended_total nesting") == 1
    assert after["polemos_version"] == 1
    assert after["polemos_queue_most"] == 64
    assert after["process_resident_memory_bytes"] > 1e6
    assert after["process_open_fds"] > 0


def test_a_method_nobody_knows_makes_no_figure_of_its_own(served: Served) -> None:
    httpx.request("PROPFIND", served.endpoint)

    assert figures(served)["polemos_http_requests_total other /sparql 405"] >= 1


def test_ready(served: Served) -> None:
    assert httpx.get(f"{served.address}/ready").json() == {"status": "ready", "version": 1}


@pytest.mark.parametrize("error", [LimitReached("all busy", 1), EngineFailed("no worker")])
def test_not_ready(error: Exception) -> None:
    response = get(FakeEngine(error=error), "/ready")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"
    assert response.json()["detail"] == f"Not ready: {error}"


def logged(log: Path, *, queries: bool = False) -> dict[str, Any]:
    """The line that a request leaves in a log."""
    settings = Settings(access_log=str(log), log_queries=queries)
    with serving(FakeEngine(), settings) as served:
        httpx.get(f"{served.endpoint}?query=ASK{{}}%23secret", headers={"User-Agent": 'a "b"'})
    (line,) = log.read_text("utf-8").splitlines()
    fields: dict[str, Any] = json.loads(line)
    return fields


def test_the_access_log_is_json_without_queries(tmp_path: Path) -> None:
    line = logged(tmp_path / "access.log")

    assert line.pop("time").endswith("+00:00")
    assert line.pop("seconds") >= 0
    assert line == {
        "client": "127.0.0.1",
        "method": "GET",
        "path": "/sparql",
        "status": 200,
        "bytes": 49,
        "agent": 'a "b"',
        "id": "",
    }


def test_the_access_log_has_queries_where_asked(tmp_path: Path) -> None:
    assert logged(tmp_path / "access.log", queries=True)["query"] == "ASK{}#secret"


def test_a_log_that_is_moved_away_is_begun_anew(tmp_path: Path) -> None:
    log = AccessLog(str(tmp_path / "access.log"))
    exchange = Exchange({"method": "GET", "path": "/", "headers": []}, "192.0.2.1")
    log(exchange)

    (tmp_path / "access.log").rename(tmp_path / "access.log.1")
    log(exchange)
    log.close()

    assert (tmp_path / "access.log").read_text("utf-8").count("\n") == 1
    assert (tmp_path / "access.log.1").read_text("utf-8").count("\n") == 1
