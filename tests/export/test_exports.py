"""The table of exports, and the promises every network format keeps."""

from __future__ import annotations

import doctest
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from graph.export import (
    EXPORTS,
    NETWORK_EXPORTS,
    RDF_EXPORTS,
    NetworkExport,
    csv_tables,
    dot,
    values,
)
from graph.formats import RDF_FORMATS
from graph.network import Network
from tests.export.networks import SMALL

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"


@pytest.mark.parametrize("name", EXPORTS)
def test_the_page_on_exports_has_every_format_with_its_media_type(name: str) -> None:
    row = f"| `{name}` | `{EXPORTS[name].media_type}` | `.{EXPORTS[name].suffix}` |"

    assert PAGE.read_text(encoding="utf-8").count(row) == 1


def test_every_format_of_rdf_is_an_export() -> None:
    assert [export.format for name, export in RDF_EXPORTS.items() if name in RDF_FORMATS] == [
        *RDF_FORMATS.values()
    ]


@pytest.mark.parametrize("name", NETWORK_EXPORTS)
def test_a_network_of_generators_gives_the_same_bytes(name: str) -> None:
    export = NETWORK_EXPORTS[name]
    read_once = Network(SMALL.title, iter(tuple(SMALL.nodes)), iter(tuple(SMALL.edges)))

    assert exported(export, read_once) == exported(export, SMALL)


@pytest.mark.parametrize("name", NETWORK_EXPORTS)
def test_an_empty_network_is_a_file_all_the_same(name: str) -> None:
    assert exported(NETWORK_EXPORTS[name], Network("Nothing"))


def exported(export: NetworkExport, network: Network) -> bytes:
    stream = BytesIO()
    export.write(network, stream)
    assert not stream.closed
    return stream.getvalue()


@pytest.mark.parametrize("module", [values, csv_tables, dot])
def test_the_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).attempted > 0
    assert doctest.testmod(module).failed == 0
