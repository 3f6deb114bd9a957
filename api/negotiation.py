"""Which format a client gets: RFC 9110, section 12.5.1, over the tables of :mod:`graph.formats`.

A SPARQL answer is a table of results or a graph, and which of the two is known only once the query
is parsed. So one Accept header chooses one format of each kind.

Where the header leaves a choice open, an explicit media type goes before a wildcard, then the
client's order decides, then ours. A request for an alias (``application/json``) is answered under
that name: that is what the client said it can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.errors import InvalidInput, NotAcceptable
from graph.formats import RDF_FORMATS, RESULTS_FORMATS, RdfFormat, ResultsFormat
from graph.tabular import TABLE_FORMATS, TableFormat

_ELEMENT = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"?)+', re.DOTALL)
_PARAMETER = re.compile(r'(?:[^";]|"(?:[^"\\]|\\.)*"?)+', re.DOTALL)
_TOKEN = r"[!#$%&'*+.^_`|~0-9a-z-]+"
_MEDIA_RANGE = re.compile(rf"\*/\*|{_TOKEN}/{_TOKEN}")
_QUALITY = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_LONGEST_KEPT = 2000

Precision = Literal[0, 1, 2, 3]
"""How closely a range fits: ``*/*``, ``type/*``, exact with parameters, exact without.

No format here has parameters, so a range that has some (a JSON-LD profile, a charset) asks for a
variant; a range without them describes what is offered better.
"""


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header."""

    name: str
    quality: float
    precision: Precision
    position: int

    def covers(self, media_type: str) -> bool:
        """Tell whether a media type lies in the range."""
        if self.precision == 0:
            return True
        if self.precision == 1:
            return media_type.startswith(self.name[:-1])
        return media_type == self.name


@dataclass(frozen=True, slots=True)
class Choice:
    """One format of each kind, and the names under which they are sent.

    ``results_format`` and ``graph_format`` are media types of :mod:`graph.formats`, or None where
    the client accepts none of the kind.
    """

    results_format: str | None
    results_type: str
    graph_format: str | None
    graph_type: str

    def content_type(self, media_type: str) -> str:
        """Name an answer of the given media type for the Content-Type field."""
        if media_type == self.results_format:
            return self.results_type
        if media_type == self.graph_format:
            return self.graph_type
        return with_charset(media_type)


def with_charset(media_type: str) -> str:
    """Add the charset to a text type; application types of RDF are UTF-8 by definition."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def read_accept(header: str) -> list[MediaRange]:
    """Read an Accept header, leaving out elements that are malformed.

    An empty result means that nothing readable was asked for.
    """
    elements = (match.group() for match in _ELEMENT.finditer(header))
    ranges = (_read_range(element, position) for position, element in enumerate(elements))
    return [media_range for media_range in ranges if media_range is not None]


def _read_range(element: str, position: int) -> MediaRange | None:
    name, *parameters = (part.strip().lower() for part in _PARAMETER.findall(element))
    if name == "*":
        name = "*/*"  # java.net.HttpURLConnection sends a lone star
    quality, others = 1.0, 0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() != "q":
            others += 1
        elif _QUALITY.fullmatch(value.strip()):
            quality = min(float(value), 1.0)
        else:
            return None
    if not _MEDIA_RANGE.fullmatch(name):
        return None
    return MediaRange(name, quality, _precision(name, others), position)


def _precision(name: str, parameters: int) -> Precision:
    if name == "*/*":
        return 0
    if name.endswith("/*"):
        return 1
    return 2 if parameters else 3


@dataclass(frozen=True, slots=True, order=True)
class _Weight:
    """How much a client wants a media type; compared field by field, more is better."""

    quality: float
    explicit: int
    earliness: int
    canonical: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """A page for a person, as one more format to choose from."""

    media_type: str = "text/html"
    aliases: tuple[str, ...] = ("application/xhtml+xml",)


_PAGE = _Page()
_Format = RdfFormat | ResultsFormat | TableFormat | _Page

RESULTS: Mapping[str, ResultsFormat | TableFormat] = {**RESULTS_FORMATS, **TABLE_FORMATS}
"""All formats of results by name; those that the engine writes itself come first."""


def _weigh(media_type: str, canonical: bool, ranges: Sequence[MediaRange]) -> _Weight | None:
    fitting = [media_range for media_range in ranges if media_range.covers(media_type)]
    if not fitting:
        return None
    best = max(fitting, key=lambda fit: (fit.precision, fit.quality, -fit.position))
    if best.quality == 0:
        return None
    return _Weight(best.quality, min(best.precision, 2), -best.position, canonical)


