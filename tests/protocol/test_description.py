"""SPARQL 1.1 Service Description by its sections, and the dataset's VoID and DCAT."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from starlette.requests import Request

from api.app import create_app
from api.description.distributions import distributions
from api.description.documents import dataset_iri
from api.description.statistics import Counting, Statistics
from api.settings import Settings
from graph.engine.pool import Pool
from graph.errors import LimitReached
from graph.export import RDF_EXPORTS
from graph.formats import RDF_FORMATS, RESULTS_FORMATS
from tests.api.asking import get, request
from tests.api.fake_engine import FakeEngine
from tests.api.serving import Served, publish_tiny
from tests.writing.served import writable

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
VOID_EXT = Namespace("http://ldf.fi/void-ext#")
FORMAT = Namespace("http://www.w3.org/ns/formats/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
TINY = Path(__file__).parents[1] / "api" / "tiny.trig"
EX = Namespace("https://example.org/")
DATASET = URIRef(dataset_iri(Settings().base_iri))
READERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


def described(url: str, accept: str = "text/turtle") -> Graph:
    response = httpx.get(url, headers={"Accept": accept})
    while response.status_code == 503:  # it answers so after two seconds, while it counts
        response = httpx.get(url, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == accept
    graph = Graph()
    if READERS[accept] in ("trig", "nquads"):
        quads = Dataset()
        quads.parse(data=response.text, format=READERS[accept])
        for triple in quads.default_graph:
            graph.add(triple)
        return graph
    return graph.parse(data=response.text, format=READERS[accept])


@pytest.fixture(scope="module")
def service(served: Served, dataset: Graph) -> Graph:
    """Once the dataset is counted, with its named graphs."""
    return described(served.endpoint)


@pytest.fixture(scope="module")
def dataset(served: Served) -> Graph:
    return described(f"{served.address}/.well-known/void")


@pytest.mark.parametrize("accept", READERS)
@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_section_2_it_is_had_in_each_format_of_rdf(served: Served, path: str, accept: str) -> None:
    assert len(described(f"{served.address}{path}", accept)) > 20


@pytest.mark.parametrize("accept", [None, "*/*", "text/*", "application/*"])
def test_section_2_whoever_asks_nothing_gets_it(served: Served, accept: str | None) -> None:
    headers = {} if accept is None else {"Accept": accept}

    assert httpx.get(served.endpoint, headers=headers).status_code == 200


def test_section_2_a_head_has_its_fields(served: Served) -> None:
    response = httpx.head(served.endpoint)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"].startswith("text/turtle")


def test_section_2_a_browser_gets_the_page_with_the_service_in_rdfa() -> None:
    sent_on = get(FakeEngine(), "/sparql", headers={"Accept": "text/html"})
    page = get(FakeEngine(), "/").text

    assert (sent_on.status_code, sent_on.headers["location"]) == (303, "/")
    assert 'vocab="http://www.w3.org/ns/sparql-service-description#" typeof="Service"' in page
    assert '<a property="endpoint" href="http://polemos.test/sparql">' in page


def test_section_2_tables_are_no_description(served: Served) -> None:
    assert httpx.get(served.endpoint, headers={"Accept": "text/csv"}).status_code == 406


def test_section_3_1_one_service_with_its_endpoint(served: Served, service: Graph) -> None:
    (one,) = service.subjects(RDF.type, SD.Service)

    assert list(service.objects(one, SD.endpoint)) == [URIRef(served.endpoint)]


def test_section_3_2_languages_and_features(service: Graph) -> None:
    assert set(service.objects(None, SD.supportedLanguage)) == {
        SD.SPARQL10Query,
        SD.SPARQL11Query,
    }
    assert set(service.objects(None, SD.feature)) == {SD.BasicFederatedQuery}


def test_section_3_2_each_format_that_can_be_had_is_named(service: Graph) -> None:
    named = set(service.objects(None, SD.resultFormat))

    assert len(named) == len(RDF_FORMATS) + len(RESULTS_FORMATS)
    assert named >= {FORMAT.SPARQL_Results_JSON, FORMAT["N-Triples"], FORMAT.RDF_XML}


def test_section_3_3_the_default_dataset_with_its_named_graphs(service: Graph) -> None:
    (dataset,) = service.objects(None, SD.defaultDataset)
    (named,) = service.objects(dataset, SD.namedGraph)
    (graph,) = service.objects(named, SD.graph)

    assert (dataset, RDF.type, SD.Dataset) in service
    assert service.value(named, SD.name) == EX["claim-1"]
    assert service.value(graph, VOID.triples) == Literal(1)
    assert service.value(dataset, SD.defaultGraph) is not None


def test_void_counts(dataset: Graph) -> None:
    counts = {
        name: dataset.value(DATASET, VOID[name])
        for name in ("triples", "properties", "classes", "distinctSubjects")
    }

    assert {name: int(count) for name, count in counts.items() if isinstance(count, Literal)} == {
        "triples": 10,
        "properties": 6,
        "classes": 1,
        "distinctSubjects": 5,
    }


def test_void_partitions(dataset: Graph) -> None:
    (attacks,) = dataset.subjects(VOID["class"], EX.Attack)
    inside = {
        dataset.value(partition, VOID.property): partition
        for partition in dataset.objects(attacks, VOID.propertyPartition)
    }
    (datatype,) = dataset.objects(inside[EX.killed], VOID_EXT.datatypePartition)

    assert (DATASET, VOID.classPartition, attacks) in dataset
    assert dataset.value(attacks, VOID.entities) == Literal(2)
    assert dataset.value(inside[EX.place], VOID.triples) == Literal(2)
    assert str(dataset.value(datatype, VOID_EXT.datatype)).endswith("#integer")


def test_dcat(served: Served, dataset: Graph) -> None:
    distributions = list(dataset.objects(DATASET, DCAT.distribution))

    assert dataset.value(DATASET, URIRef(f"{DCAT}version")) == Literal("1")
    assert dataset.value(DATASET, DCTERMS.modified) is not None
    assert list(dataset.objects(None, DCAT.endpointURL)) == [URIRef(served.endpoint)]
    assert len(distributions) == len(RDF_EXPORTS)
    for distribution in distributions:
        address = dataset.value(distribution, DCAT.downloadURL)
        response = httpx.get(str(address))
        outer = dataset.value(distribution, DCAT.compressFormat)
        media_type = outer or dataset.value(distribution, DCAT.mediaType)
        given = response.headers["content-type"].partition(";")[0]
        assert given == str(media_type).partition("media-types/")[2]
        assert (DATASET, VOID.dataDump, address) in dataset
        assert dataset.value(distribution, DCTERMS.license) is not None


def test_a_download_is_the_whole_graph_and_its_size_is_said_once_it_was_written(
    served: Served,
) -> None:
    url = f"{served.address}/.well-known/void"
    (trig,) = described(url).subjects(DCTERMS.title, Literal("The whole graph, as trig", "en"))

    content = httpx.get(str(described(url).value(trig, DCAT.downloadURL))).content

    said = described(url)
    checksum = said.value(trig, SPDX.checksum)
    quads = Dataset()
    quads.parse(data=content, format="trig")
    assert len(quads) == len(Dataset().parse(TINY, format="trig"))
    assert int(str(said.value(trig, DCAT.byteSize))) == len(content)
    assert str(said.value(checksum, SPDX.checksumValue)).lower() == sha256(content).hexdigest()


def test_an_engine_elsewhere_has_no_files() -> None:
    documents = asyncio.run(listed_files(FakeEngine()))

    assert documents == []


async def listed_files(engine: FakeEngine) -> list[object]:
    app = create_app(engine)
    scope = {"type": "http", "app": app, "headers": []}
    return list(distributions(Request(scope), ox.NamedNode(DATASET), 1))


def test_who_has_the_description_is_told_so(served: Served) -> None:
    url = f"{served.address}/.well-known/void"
    assert described(url)
    tag = httpx.get(url).headers["etag"]

    assert httpx.get(url, headers={"If-None-Match": tag}).status_code == 304


class Uncountable(FakeEngine):
    """Counts nothing within its limits."""

    def __init__(self) -> None:
        super().__init__(error=LimitReached("600 seconds"))


def test_what_cannot_be_counted_is_left_out_and_said_so() -> None:
    response = get(Uncountable(), "/.well-known/void")

    graph = Graph().parse(data=response.text, format="turtle")
    (comment,) = map(str, graph.objects(DATASET, RDFS.comment))
    assert comment.startswith("Not counted, because it takes too long: classes-of-objects, ")
    assert graph.value(DATASET, VOID.triples) is None


def test_figures_that_are_not_ready_are_awaited_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.description.statistics._PATIENCE", 0.01)

    void = get(FakeEngine(hang=True), "/.well-known/void")
    service = get(FakeEngine(hang=True), "/sparql")

    assert (void.status_code, void.headers["retry-after"]) == (503, "10")
    assert service.status_code == 200
    assert "namedGraph" not in service.text


async def counted(counting: Counting, version: int) -> Statistics:
    """The figures of a version, however long the counting takes."""
    while True:
        with suppress(LimitReached):
            statistics = await counting.newest()
            if statistics.version == version:
                return statistics


def test_a_version_is_counted_once(tmp_path: Path) -> None:
    async def run() -> Sequence[int]:
        versions = publish_tiny(tmp_path)
        pool = Pool(versions, workers=1)
        counting = Counting(pool, str(DATASET))
        first = await counted(counting, 1)
        assert await counting.newest() is first
        with versions.draft() as draft:
            draft.publish("the same again")
        await pool.adopt()
        second = await counted(counting, 2)
        await pool.close()
        return first.version, second.version

    assert asyncio.run(run()) == (1, 2)


def test_an_address_that_is_no_iri_is_refused() -> None:
    engine = FakeEngine([b""], graph=True)

    response = request(engine, "GET", "/sparql", headers={"Host": "a<b>"})

    assert response.status_code == 400
    assert "is no IRI" in response.json()["detail"]


def test_section_3_2_a_service_that_takes_updates_says_so(tmp_path: Path) -> None:
    with writable(tmp_path) as server:
        graph = described(f"{server.address}/sparql")

    assert SD.SPARQL11Update in set(graph.objects(None, SD.supportedLanguage))
    assert len(set(graph.objects(None, SD.inputFormat))) == len(RDF_FORMATS)
