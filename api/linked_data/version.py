"""A version of the graph: where it came from and how much it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from api.linked_data.addresses import Addresses, Resource
from api.linked_data.asking import Reader
from api.linked_data.documents import ntriples
from api.linked_data.language import Language
from api.linked_data.pages import Content
from api.linked_data.signposting import LICENCE
from api.linked_data.triples import Term, Triples
from api.linked_data.view import View
from graph.engine.question import Engine
from graph.errors import NotFound

_MOST_DIGITS = 9
_DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"


class Version(Protocol):
    """What is noted of a version; see graph.engine.versions."""

    @property
    def number(self) -> int: ...
    @property
    def created(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def parent(self) -> int | None: ...
    @property
    def quads(self) -> int: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@runtime_checkable
class Published(Protocol):
    """An engine that knows the versions it can answer from."""

    def published(self, number: int) -> Version:
        """One version. Raises NotFound."""
        ...


def find_version(engine: Engine, number: str) -> Version:
    """The version of a number; raises NotFound where there is none."""
    known = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    if not known or not isinstance(engine, Published):
        raise NotFound(f"There is no version {number[:50]!r}.")
    return engine.published(int(number))


def version_page(
    version: Version, reader: Reader, resource: Resource, addresses: Addresses, language: Language
) -> Content:
    """Make the page of a version."""
    counts = version.facts.get("counts", {})
    context = {
        "published": version,
        "counts": counts if isinstance(counts, dict) else {},
        "current": version.number == reader.version,
    }
    return Content("version.html", resource, View(Triples(), addresses, language), context)


def terms_of(version: Version, resource: Resource, addresses: Addresses) -> dict[str, str]:
    """What the query of a version's document is given, as terms of N-Triples."""
    given = {
        "entity": resource.term,
        "label": f'"Polemos, version {version.number}"@en',
        "created": f'"{version.created}"^^<{_DATE_TIME}>',
        "reason": ntriples(Term("literal", version.reason)),
        "licence": f"<{LICENCE}>",
        "quads": f'"{version.quads}"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }
    if version.parent is not None:
        given["parent"] = addresses.thing(f"version/{version.parent}").term
    return given
