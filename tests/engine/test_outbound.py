import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.engine.outbound import WIKIDATA, calls_out, refuse_outbound
from graph.errors import Refused

EVIL = "http://127.0.0.1:1/sparql"
P = "{ ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{EVIL}> {P} }}",
        f"SELECT * {{ service<{EVIL}>{P} }}",
        f"SELECT * {{ SeRvIcE SILENT <{EVIL}> {P} }}",
        f"SELECT*{{SERVICE#c\n#d\n<{EVIL}>#e\n{P}}}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{EVIL}> {P} }} }} }} }}",
        f"SELECT * {{ FILTER NOT EXISTS {{ SERVICE <{EVIL}> {P} }} }}",
        f"ASK {{ GRAPH ?g {{ }} SERVICE <{EVIL}> {P} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{EVIL}> {P} }}",
        f"PREFIX e: <http://127.0.0.1:1/> SELECT * {{ SERVICE e:sparql {P} }}",
        f"PREFIX e: <{EVIL}> SELECT * {{ SERVICE e: {P} }}",
        f"PREFIX : <http://127.0.0.1:1/> SELECT * {{ SERVICE:sparql{P} }}",
        f"PREFIX:<http://127.0.0.1:1/>SELECT*{{SERVICE:sparql{P}}}",
        f"prefixe:<http://127.0.0.1:1/>SELECT*{{SERVICEe:sparql{P}}}",
        f"PREFIX e: <http://127.0.0.1:1/> SELECT * {{ SERVICESILENTe:sparql {P} }}",
        f"PREFIX e: <http://127.0.0.1:1/> SELECT * {{ SERVICE e:spa\\-rql {P} }}",
        f"BASE <http://127.0.0.1:1/> SELECT * {{ SERVICE <sparql> {P} }}",
        f"BASE <https://query.wikidata.org/> SELECT * {{ SERVICE <//127.0.0.1:1/sparql> {P} }}",
        f"BASE <http://127.0.0.1:1/> PREFIX e: <> SELECT * {{ SERVICE e:sparql {P} }}",
        f"PREFIX e: <{EVIL}> PREFIX e: <{WIKIDATA}> SELECT * {{ SERVICE e: {P} }}",
        f"SELECT * {{ ?s ?p trueSERVICE<{EVIL}>{P} }}",
        f"SELECT * {{ ?s ?p 1SERVICE<{EVIL}>{P} }}",
        f"SELECT * {{ FILTER(?o<1)SERVICE#>\n<{EVIL}>{P} }}",
        f"SELECT * {{ FILTER(?o<1#> '''\n)SERVICE<{EVIL}>{P} #'''\n }}",
        f"SELECT * {{ FILTER(?o<'>')SERVICE<{EVIL}>{P} }}",
        f"SELECT * {{ \\u0053ERVICE <{EVIL}> {P} }}",
        f"SELECT * {{ SERVICE\\u0020<{EVIL}> {P} }}",
        f"SELECT * {{ SERVICE <http\\u003a//127.0.0.1:1/> {P} }}",
        f"SELECT * {{ SERVICE <HTTPS://query.wikidata.org/sparql> {P} }}",
        f"SELECT * {{ SERVICE <{WIKIDATA}/../evil> {P} }}",
        f"SELECT * {{ SERVICE <{WIKIDATA}?x> {P} }}",
        f"SELECT * {{ SERVICE <{WIKIDATA}> {P} SERVICE <{EVIL}> {P} }}",
        f"SELECT * {{ # it's\n SERVICE <{EVIL}> {P} # it's\n }}",
        "LOAD <file:///etc/passwd>",
        f"LOAD SILENT <{EVIL}> INTO GRAPH <http://g>",
        "PREFIX e: <http://127.0.0.1:1/> INSERT DATA { } ; LOADe:sparql",
        f"INSERT {P} WHERE {{ SERVICE <{EVIL}> {P} }}",
    ],
)
def test_an_address_that_is_not_listed_is_refused(query: str) -> None:
    with pytest.raises(
        Refused, match=r"requests go only to listed addresses \(https://query\.wiki"
    ):
        refuse_outbound(query)


@pytest.mark.parametrize("name", ["?x", "$x", "?s#\n"])
def test_an_address_in_a_variable_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="an address in a variable is refused"):
        refuse_outbound(f"SELECT * {{ VALUES ?x {{ <{WIKIDATA}> }} SERVICE {name} {P} }}")


