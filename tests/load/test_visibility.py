"""Restricted rows, by every way in: the public graph shows none of them.

The rows are invented; the same questions find them in the restricted graph, so that none of them is
asked in vain.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from graph.engine.backup import back_up
from graph.engine.versions import Versions
from graph.export import EXPORTS
from graph.files import QUERIES
from graph.loading import Release, load
from graph.loading.visibility import restricted_home
from graph.sources import find_source
from tests.load.homes import current, fresh, load_cut
from tests.sources.acled_rows import SOURCE, write
from tests.writing.served import Writable, writable

WORD = "Invented"
EVENT = "event/acled-XXA1"
ANYWHERE = f"""
ASK {{
  {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }}
  FILTER(CONTAINS(STR(?s), "acled-XXA1") || CONTAINS(STR(?o), "{WORD}")
    || CONTAINS(STR(?s), "/acled/actor/"))
}}
"""
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True)
class Homes:
    public: Path
    restricted: Path


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """A home with UCDP rows loaded before and after invented rows in the form of ACLED's."""
    folder = tmp_path_factory.mktemp("visibility")
    public = fresh(folder)
    load_cut(public, "22.1")
    path = write(folder / "invented.csv", {}, {"sub_event_type": "Attack"}, {"latitude": "200"})
    load(public, SOURCE, Release("1", (path,), date(2031, 3, 1)), most_broken=0.5)
    load_cut(public, "23.1")
    return Homes(public, restricted_home(public))


@pytest.fixture(scope="module")
def public(homes: Homes) -> Iterator[Writable]:
    with writable(homes.public) as server:
        yield server


@pytest.fixture(scope="module")
def restricted(homes: Homes) -> Iterator[Writable]:
    with writable(homes.restricted) as server:
        yield server


def test_a_restricted_load_is_no_version_of_the_public_graph(homes: Homes) -> None:
    reasons = [version.reason for version in Versions(homes.public).all()]
    assert reasons == ["build", "load ucdp-ged 22.1", "load ucdp-ged 23.1"]


def test_a_public_load_goes_to_both(homes: Homes) -> None:
    reasons = [version.reason for version in Versions(homes.restricted).all()]
    assert reasons == ["public version 2", "load acled 1", "load ucdp-ged 23.1"]


def test_the_release_is_marked_with_its_licence(homes: Homes) -> None:
    query = (
        "PREFIX pol: <https://w3id.org/polemos/ontology#>"
        " PREFIX dcterms: <http://purl.org/dc/terms/>"
        " SELECT ?visibility ?licence { ?r pol:release '1' ; pol:visibility ?visibility ;"
        " dcterms:license ?licence }"
    )
    found = [tuple(map(str, row)) for row in current(homes.restricted).read().select(query).rows]
    assert found == [
        ("<https://w3id.org/polemos/id/visibility/Restricted>", "<https://acleddata.com/eula>")
    ]


def test_sparql_of_every_version(public: Writable, restricted: Writable) -> None:
    assert restricted.ask(ANYWHERE)
    assert not public.ask(ANYWHERE)
    for version in Versions(public.home).numbers():
        assert not public.ask(ANYWHERE, version=str(version))


def test_named_graphs(public: Writable, restricted: Writable) -> None:
    def graphs(server: Writable) -> str:
        return server.client.get("/sparql", params={"query": NAMED}).text

    assert "acled" not in graphs(public)
    assert (
        "acled"
        not in public.client.get(
            "/sparql", params={"query": NAMED, "default-graph-uri": "urn:x"}
        ).text
    )
    assert (
        "XXA3"
        in restricted.client.get(
            "/sparql", params={"query": "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"}
        ).text
    )


def test_pages_and_data(public: Writable, restricted: Writable) -> None:
    for path in (f"/page/{EVENT}", f"/data/{EVENT}.ttl", f"/id/{EVENT}"):
        assert restricted.client.get(path, follow_redirects=True).status_code == 200
        assert public.client.get(path, follow_redirects=True).status_code == 404
    for path in ("/page/dataset/acled", "/data/release/acled/1.ttl", "/page/outlet/invented-radio"):
        assert public.client.get(path).status_code == 404


def test_search(public: Writable, restricted: Writable) -> None:
    assert restricted.client.get("/search", params={"q": "Inventedville"}).json()["results"]
    assert not public.client.get("/search", params={"q": "Inventedville"}).json()["results"]


@pytest.mark.parametrize("format", sorted(EXPORTS))
def test_exports(format: str, public: Writable) -> None:
    answer = public.client.get(f"/exports/{format}")
    assert answer.status_code == 200, answer.text
    assert WORD.encode() not in answer.content
    assert b"acled-XXA" not in answer.content


def test_an_export_of_the_restricted_graph_has_them(restricted: Writable) -> None:
    assert b"acled-XXA" in restricted.client.get("/exports/trig").content


@pytest.mark.parametrize("name", sorted(path.stem for path in QUERIES.glob("*.rq")))
def test_canned_queries(name: str, public: Writable) -> None:
    answer = public.client.get(f"/queries/{name}", headers={"Accept": "text/csv"})
    assert WORD not in answer.text


def test_the_graph_store_and_versions(public: Writable) -> None:
    whole = public.client.get("/rdf-graph-store", params={"default": ""})
    assert whole.status_code == 200
    assert WORD.encode() not in whole.content
    for version in Versions(public.home).numbers():
        page = public.client.get(f"/data/version/{version}.ttl")
        assert WORD not in page.text
    assert "acled" not in public.client.get("/versions").text


def test_an_update_cannot_read_the_restricted_home(public: Writable, homes: Homes) -> None:
    answer = public.update(f"LOAD <file://{homes.restricted}/versions/2/version.json>")
    assert answer.status_code in {400, 403}


def test_backups_and_files_of_the_public_home(homes: Homes, tmp_path: Path) -> None:
    back_up(Versions(homes.public), tmp_path / "backup.tar")
    with tarfile.open(tmp_path / "backup.tar") as archive:
        assert not [name for name in archive.getnames() if "restricted" in name or "acled" in name]
    named = [path for path in homes.public.rglob("*") if "acled" in path.name]
    assert named == []


def test_broken_rows_are_reported_in_the_restricted_home(homes: Homes) -> None:
    assert (homes.restricted / "reports" / "acled-1-broken.csv").is_file()


def test_a_restricted_home_is_its_own(homes: Homes) -> None:
    assert restricted_home(homes.restricted) == homes.restricted
    assert find_source("acled").dataset.restricted
