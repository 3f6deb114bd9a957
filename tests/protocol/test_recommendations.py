"""The two Recommendations section by section; the cases are data, one file each.

``update.yaml``: SPARQL 1.1 Protocol, 2.2. ``graph_store.yaml``: SPARQL 1.1 Graph Store HTTP
Protocol, 4 and 5. In a case ``given`` is an update that prepares the store, ``{store}`` the address
of the graph store, and ``then`` an ASK that must be true afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.writing.served import Writable, writable

FOLDER = Path(__file__).parent


def cases(name: str) -> list[Any]:
    read = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return [pytest.param(case, id=f"{case['section']} {case['says']}") for case in read]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    with writable(tmp_path_factory.mktemp("protocol")) as served:
        yield served


def filled(value: Any, store: str) -> Any:
    if isinstance(value, dict):
        return {name: filled(each, store) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, store) for each in value]
    return value.replace("{store}", store) if isinstance(value, str) else value


def send(server: Writable, request: dict[str, Any]) -> httpx.Response:
    body = request.get("body", "")
    content = body.encode(request.get("encoding", "utf-8"))
    return server.client.request(
        request["method"],
        request.get("path", "/sparql"),
        params=[tuple(pair) for pair in request.get("parameters", ())] or None,
        content=content,
        headers=request.get("headers", {}),
    )


def check(server: Writable, case: dict[str, Any]) -> None:
    case = filled(case, f"{server.address}/rdf-graph-store")
    prepared = server.update(f"DROP ALL ; {case.get('given', '')}")
    assert prepared.status_code == 200, prepared.text
    answer = send(server, case["request"])
    assert answer.status_code == case["status"], answer.text
    for name, value in case.get("fields", {}).items():
        assert answer.headers[name].startswith(value)
    if "says_what" in case:
        assert case["says_what"] in answer.text
    for ask in case.get("then", ()):
        assert server.ask(ask), ask


@pytest.mark.parametrize("case", cases("update.yaml"))
def test_update_operation(server: Writable, case: dict[str, Any]) -> None:
    check(server, case)


@pytest.mark.parametrize("case", cases("graph_store.yaml"))
def test_graph_store(server: Writable, case: dict[str, Any]) -> None:
    check(server, case)