@pytest.mark.parametrize("second", ["BASE <http://b/>", f"# BASE <{WIKIDATA}>\n"])
def test_a_relative_address_that_may_mean_several_is_refused(second: str) -> None:
    """Even one in a comment counts: nothing here decides which of them the parser takes."""
    with pytest.raises(Refused, match="write the address in full"):
        refuse_outbound(f"BASE <http://a/> {second} SELECT * {{ SERVICE <x> {P} }}")


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{WIKIDATA}> {P} }}",
        f"SELECT * {{ SERVICE SILENT <{WIKIDATA}> {P} }}",
        f"PREFIX w: <https://query.wikidata.org/> SELECT * {{ SERVICE w:sparql {P} }}",
        f"BASE <https://query.wikidata.org/a/b> SELECT * {{ SERVICE <../sparql> {P} }}",
        f"SELECT * {{ SERVICE <https\\u003A//query.wikidata.org/sparql> {P} }}",
        f"SELECT * {{ ?s ?p ?o }} # SERVICE <{EVIL}> {P}",
        f"SELECT * {{ ?s ?p 'SERVICE <{EVIL}> {P}' }}",
        f'SELECT * {{ ?s ?p """SERVICE <{EVIL}> {P}""" }}',
        f"SELECT * {{ ?s ?p 'it\\'s SERVICE <{EVIL}> {P}' }}",
        f"SELECT * {{ ?s <http://example.org/SERVICE> ?o . ?s <{EVIL}> ?o }}",
        f"SELECT * {{ ?service <{EVIL}> ?o }}",
        "PREFIX ex: <http://example.org/service#> SELECT * { ex:service ex:SERVICE ?service }",
        f"PREFIX service: <{EVIL}> SELECT * {{ ?s a service:Unit . GRAPH service:g {P} }}",
        f"PREFIX payload: <{EVIL}> INSERT DATA {{ payload:a payload:b payload:c ; a 1 }}",
        "SELECT * { ?s ?p ?o } ORDER BY ?service LIMIT 3",
        "CLEAR SILENT DEFAULT",
    ],
)
def test_what_only_looks_like_a_call_is_not_refused(query: str) -> None:
    refuse_outbound(query)


def test_calls_are_told_from_words() -> None:
    assert calls_out(f"SELECT * {{ SERVICE <{WIKIDATA}> {P} }}")
    assert not calls_out(f"SELECT * {{ ?s ?p 'SERVICE <{WIKIDATA}> {P}' }}")


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    with suppress(Refused):
        refuse_outbound(text + " service " + text)


def test_long_texts_are_judged_in_time() -> None:
    for part in (
        "SERVICE <a> ",
        "service#\n",
        "<a#",
        "<'",
        "SERVICE SILENT ",
        "prefix a:<b>",
        "load ",
    ):
        with suppress(Refused):
            refuse_outbound("SERVICE " + part * 5_000)


PROLOGUES = [
    "",
    "PREFIX ex: <URL> ",
    "PREFIX : <URL> ",
    "PREFIX service: <http://s/> ",
    "BASE <URL> ",
    "prefixex:<URL>",
    "PREFIX o: <http://x#> ",
    "PREFIX i: <http://o'b/> ",
    "PREFIX trueservice:<URL>",
]
BEFORE = [
    "",
    "?s ?p 1",
    "?s ?p 1.",
    "?s ?p 1e0",
    "?s ?p true",
    "?s ?p 'x'@en",
    "?s ?p ex:a",
    "?s ?p _:b.",
    "FILTER(?o<5)",
    "FILTER(?o<1#>\n)",
    "FILTER(?o<'>')",
    "FILTER(?o<1#'>\n)",
    "?s ?p '''a'b'''",
    "VALUES(?v){('''x')}",
    "?s ?p <http://o'b> .",
    "# it's\n",
    "?s <http://p>? ?o",
    '?s ?p "\\u0022"',
]
CALLS = ["SERVICE", "service ", "SERVICESILENT", "SERVICE#>\n", "SERVICE#'\n", "SERV\\u0049CE"]
ADDRESSES = ["<URLx>", "ex:a", ":a", "<rel>", " ex:a ", " <URLy> #c\n", "trueservice:q"]
parts = st.tuples(
    st.lists(st.sampled_from(PROLOGUES), max_size=3).map("".join),
    st.lists(st.sampled_from(BEFORE), max_size=3).map(" ".join),
    st.sampled_from(CALLS),
    st.sampled_from(ADDRESSES),
    st.text("<>#'\"\\{}() .a?:\n", max_size=2),
)


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address that hangs up on everybody, and who came."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                connection, _ = server.accept()
                with connection:
                    line = connection.recv(1000)
                if line == b"end":
                    return
                came.append(line)

        thread = threading.Thread(target=hang_up)
        thread.start()
        port = server.getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/", came
        finally:
            with socket.create_connection(("127.0.0.1", port)) as last:
                last.sendall(b"end")
            thread.join()


def test_whatever_the_store_would_call_is_seen() -> None:
    """The store itself is the judge: no text that makes it connect may pass."""
    store = ox.Store()
    store.update("INSERT DATA { <a:a> <a:p> 1 , true , 'x' }")

    with listening() as (url, came):

        @settings(max_examples=2_000, deadline=None)
        @given(parts)
        def holds(drawn: tuple[str, str, str, str, str]) -> None:
            prologue, before, call, address, noise = drawn
            text = f"{prologue}SELECT * {{ {before}{noise}{call}{address}{{ ?s ?p ?o }} }}"
            text = text.replace("URL", url)
            came.clear()
            with suppress(SyntaxError, RuntimeError, OSError):
                list(store.query(text))  # type: ignore[arg-type]
            if came:
                with pytest.raises(Refused):
                    refuse_outbound(text)

        holds()
