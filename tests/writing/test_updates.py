"""Our evaluation of updates, held against pyoxigraph's own on the same data."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.changes import Changes
from graph.engine.question import Dataset
from graph.engine.store import Writing
from graph.engine.updates import Circumstances, apply_update
from graph.errors import InvalidInput, InvalidQuery, Refused

CASES = sorted((Path(__file__).parent / "updates").glob("*.ru"))
DATA = (Path(__file__).parent / "updates" / "data.trig").read_bytes()
BASE = "http://example.org/base/"


def filled() -> ox.Store:
    store = ox.Store()
    store.load(DATA, ox.RdfFormat.TRIG)
    store.add_graph(ox.NamedNode("http://example.org/empty"))
    return store


def canonical(store: ox.Store) -> tuple[list[str], list[str]]:
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset)), sorted(map(str, store.named_graphs()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_does_what_the_store_itself_does(case: Path) -> None:
    text = case.read_text("utf-8")
    ours, theirs = filled(), filled()
    theirs.update(text, base_iri=BASE)
    before = canonical(ours)
    changes = Changes(Writing(ours))
    apply_update(changes, text, Circumstances(BASE))
    assert canonical(ours) == canonical(theirs)
    assert bool(changes) == (canonical(ours) != before)
    changes.undo()
    assert canonical(ours) == before


def test_there_are_cases() -> None:
    assert len(CASES) > 30


def applied(text: str, store: ox.Store, circumstances: Circumstances | None = None) -> Changes:
    changes = Changes(Writing(store))
    apply_update(changes, text, circumstances or Circumstances(BASE))
    return changes


def test_a_prologue_may_stand_before_each_operation() -> None:
    store = ox.Store()
    applied(
        "BASE <http://e/> INSERT DATA { <a> <p> 1 } ;"
        " PREFIX f: <http://f/> BASE <deeper/> INSERT DATA { f:a <p> 2 }",
        store,
    )
    assert sorted(map(str, store)) == [
        '<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '<http://f/a> <http://e/deeper/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT DATA { <a:a> <a:b> }", (1, 27)),
        ("INSERT DATA { <a:a> <a:b> 1 } ;\n\n INSERT DATA { ex:a <a:b> 2 }", (3, 21)),
        ("PREFIX a: <a:>\nCLEAR ALL ; DELETE { ?s ?p ?o } WHERE { ?s ?p }", (2, 48)),
        ("CLEAR ALL ;; CLEAR ALL", (1, 12)),
        ("CLEAR ALL ; PREFIX ex: <a:> ; CLEAR ALL", (1, 29)),
        ("CLEAR ALL } CLEAR ALL", (1, 14)),
        ("CLEAR ALL §", (1, 12)),
        ("SELECT * { ?s ?p ?o }", (1, 7)),
        ("INSERT DATA { ?s <a:b> 1 }", None),
        ("DELETE DATA { _:a <a:b> 1 }", None),
        ("INSERT DATA { _:a <a:b> 1 } ; INSERT DATA { _:a <a:b> 2 }", None),
    ],
)
def test_what_does_not_parse_changes_nothing(text: str, place: tuple[int, int] | None) -> None:
    store = filled()
    before = canonical(store)
    with pytest.raises(InvalidQuery) as caught:
        applied(text, store)
    assert canonical(store) == before
    if place is not None:
        found = caught.value.place
        assert found is not None
        assert (found.line, found.column) == place


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "LOAD <http://127.0.0.1/> INTO GRAPH <a:b>",
        "PREFIX l: <http://127.0.0.1/> LOAD l:x",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p 1 } WHERE { SERVICE SILENT <https://query.wikidata.org/sparql> {?s ?p 1} }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?x { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
    ],
)
def test_nothing_is_fetched(text: str) -> None:
    with pytest.raises(Refused):
        applied(text, ox.Store())


def test_a_silent_load_is_taken_for_done() -> None:
    assert not applied("LOAD SILENT <http://127.0.0.1/> INTO GRAPH <a:b>", ox.Store())


def test_what_calls_out_and_does_not_parse_is_told_that_it_does_not_parse() -> None:
    with pytest.raises(InvalidQuery):
        applied("CREATE GRAPH <a:g> LOAD <http://127.0.0.1/>", ox.Store())


def test_a_failing_operation_can_be_undone_with_those_before() -> None:
    store = filled()
    before = canonical(store)
    changes = Changes(Writing(store))
    with pytest.raises(InvalidInput, match="already exists"):
        apply_update(
            changes, "CLEAR ALL ; CREATE GRAPH <a:b> ; CREATE GRAPH <a:b>", Circumstances()
        )
    changes.undo()
    assert canonical(store) == before


def test_the_changes_are_net() -> None:
    store = filled()
    added = "<http://example.org/n> <http://example.org/p> 1"
    changes = applied(f"INSERT DATA {{ {added} }} ; DELETE DATA {{ {added} }}", store)
    assert not changes


@pytest.mark.parametrize("clause", ["WITH <a:g>", "USING <a:g>", "USING NAMED <a:g>"])
def test_one_dataset_alone(clause: str) -> None:
    with_, using = (clause, "") if clause.startswith("WITH") else ("", clause)
    text = f"{with_} INSERT {{ ?s ?p 1 }} {using} WHERE {{ ?s ?p ?o }}"
    circumstances = Circumstances(BASE, Dataset(("a:h",)))
    with pytest.raises(InvalidInput, match="using-graph-uri"):
        applied(text, ox.Store(), circumstances)


@pytest.mark.parametrize(
    ("dataset", "found"),
    [
        (Dataset(), {"a", "b"}),
        (Dataset(("http://example.org/g1",)), {"a"}),
        (Dataset(("http://example.org/g1", "http://example.org/g2")), {"a", "b"}),
        (Dataset((), ("http://example.org/g1",)), set()),
    ],
)
def test_the_protocol_chooses_what_patterns_match(dataset: Dataset, found: set[str]) -> None:
    store = filled()
    text = (
        "PREFIX ex: <http://example.org/> INSERT { ?s ex:found 1 }"
        " WHERE { ?s ex:p|ex:q ?o FILTER(isIRI(?s)) }"
    )
    changes = applied(text, store, Circumstances(BASE, dataset))
    assert {str(quad.subject)[1:-1].rpartition("/")[2] for quad in changes.added} == found


def test_a_patch_is_about_its_graph() -> None:
    store = filled()
    graph = ox.NamedNode("http://example.org/g1")
    text = (
        "PREFIX ex: <http://example.org/>"
        " DELETE { ?s ex:q ?o } INSERT { ?o ex:q ?s } WHERE { ?s ex:q ?o }"
    )
    changes = applied(text, store, Circumstances(BASE, graph=graph))
    assert [str(quad) for quad in (*changes.removed, *changes.added)] == [
        "<http://example.org/a> <http://example.org/q> <http://example.org/b> <http://example.org/g1>",
        "<http://example.org/b> <http://example.org/q> <http://example.org/a> <http://example.org/g1>",
    ]
