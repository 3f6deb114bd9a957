"""Entity tags, what may be kept, and answers that are made smaller on the way."""

from __future__ import annotations

import gzip
import io

import httpx
import pytest
import zstandard

from api.compression import WORTH_IT, Gzip, Zstd, choose_coding
from api.headers import client_of
from tests.api.asking import get, request
from tests.api.fake_engine import FakeEngine

ASK = "/sparql?query=ASK{}"
LONG = [b"x" * WORTH_IT, b"y" * WORTH_IT]
PLAIN = {"Accept-Encoding": "identity"}


def tag_of(url: str, engine: FakeEngine | None = None, **headers: str) -> str:
    return get(engine or FakeEngine(lasting=True), url, headers=PLAIN | headers).headers["etag"]


def test_who_holds_the_answer_is_told_without_asking_again() -> None:
    engine = FakeEngine(lasting=True)
    tag = tag_of(ASK, engine)

    response = get(engine, ASK, headers=PLAIN | {"If-None-Match": f'"other", W/{tag}'})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["etag"] == tag
    assert response.headers["cache-control"] == "public, max-age=10, must-revalidate"
    assert len(engine.asked) == 1


def test_a_head_is_told_too() -> None:
    engine = FakeEngine(lasting=True)

    held = request(engine, "HEAD", ASK, headers=PLAIN | {"If-None-Match": tag_of(ASK)})

    assert held.status_code == 304
    assert engine.asked == []


def test_the_tag_is_of_version_question_and_format() -> None:
    newer = FakeEngine(lasting=True)
    newer.version += 1

    tags = [
        tag_of(ASK),
        tag_of(ASK, newer),
        tag_of(f"{ASK}#2".replace("#", "%23")),
        tag_of(f"{ASK}&default-graph-uri=urn:g"),
        tag_of(f"{ASK}&named-graph-uri=urn:g"),
        tag_of(ASK, Accept="text/csv"),
        tag_of(ASK, Accept="application/json"),
    ]

    assert len(set(tags)) == len(tags)
    assert tag_of(ASK) == tag_of(f"{ASK}&timeout=1") == tag_of(f"{ASK}&version=7") == tags[0]


def test_an_answer_that_may_differ_each_time_has_no_tag() -> None:
    response = get(FakeEngine(lasting=False), ASK)

    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("url", "truncated", "kept"),
    [
        (ASK, False, "public, max-age=10, must-revalidate"),
        (f"{ASK}&version=3", False, "public, max-age=31536000, immutable"),
        (f"{ASK}&version=3", True, "public, max-age=10, must-revalidate"),
    ],
)
def test_what_may_be_kept(url: str, truncated: bool, kept: str) -> None:
    engine = FakeEngine(lasting=True, truncated=truncated)

    assert get(engine, url).headers["cache-control"] == kept


def test_the_answer_to_a_post_has_no_tag() -> None:
    response = request(FakeEngine(lasting=True), "POST", "/sparql", data={"query": "ASK{}"})

    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-cache"


def raw(engine: FakeEngine, url: str, accept_encoding: str) -> httpx.Response:
    return get(engine, url, headers={"Accept-Encoding": accept_encoding})


@pytest.mark.parametrize("whole", [True, False])
def test_an_answer_is_coded_for_who_asks(whole: bool) -> None:
    response = raw(FakeEngine(LONG, whole=whole), ASK, "gzip, br")

    assert response.headers["content-encoding"] == "gzip"
    assert "content-length" not in response.headers
    assert response.content == b"".join(LONG)


def test_zstd_goes_before_gzip() -> None:
    response = raw(FakeEngine(LONG, whole=False), ASK, "gzip, zstd")

    assert response.headers["content-encoding"] == "zstd"
    assert response.content == b"".join(LONG)


def test_the_codings_are_those_of_the_standards() -> None:
    pieces = {}
    for kind in (Gzip, Zstd):
        coder = kind()
        pieces[kind] = [coder.code(b"one"), coder.code(b"two"), coder.end()]

    assert gzip.decompress(b"".join(pieces[Gzip])) == b"onetwo"
    stream = io.BytesIO(b"".join(pieces[Zstd]))
    assert zstandard.ZstdDecompressor().stream_reader(stream).read() == b"onetwo"
    assert zstandard.ZstdDecompressor().decompressobj().decompress(pieces[Zstd][0]) == b"one"


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
        ("br", None),
        ("*", "zstd"),
        ("*;q=0", None),
        ("zstd;q=0.5, gzip", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=many", None),
        ("", None),
        (",;,=", None),
    ],
)
def test_choose_coding(accept_encoding: str, coding: str | None) -> None:
    assert choose_coding(accept_encoding.encode()) == coding


def test_a_small_answer_is_left_as_it_is() -> None:
    response = raw(FakeEngine(), ASK, "gzip")

    assert "content-encoding" not in response.headers
    assert int(response.headers["content-length"]) == len(response.content)


def test_a_coded_answer_has_a_tag_of_its_own_that_is_known_again() -> None:
    engine = FakeEngine(LONG, lasting=True)
    plain = tag_of(ASK, engine)

    coded = raw(engine, ASK, "gzip").headers["etag"]

    assert coded == f'{plain[:-1]}+gzip"'
    again = get(engine, ASK, headers={"Accept-Encoding": "gzip", "If-None-Match": coded})
    assert (again.status_code, again.headers["etag"]) == (304, coded)
    other = get(engine, ASK, headers={"Accept-Encoding": "zstd", "If-None-Match": coded})
    assert other.status_code == 200


def test_a_coded_head_has_the_fields_and_no_body() -> None:
    response = request(FakeEngine(LONG), "HEAD", ASK, headers={"Accept-Encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"
    assert response.content == b""


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("a:b", "a:b"),
    ],
)
def test_an_ipv6_network_is_one_client(address: str, client: str) -> None:
    assert client_of({"client": (address, 1)}) == client
    assert client_of({"client": None}) == ""