def _prefer(formats: Iterable[_Format], ranges: Sequence[MediaRange]) -> tuple[str, str] | None:
    """Choose a format: its own media type and the name to send it under."""
    best: tuple[_Weight, str, str] | None = None
    for format in formats:
        names = (format.media_type, *format.aliases)
        weighed = [(_weigh(name, name is names[0], ranges), name) for name in names]
        wanted = [(weight, name) for weight, name in weighed if weight is not None]
        if not wanted:
            continue
        weight = max(weight for weight, _ in wanted)
        if best is None or weight > best[0]:
            sent_as = max(wanted, key=lambda one: (one[0].quality, one[0].explicit))[1]
            best = (weight, format.media_type, sent_as)
    return best[1:] if best else None


def choose(accept: str | None) -> Choice:
    """Choose formats by an Accept header; None, or nothing readable in it, accepts anything.

    Raises NotAcceptable where neither kind of answer can be had.
    """
    if accept is None:
        return _choose("*/*")
    if len(accept) > _LONGEST_KEPT:
        return _choose.__wrapped__(accept)
    return _choose(accept)


@lru_cache(maxsize=512)
def _choose(accept: str) -> Choice:
    ranges = read_accept(accept) or read_accept("*/*")
    results = _prefer(RESULTS.values(), ranges)
    graph = _prefer(RDF_FORMATS.values(), ranges)
    if results is None and graph is None:
        raise NotAcceptable(
            f"No answer can be given as {accept[:200]!r}. Ask for one of the media types offered."
        )
    return _choice(results, graph)


def _choice(results: tuple[str, str] | None, graph: tuple[str, str] | None) -> Choice:
    return Choice(
        results[0] if results else None,
        with_charset(results[1]) if results else "",
        graph[0] if graph else None,
        with_charset(graph[1]) if graph else "",
    )


def _short_names() -> dict[str, Choice]:
    """Tabulate the names of the ``format`` parameter; json and xml name one format of each kind."""
    results = {name: format.media_type for name, format in RESULTS.items()}
    graphs = {
        name: format.media_type
        for format in RDF_FORMATS.values()
        for name in (format.name, format.suffix)
    }
    graphs["json"], graphs["xml"] = graphs["jsonld"], graphs["rdfxml"]
    graphs["json-ld"], graphs["rdf+xml"], graphs["n3"] = (
        graphs["jsonld"],
        graphs["rdfxml"],
        graphs["turtle"],
    )
    return {
        name: _choice(
            (results[name], results[name]) if name in results else None,
            (graphs[name], graphs[name]) if name in graphs else None,
        )
        for name in results | graphs
    }


SHORT_NAMES = _short_names()
"""The values of the ``format`` parameter, each with the formats it stands for."""


def choose_named(names: Sequence[str]) -> Choice:
    """Choose formats by the values of ``format`` parameters: short names or media types.

    The first value that is known decides; SPARQLWrapper sends a name of its own and a media type.
    Raises InvalidInput where none is known.
    """
    for name in names:
        if name.lower() in SHORT_NAMES:
            return SHORT_NAMES[name.lower()]
        if "/" in name:
            return choose(name)
    raise InvalidInput(
        f"The format {names[0][:50]!r} is not known. Use one of {', '.join(sorted(SHORT_NAMES))}, "
        "or a media type."
    )


def offered() -> dict[str, list[str]]:
    """List the media types that can be had, for results (SELECT, ASK) and for graphs."""
    return {
        "results": [format.media_type for format in RESULTS.values()],
        "graph": [format.media_type for format in RDF_FORMATS.values()],
    }


def prefers_html(accept: str | None) -> bool:
    """Tell whether a client is a browser: it names text/html and wants no format of ours more."""
    ranges = read_accept(accept or "")
    html = _weigh("text/html", True, ranges)
    if html is None or html.explicit < 2:
        return False
    formats: list[_Format] = [*RESULTS_FORMATS.values(), *RDF_FORMATS.values()]
    weights = [_weigh(format.media_type, True, ranges) for format in formats]
    return all(weight is None or weight <= html for weight in weights)


def choose_document(accept: str | None) -> str | None:
    """Choose how a thing is described: by a media type of RDF_FORMATS, or None for a page.

    A client without a preference gets the page. Raises NotAcceptable where neither will do.
    """
    ranges = read_accept(accept or "*/*") or read_accept("*/*")
    best = _prefer((_PAGE, *RDF_FORMATS.values()), ranges)
    if best is None:
        raise NotAcceptable(
            f"No description can be given as {(accept or '')[:200]!r}. Ask for text/html or for one"
            " of the media types offered for a graph."
        )
    return None if best[0] == _PAGE.media_type else best[0]
