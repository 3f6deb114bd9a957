"""The W3C's tests of the protocol and of the graph store, in our words: all of their names.

``w3c_protocol.yaml``: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/. The graph
store's are one sequence, https://www.w3.org/2009/sparql/docs/tests/data-sparql11/http-rdf-update/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.protocol.test_recommendations import send
from tests.writing.served import Writable, writable

CASES = yaml.safe_load((Path(__file__).parent / "w3c_protocol.yaml").read_text("utf-8"))
GIVEN = "DROP ALL ; INSERT DATA {{ {} }}".format(
    " ".join(f"GRAPH <e:{n}> {{ <e:{n}> a <e:Document> }}" for n in (1, 2, 3))
)
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
PERSON = '<{}/person/1> a <e:Person> ; <e:card> [ a <e:Card> ; <e:name> "{}" ] .'
ALICE = '[] a <e:Person> ; <e:card> [ a <e:Card> ; <e:name> "Alice" ] .'
FORM = (
    '--edge\r\nContent-Disposition: form-data; name="{0}"; filename="{0}"\r\n'
    "Content-Type: text/turtle; charset=utf-8\r\n\r\n{1}\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    with writable(tmp_path_factory.mktemp("w3c")) as served:
        yield served


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_protocol(server: Writable, case: dict[str, Any]) -> None:
    assert server.update(GIVEN).status_code == 200

    answer = send(server, case["request"])

    assert answer.status_code == case.get("status", 200), answer.text
    if "boolean" in case:
        assert answer.json()["boolean"] is case["boolean"]
    if "types" in case:
        assert answer.headers["content-type"].partition(";")[0] in case["types"]
    for ask in case.get("then", ()):
        assert server.ask(ask), ask


def test_all_of_the_protocol_tests_are_here() -> None:
    assert len({case["name"] for case in CASES}) == 34


def held(server: Writable, path: str, **parameters: str) -> Graph:
    answer = server.client.get(path, params=parameters or None, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/turtle")
    return Graph().parse(data=answer.text, format="turtle")


def same(found: Graph, turtle: str) -> bool:
    return isomorphic(found, Graph().parse(data=turtle, format="turtle"))


def test_graph_store(server: Writable) -> None:
    """Each request and answer in the order of the suite; its names stand beside them."""
    server.update("DROP ALL")
    store = f"{server.address}/rdf-graph-store"
    person, other = "/rdf-graph-store/person/1.ttl", "/rdf-graph-store/person/2.ttl"
    client = server.client

    def put(path: str, body: str, headers: dict[str, str] = TURTLE) -> httpx.Response:
        return client.put(path, content=body, headers=headers)

    john, jane = PERSON.format(store, "John Doe"), PERSON.format(store, "Jane Doe")
    assert put(person, john).status_code == 201  # put__initial_state
    assert same(held(server, "/rdf-graph-store", graph=f"{store}/person/1.ttl"), john)
    assert put(person, jane).status_code in (200, 204)  # put__graph_already_in_store
    assert same(held(server, person), jane)
    assert put("/rdf-graph-store?default", ALICE).status_code == 201  # put__default_graph
    assert same(held(server, "/rdf-graph-store?default"), ALICE)
    mismatched = put(person, jane, {"Content-Type": "application/rdf+xml"})
    assert mismatched.status_code == 400  # put__mismatched_payload
    assert put(other, "").status_code in (200, 201, 204)  # put__empty_graph
    assert len(held(server, other)) == 0
    assert client.delete(other).status_code in (200, 204)  # delete__existing_graph
    assert client.get(other).status_code == 404
    assert client.delete(other).status_code == 404  # delete__nonexistent_graph
    named = f'<{store}/person/1> <e:called> "Jane Doe" .'
    posted = client.post(person, content=named, headers=TURTLE)
    assert posted.status_code in (200, 204)  # post__existing_graph
    assert same(held(server, person), jane + named)
    given, family = named.replace("called", "given"), named.replace("called", "family")
    form = FORM.format("first.ttl", given) + FORM.format("last.ttl", family) + "--edge--\r\n"
    multipart = {"Content-Type": "multipart/form-data; boundary=edge"}
    posted = client.post(person, content=form, headers=multipart)
    assert posted.status_code in (200, 204)  # post__multipart_formdata
    assert same(held(server, person), jane + named + given + family)
    made = client.post("/rdf-graph-store", content=ALICE, headers=TURTLE)
    assert made.status_code == 201  # post__create__new_graph
    place = made.headers["location"]
    assert same(held(server, place), ALICE)
    nothing = client.post(place, content="", headers=TURTLE)
    assert nothing.status_code == 204  # post__empty_graph__existing_graph
    assert same(held(server, place), ALICE)  # get_of_post__after_noop
    assert client.head(person).status_code == 200  # head_on_an_existing_graph
    assert client.head(other).status_code == 404  # head_on_a_nonexisting_graph
