"""Permanent IRIs and the addresses that this server has for them.

::

    https://w3id.org/polemos/id/actor/nato      /id/actor/nato, /page/…, /data/actor/nato.ttl
    https://w3id.org/polemos/ontology           /ontology, /ontology.ttl
    https://w3id.org/polemos/ontology#Attack    /ontology/Attack, /ontology/Attack.ttl
    https://w3id.org/polemos/shapes#Attack      /shapes/Attack, /shapes/Attack.ttl
    https://w3id.org/polemos/alignment/prov     /alignment/prov, /alignment/prov.ttl
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from graph.errors import NotFound
from graph.formats import RDF_FORMATS, RdfFormat

_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_NEVER_IN_AN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_KEPT = "/:@!$&'()*+,;=~%"
"""What stands in a path as it is; a percent sign of an IRI is part of its name."""
BY_SUFFIX: dict[str, RdfFormat] = {format.suffix: format for format in RDF_FORMATS.values()}
BY_MEDIA_TYPE: dict[str, RdfFormat] = {format.media_type: format for format in RDF_FORMATS.values()}
HASHED = ("ontology", "shapes")
"""The documents whose parts are named by a fragment."""
DOCUMENTS = (*HASHED, "alignment")


@dataclass(frozen=True, slots=True)
class Resource:
    """Something with an IRI, and where its page and its documents are on this server.

    ``stem`` is the address of the documents without their suffix. Addresses are absolute paths.
    """

    iri: str
    page: str
    stem: str

    @property
    def term(self) -> str:
        """The IRI as a term of N-Triples."""
        return f"<{self.iri}>"

    def document(self, format: RdfFormat) -> str:
        """The address of the document in a format."""
        return f"{self.stem}.{format.suffix}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two ways between IRIs and paths; ``root`` is the path that the application is under."""

    base: str
    root: str = ""

    @property
    def ontology(self) -> str:
        """The IRI of the ontology."""
        return f"{self.base}ontology"

    @property
    def shapes(self) -> str:
        """The IRI of the document of the shapes."""
        return f"{self.base}shapes"

    def thing(self, path: str) -> Resource:
        """What is named under ``/id/``, by the rest of the path as it was sent."""
        iri = f"{self.base}id/{to_iri(path)}"
        return Resource(iri, f"{self.root}/page/{path}", f"{self.root}/data/{path}")

    def part(self, document: str, name: str = "") -> Resource:
        """A document beside the things, or what it names, by the rest of the path as sent."""
        joint = "#" if document in HASHED else "/"
        at = f"{self.root}/{document}" + (f"/{name}" if name else "")
        iri = f"{self.base}{document}" + (f"{joint}{to_iri(name)}" if name else "")
        return Resource(iri, at, at)

    def resource(self, iri: str) -> Resource | None:
        """What an IRI names, or None where it is not one of this server's."""
        if not iri.startswith(self.base):
            return None
        path = quote(iri.removeprefix(self.base), safe=_KEPT + "#")
        kind, _, name = path.replace("#", "/", 1).partition("/")
        if kind == "id" and name:
            return self.thing(name)
        return self.part(kind, name) if kind in DOCUMENTS else None

    def local(self, iri: str) -> str | None:
        """Where a person reads about an IRI on this server; None where nowhere."""
        resource = self.resource(iri)
        return resource.page if resource else None


def to_iri(path: str) -> str:
    """The IRI's part that a path as sent stands for (RFC 3987, section 3.2).

    Letters beyond ASCII come back from their percent-encoding; all other escapes stay as they are,
    since they are part of the name. Raises NotFound where no IRI can have that name.
    """
    iri = _ESCAPED.sub(_unescaped, path)
    if _NEVER_IN_AN_IRI.search(iri):
        raise NotFound("Nothing in the graph has that name.")
    return iri


def _unescaped(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match.group().replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def split_suffix(path: str) -> tuple[str, RdfFormat | None]:
    """The path without the suffix of a format, and the format; None where there is no such."""
    stem, dot, suffix = path.rpartition(".")
    format = BY_SUFFIX.get(suffix)
    return (stem, format) if dot and stem and format else (path, None)


def without_suffix(path: str, suffix: str) -> str | None:
    """The path without this suffix, or None where it has another or none."""
    stem, dot, found = path.rpartition(".")
    return stem if dot and stem and found == suffix else None
