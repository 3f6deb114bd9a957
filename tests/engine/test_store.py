import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.versions import Version, Versions
from graph.errors import InvalidInput, InvalidQuery, NotFound, Place, Refused
from graph.formats import RDF_FORMATS, RESULTS_FORMATS, RdfFormat

G = ox.NamedNode("http://example.org/g")
DATA = """\
<http://example.org/a> <http://example.org/p> "καλημέρα"@el , 1 .
<http://example.org/g> { <http://example.org/a> <http://example.org/p> "in the graph" . }
"""


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    with Versions(tmp_path_factory.mktemp("home")).draft(None) as draft:
        draft.load(DATA.encode(), RDF_FORMATS["trig"])
        return draft.publish("three quads")


def dumped(version: Version, format: RdfFormat, graph: ox.NamedNode | None = None) -> bytes:
    stream = io.BytesIO()
    version.read().dump(stream, format, graph)
    return stream.getvalue()


@pytest.mark.parametrize("format", RDF_FORMATS.values(), ids=lambda format: format.name)
def test_what_is_dumped_loads_again(version: Version, format: RdfFormat, tmp_path: Path) -> None:
    with Versions(tmp_path).draft(None) as draft:
        draft.load(dumped(version, format), format)

        kept = set(version.read().quads(graph=None if format.quads else ox.DefaultGraph()))
        assert set(draft.quads()) == kept


@pytest.mark.parametrize("format", RDF_FORMATS.values(), ids=lambda format: format.name)
def test_one_named_graph_is_dumped_alone(version: Version, format: RdfFormat) -> None:
    parsed = ox.parse(dumped(version, format, G), format.codec)

    assert [quad.object for quad in parsed] == [ox.Literal("in the graph")]


def test_prefixes_are_written(version: Version) -> None:
    stream = io.BytesIO()

    version.read().dump(stream, RDF_FORMATS["turtle"], prefixes={"ex": "http://example.org/"})

    assert stream.getvalue().startswith(b"@prefix ex: <http://example.org/> .\nex:a ex:p ")


def test_triples_load_into_the_graph_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<http://example.org/a> <http://example.org/p> <rel> .")

    with Versions(tmp_path).draft(None) as draft:
        draft.load(file, RDF_FORMATS["turtle"], G, base="http://example.org/")

        assert [str(quad) for quad in draft.quads(graph=G)] == [
            "<http://example.org/a> <http://example.org/p> <http://example.org/rel>"
            " <http://example.org/g>"
        ]
        assert list(draft.graphs()) == [G]
        draft.clear_graph(G)
        assert len(draft) == 0


def test_a_file_that_does_not_parse_is_named_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    file.write_text("<http://example.org/a>\n  <http://example.org/p> .\n")

    with (
        Versions(tmp_path).draft(None) as draft,
        pytest.raises(InvalidInput, match=r"^wrong\.ttl is not valid turtle: .*line 2"),
    ):
        draft.load(file, RDF_FORMATS["turtle"])


def test_a_select_gives_variables_and_rows(version: Version) -> None:
    solutions = version.read().select(
        "SELECT ?o ?none { ?s ?p ?o FILTER(isNumeric(?o)) OPTIONAL { ?o ?o ?none } }"
    )

    assert solutions.variables == ("o", "none")
    assert list(solutions.rows) == [(ox.Literal(1), None)]


def test_bindings_are_values_and_never_text(version: Version) -> None:
    hostile = ox.Literal('" } DROP ALL #')

    solutions = version.read().select("SELECT ?o { ?s ?p ?o }", {"o": hostile})

    assert list(solutions.rows) == []


def test_a_parameter_must_be_projected(version: Version) -> None:
    with pytest.raises(InvalidInput, match=r"does not contains variable \?o"):
        version.read().select("SELECT ?s { ?s ?p ?o }", {"o": ox.Literal(1)})


def test_ask_and_construct(version: Version) -> None:
    reading = version.read()

    assert reading.ask("ASK { ?s ?p 1 }") is True
    assert [str(triple) for triple in reading.construct("CONSTRUCT { ?s ?p 2 } { ?s ?p 1 }")] == [
        '<http://example.org/a> <http://example.org/p> "2"^^'
        "<http://www.w3.org/2001/XMLSchema#integer>"
    ]


def test_an_answer_is_serialised_in_the_format_that_fits(version: Version) -> None:
    table, graph = io.BytesIO(), io.BytesIO()

    version.read().serialized("SELECT ?s { ?s ?p 1 }", table, RESULTS_FORMATS["csv"])
    version.read().serialized("DESCRIBE <http://nowhere>", graph, RDF_FORMATS["ntriples"])

    assert table.getvalue() == b"s\r\nhttp://example.org/a\r\n"
    assert graph.getvalue() == b""


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK { ?s ?p ?o }", "The query is not a SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "The query is not a SELECT"),
    ],
)
def test_the_wrong_kind_of_query_is_refused(version: Version, query: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        version.read().select(query)


def test_a_query_that_does_not_parse_has_its_place(version: Version) -> None:
    with pytest.raises(InvalidQuery) as caught:
        version.read().select("SELECT ?s {\n  ?s wrong ?o }")

    assert caught.value.place == Place(2, 11)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <file:///etc/passwd>",
        "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <http://g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:1/> INSERT DATA { } ; LOADe:x",
    ],
)
def test_updates_do_not_reach_out(tmp_path: Path, update: str) -> None:
    with Versions(tmp_path).draft(None) as draft, pytest.raises(Refused):
        draft.update(update)


def test_an_update_is_applied_whole_or_not_at_all(tmp_path: Path) -> None:
    with Versions(tmp_path).draft(None) as draft:
        draft.update("INSERT DATA { <a:a> <a:p> 1 } ; DELETE DATA { <a:b> <a:p> 1 }")
        with pytest.raises(InvalidQuery):
            draft.update("INSERT DATA { <a:a> <a:p> 2 } ; INSERT { wrong }")

        assert len(draft) == 1


def test_there_is_no_store_where_no_version_is(tmp_path: Path) -> None:
    absent = Version(tmp_path, 1, "2026-01-24T00:00:00+00:00", "", None, 0)

    with pytest.raises(NotFound, match="There is no store at"):
        absent.read()
