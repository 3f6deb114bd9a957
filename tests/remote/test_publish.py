from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from api.command import run
from graph.engine.versions import Version, Versions
from graph.errors import RemoteFailed
from graph.formats import RDF_FORMATS
from graph.publishing import WAYS, Target
from tests.outbound.endpoints import Reply, listening

PATHS = {"graph-store": "store", "dataset": "store", "update": "update"}
TRIG = rb"""
PREFIX : <http://example.org/>
:a :says "\"quoted\" \\u0022 } ; DROP ALL #" , "\n\r\t\u0001"@en , 1.50 ; :knows [ :says "blank" ] .
:g { :a :says "in g" . _:b :says "in g" }
"""


def quads_there(address: str) -> set[ox.Quad]:
    document = httpx.get(f"{address}/store", headers={"Accept": "application/n-quads"}).content
    return set(ox.parse(document, ox.RdfFormat.N_QUADS))


def without_blanks(quads: Iterator[ox.Quad]) -> set[ox.Quad]:
    def named(term: object) -> ox.NamedNode:
        assert isinstance(term, ox.BlankNode)
        return ox.NamedNode(f"https://w3id.org/polemos/id/.well-known/genid/{term.value}")

    return {
        ox.Quad(
            named(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject,
            quad.predicate,
            named(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object,
            quad.graph_name,
        )
        for quad in quads
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_version_arrives_whole(way: str, built: Version, empty_oxigraph: str) -> None:
    sent: list[int] = []
    target = Target(f"{empty_oxigraph}/{PATHS[way]}", sent=sent.append)

    WAYS[way](built.read(), target)

    expected = without_blanks(built.read().quads())
    assert quads_there(empty_oxigraph) == expected
    assert sum(sent) == len(expected)


@pytest.mark.parametrize("way", WAYS)
def test_hostile_texts_arrive_as_they_are_and_replace_what_was_there(
    way: str, tmp_path: Path, empty_oxigraph: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.publishing.PIECE", 2)
    monkeypatch.setattr("graph.publishing.UPDATE_PIECE", 2)
    httpx.put(
        f"{empty_oxigraph}/store", headers={"Content-Type": "application/n-quads"}, content=""
    )
    with Versions(tmp_path).draft(None) as draft:
        draft.load(TRIG, RDF_FORMATS["trig"])
        version = draft.publish("hostile")

    for _ in range(2):
        WAYS[way](version.read(), Target(f"{empty_oxigraph}/{PATHS[way]}"))

    assert quads_there(empty_oxigraph) == without_blanks(version.read().quads())


def test_the_default_graph_can_have_a_name(built: Version, empty_oxigraph: str) -> None:
    for way in WAYS:
        WAYS[way](built.read(), Target(f"{empty_oxigraph}/{PATHS[way]}", "http://example.org/d"))

    names = {quad.graph_name for quad in quads_there(empty_oxigraph)}
    assert ox.NamedNode("http://example.org/d") in names


def test_a_server_that_refuses_is_quoted(built: Version) -> None:
    with listening(Reply(b"not\n allowed", 403)) as endpoint:
        for way in WAYS.values():
            with pytest.raises(RemoteFailed, match="status 403: not allowed"):
                way(built.read(), Target(endpoint.address))

    with pytest.raises(RemoteFailed, match="cannot be reached"):
        WAYS["dataset"](built.read(), Target(endpoint.address))


def test_the_command(
    built_home: Path, empty_oxigraph: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["publish", "--home", str(built_home), "--by", "dataset"]

    assert run([*arguments, f"{empty_oxigraph}/store"]) == 0
    assert "Published version 1" in capsys.readouterr().err

    assert run(["publish", "--home", str(built_home), "ftp://example.org/"]) == 1
    assert "no address of a server" in capsys.readouterr().err
    assert run(["publish", "--home", str(built_home), "--by", "post", "http://127.0.0.1/"]) == 2
