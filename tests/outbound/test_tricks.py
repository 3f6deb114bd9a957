"""Ways to make the server call an address of its own network: all refused, and nobody comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from graph.engine.changes import Changes
from graph.engine.outbound import WIKIDATA, Outbound
from graph.engine.pool import Pool
from graph.engine.question import Question
from graph.engine.updates import Circumstances, apply_update
from graph.engine.versions import Versions
from graph.errors import InvalidQuery, PolemosError, Refused
from tests.outbound.endpoints import Listening

P = "{ ?s ?p ?o }"
HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.0.0.1.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25lo]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "query.wikidata.org@127.0.0.1",
    "127.0.0.1#query.wikidata.org",
    "127.0.0.1/?query.wikidata.org",
    "query.wikidata.org.127.0.0.1.nip.io",
]
OTHER_ADDRESSES = [
    "http://query.wikidata.org/sparql",
    "https://query.wikidata.org:8443/sparql",
    "https://query.wikidata.org/sparql/",
    "https://query.wikidata.org/sparql?x",
    "https://query.wikidata.org./sparql",
    "https://QUERY.wikidata.org/sparql",
    "https://user@query.wikidata.org/sparql",
    "https://query.wikidata.org/../sparql",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_INFO",
    "urn:x",
]
QUERIES = [
    f"SELECT * {{ SERVICE <ADDRESS> {P} }}",
    f"SELECT * {{ SERVICE SILENT <ADDRESS> {P} }}",
    f"SELECT * {{ ?s ?p ?o {{ SELECT * {{ SERVICE <ADDRESS> {P} }} }} }}",
    f"SELECT * {{ OPTIONAL {{ SERVICE <ADDRESS> {P} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <ADDRESS> {P} }} }}",
    f"SELECT * {{ SERVICE <{WIKIDATA}> {{ SERVICE <ADDRESS> {P} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <ADDRESS> {P} }}",
    f"DESCRIBE ?s {{ SERVICE <ADDRESS> {P} }}",
    f"ASK {{ SERVICE <ADDRESS> {P} }}",
    f"PREFIX a: <ADDRESS> ASK {{ SERVICE a: {P} }}",
    f"BASE <ADDRESS> ASK {{ SERVICE <> {P} }}",
    f"ASK {{ BIND(<ADDRESS> AS ?a) SERVICE ?a {P} }}",
    f"ASK {{ VALUES ?a {{ <ADDRESS> }} SERVICE ?a {P} }}",
    f"SELECT * {{ SERV\\u0049CE <ADDRESS> {P} }}",
]
UPDATES = [
    "LOAD <ADDRESS>",
    f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <ADDRESS> {P} }}",
    f"DELETE {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE SILENT <ADDRESS> {P} }} }} }}",
    f"INSERT DATA {{ <a:a> <a:a> 1 }} ; INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE ?x {P} }}",
    "INSERT DATA { <a:a> <a:a> 1 } ; LOAD <ADDRESS>",
]


def refusals(things: Versions, queries: Sequence[str], outbound: Outbound) -> list[PolemosError]:
    """What a pool says to each query; one that it answers fails the test."""

    async def ask() -> list[PolemosError]:
        pool = Pool(things, workers=1, outbound=outbound)
        errors = []
        try:
            for query in queries:
                with pytest.raises(PolemosError) as refused:
                    await pool.ask(Question(query))
                errors.append(refused.value)
            return errors
        finally:
            await pool.close()

    return asyncio.run(ask())


def unlisted(listener: Listening) -> list[str]:
    local = [f"http://{host}:{listener.port}/sparql" for host in HOSTS]
    return [*local, *(f"https://{host}/" for host in HOSTS), *OTHER_ADDRESSES]


def test_what_is_not_listed_is_refused_in_every_place_of_a_query(
    things: Versions, listener: Listening
) -> None:
    queries = [query.replace("ADDRESS", listener.address) for query in QUERIES]
    queries += [QUERIES[0].replace("ADDRESS", address) for address in unlisted(listener)]

    errors = refusals(things, queries, Outbound())

    # An address that is no IRI does not parse, and is refused so.
    assert {type(error) for error in errors} <= {Refused, InvalidQuery}
    assert sum(type(error) is Refused for error in errors) > len(errors) - 5
    assert listener.connections == 0


@pytest.mark.parametrize("update", UPDATES)
def test_updates_call_nobody_even_where_the_address_is_listed(
    tmp_path: str, listener: Listening, update: str
) -> None:
    for address in (listener.address, WIKIDATA, "file:///etc/passwd"):
        with Versions(tmp_path).draft(None) as draft, pytest.raises(Refused):  # type: ignore[arg-type]
            apply_update(Changes(draft), update.replace("ADDRESS", address), Circumstances())
    assert listener.connections == 0


def test_a_silent_load_does_nothing(tmp_path: str, listener: Listening) -> None:
    with Versions(tmp_path).draft(None) as draft:  # type: ignore[arg-type]
        changes = Changes(draft)
        text = f"LOAD SILENT <{listener.address}> INTO GRAPH <urn:g>"
        apply_update(changes, text, Circumstances())
        assert not changes
    assert listener.connections == 0


def test_a_listed_name_that_means_a_private_address_is_refused(
    things: Versions, listener: Listening
) -> None:
    """Numbers that are no dotted address stand in for names here: the system resolves both."""
    hosts = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"]
    addresses = [f"http://{host}:{listener.port}/sparql" for host in hosts]
    queries = [QUERIES[0].replace("ADDRESS", address) for address in addresses]

    errors = refusals(things, queries, Outbound(allowed=frozenset(addresses)))

    assert {type(error) for error in errors} == {Refused}
    assert all("private network" in str(error) for error in errors)
    assert listener.connections == 0
