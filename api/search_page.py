"""What a search found, as a page: it needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from api.frame import frame_of, framed_page
from api.kinds import FINDABLE, called, kind_of
from api.linked_data.addresses import Addresses
from api.linked_data.replies import addresses_of
from graph.search.index import Found, Search
from graph.vocabulary import POLEMOS

NAMES = ("label", "prefLabel", "altLabel")
"""The properties that name a thing; a text of another is shown below its name."""
_EVENT = f"{POLEMOS}Event"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is what was searched for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that was found, as the page has it."""

    iri: str
    page: str
    name: str
    named: bool
    """Whether it has a name in the graph; else ``name`` is the end of its IRI."""
    kind: str
    is_event: bool
    parts: tuple[Part, ...]
    """The text that it was found by."""
    property: str
    language: str
    by_name: bool


def show_found(request: Request, asked: Search, found: Sequence[Found], wrong: str) -> Response:
    """The page of a search; ``asked.limit`` is one more than it shows."""
    shown = asked.limit - 1
    tongue = frame_of(request.scope).language.tag
    addresses = addresses_of(request)
    return framed_page(
        request.scope,
        "search.html",
        200 if not wrong else 400,
        asked=asked,
        wrong=wrong,
        found=[_shown(each, tongue, addresses) for each in found[:shown]],
        before=max(asked.offset - shown, 0) if asked.offset else None,
        after=asked.offset + shown if len(found) > shown else None,
        limit=shown,
        kinds={f"{POLEMOS}{name}": called(f"{POLEMOS}{name}", tongue) for name in FINDABLE},
    )


def _shown(found: Found, language: str, addresses: Addresses) -> Shown:
    named = found.label != found.iri
    return Shown(
        found.iri,
        addresses.local(found.iri) or found.iri,
        found.label if named else found.iri.rstrip("/").rpartition("/")[2],
        named,
        kind_of(found.classes, language),
        _EVENT in found.classes,
        tuple(parts_of(found.passage.text, found.passage.marks)),
        found.property,
        found.language,
        found.property in NAMES and found.passage.text == found.label,
    )


def parts_of(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """A text in pieces; ``marks`` are in order and do not overlap."""
    at = 0
    for start, end in marks:
        if at < start:
            yield Part(text[at:start], False)
        yield Part(text[start:end], True)
        at = end
    if at < len(text):
        yield Part(text[at:], False)
