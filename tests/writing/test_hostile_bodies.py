"""Bodies that are made to break their reader: refused, and the next write is done."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from graph.writing.writer import WriteLimits
from tests.writing.served import Writable, writable

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
NODE = '<rdf:Description rdf:about="a:b"><x:y xmlns:x="http://e/">&{};</x:y></rdf:Description>'


def laughs() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 12}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "{"a" * 30}">{entities}]>'
    return f"{head}<rdf:RDF {RDF}>{NODE.format('e9')}</rdf:RDF>"


def external(address: str) -> str:
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "{address}">]>'
    return f"{head}<rdf:RDF {RDF}>{NODE.format('e')}</rdf:RDF>"


def deep_json(depth: int) -> str:
    return '{"@id":"a:b","http://e/p":' * depth + "1" + "}" * depth


def deep_xml(depth: int) -> str:
    inner = "<rdf:Description><x:y xmlns:x='http://e/'>"
    return f"<rdf:RDF {RDF}>" + inner * depth + "</x:y></rdf:Description>" * depth + "</rdf:RDF>"


@dataclass
class Listener:
    """Counts who connects."""

    address: str
    connections: int = 0


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard = Listener(f"http://127.0.0.1:{server.getsockname()[1]}/x")

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.connections += 1
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield heard
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    limits = WriteLimits(seconds=5, memory_bytes=1024**3)
    with writable(tmp_path_factory.mktemp("hostile"), limits=limits) as served:
        yield served


def put(server: Writable, media_type: str, body: str | bytes) -> httpx.Response:
    return server.client.put(
        "/rdf-graph-store?graph=a:hostile", content=body, headers={"Content-Type": media_type}
    )


def works(server: Writable) -> bool:
    return server.update("INSERT DATA { <a:a> <a:b> 1 }").status_code == 200


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        pytest.param("application/ld+json", deep_json(20_000), id="deep JSON-LD"),
        pytest.param("application/ld+json", "[" * 100_000, id="open brackets"),
        pytest.param("application/rdf+xml", laughs(), id="billion laughs"),
        pytest.param("application/rdf+xml", external("file:///etc/passwd"), id="external entity"),
        pytest.param("application/rdf+xml", deep_xml(20_000)[:-10], id="deep broken XML"),
        pytest.param("text/turtle", b'<a:b> <a:c> "' + b"x" * 50_000_000 + b'" .', id="50 MB"),
        pytest.param("text/turtle", "<a:b> <a:c> " + "(" * 20_000, id="deep Turtle"),
        pytest.param("text/turtle", b"\xff\xfe\x00", id="no UTF-8"),
        pytest.param("application/n-triples", b"\x00" * 1000, id="zero bytes"),
        pytest.param("application/ld+json", b"\x1f\x8b\x08\x00" * 10, id="zipped"),
    ],
)
def test_documents(server: Writable, media_type: str, body: str | bytes) -> None:
    assert put(server, media_type, body).status_code == 400
    assert works(server)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("INSERT DATA " + "{ GRAPH <a:g> " * 30_000, id="braces"),
        pytest.param("INSERT DATA { <a:a> <a:b> " + "(" * 30_000, id="lists"),
        pytest.param("INSERT DATA { " + "<< " * 30_000, id="triple terms"),
        pytest.param("INSERT {} WHERE { FILTER(" + "!" * 100_000 + "1) }", id="operators"),
        pytest.param("INSERT {} WHERE " + "{" * 30_000 + "}" * 30_000, id="groups"),
        pytest.param("CLEAR ALL ;" * 3 + ";" * 50_000, id="semicolons"),
    ],
)
def test_updates(server: Writable, body: str) -> None:
    assert server.update(body).status_code == 400
    assert works(server)


def test_an_update_without_end_is_ended(server: Writable) -> None:
    rows = " ".join(f"({n})" for n in range(300))
    product = " ".join(f"VALUES (?v{n}) {{ {rows} }}" for n in range(5))
    answer = server.update(f"INSERT {{ ?s <a:b> ?v0 }} WHERE {{ BIND(<a:a> AS ?s) {product} }}")
    assert answer.status_code == 503
    assert "5 seconds" in answer.text or "memory" in answer.text
    assert works(server)


def test_a_body_that_is_too_long(tmp_path_factory: pytest.TempPathFactory) -> None:
    with writable(tmp_path_factory.mktemp("long"), max_mib=1) as server:
        assert put(server, "text/turtle", b"#" * (1024**2 + 1)).status_code == 413
        assert server.update("#" * (1024**2 + 1)).status_code == 413


def test_nothing_is_fetched(server: Writable, listener: Listener) -> None:
    context = f'{{"@context": "{listener.address}", "@id": "a:b", "name": "x"}}'
    nested = f'{{"@id": "a:b", "a:c": {{"@context": ["{listener.address}"], "@id": "a:d"}}}}'
    imported = f'{{"@context": {{"@version": 1.1, "@import": "{listener.address}"}}}}'
    for body in (context, nested, imported):
        assert put(server, "application/ld+json", body).status_code == 400
    assert put(server, "application/rdf+xml", external(listener.address)).status_code == 400
    for text in (
        f"LOAD <{listener.address}>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}",
        f"INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE SILENT <{listener.address}> {{ ?s ?p 1 }} }}",
        f"CLEAR ALL ; INSERT {{}} WHERE {{ {{ SELECT * {{ SERVICE <{listener.address}> {{}} }}}}}}",
    ):
        assert server.update(text).status_code == 403
    assert server.update(f"LOAD SILENT <{listener.address}>").json()["added"] == 0
    assert listener.connections == 0
