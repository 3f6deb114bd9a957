"""Parameters of a query: texts from a command line or a form, made into RDF terms by their type.

The value of a parameter is bound to its variable as a term and never becomes part of the query, so
whatever it holds, it stays one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyoxigraph as ox

from graph.errors import InvalidParameter
from graph.vocabulary import ID, PREFIXES, XSD, hint

_KINDS = """
    actor article certainty circumstance claim control damage damage-done dataset event
    facility geometry graph infrastructure issue link-check location modality modifier office
    office-holding order participation passage place-precision precision quantity record
    region release role site status superlative system territorial-control time-span unit
    victim weapon
"""
KINDS = tuple(_KINDS.split())
"""The kinds of entity that a compact IRI may name: ``region:kyiv`` is ``…/id/region/kyiv``."""


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)


class Unreadable(Exception):
    """A text that is no value of its type; the message says why where there is more to say."""


@dataclass(frozen=True, slots=True)
class ParameterType:
    """A type of parameter: how it is called in a sentence, a value as an example, the reader.

    ``read`` raises Unreadable.
    """

    name: str
    called: str
    example: str
    read: Callable[[str], ox.NamedNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that whoever asks may give a value.

    Without a value it takes ``default``, a text like any value; without that it stays unbound.
    """

    name: str
    type: ParameterType
    description: str
    default: str | None = None

    @property
    def example(self) -> str:
        """A value as one writes it: the default, or one of the type."""
        return self.default or self.type.example

    def term(self, text: str) -> ox.NamedNode | ox.Literal:
        """The term that a text stands for; raises InvalidParameter where it is none of the type."""
        try:
            return self.type.read(text)
        except Unreadable as fault:
            more = f" {fault}" if str(fault) else ""
            raise InvalidParameter(
                f"The parameter {self.name} takes {self.type.called}, not {_shown(text)}.{more}"
                f" Write it like {self.example}.",
                self.name,
                self.type.name,
                self.example,
            ) from fault


def _shown(text: str) -> str:
    """A text in quotation marks on one line, cut where it is long."""
    cut = text if len(text) <= 80 else f"{text[:80]}…"
    return f"“{cut.encode('unicode_escape').decode() if not cut.isprintable() else cut}”"


def expand(text: str) -> str:
    """The IRI that a text stands for: ``<…>``, an absolute one, or a compact one.

    The prefixes are those of :data:`graph.vocabulary.PREFIXES` and of :data:`KINDS`. Raises
    Unreadable.
    """
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, name = text.partition(":")
    if not colon:
        raise Unreadable("It has no prefix.")
    if prefix in PREFIXES:
        return PREFIXES[prefix] + name
    if prefix in KINDS:
        return f"{ID}{prefix}/{name}"
    if name.startswith("//") or prefix.lower() == "urn":
        return text
    raise Unreadable(
        f"The prefix {_shown(prefix)} is not known.{hint(prefix, [*PREFIXES, *KINDS])}"
    )


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(expand(text))
    except ValueError as fault:
        raise Unreadable("It is no valid IRI (RFC 3987).") from fault


def _string(text: str) -> ox.Literal:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable("It holds half a character (a surrogate).")
    return ox.Literal(text)


def _matching(pattern: str, datatype: str) -> Callable[[str], ox.Literal]:
    """A reader of the texts that a pattern matches as a whole."""
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str) -> ox.Literal:
        if not compiled.fullmatch(text):
            raise Unreadable
        return ox.Literal(text, datatype=XSD[datatype])

    return read


def _language(text: str) -> ox.Literal:
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise Unreadable
    return ox.Literal(text.lower())


def _date(text: str) -> ox.Literal:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise Unreadable
    try:
        date.fromisoformat(text)
    except ValueError as fault:
        raise Unreadable("There is no such day.") from fault
    return ox.Literal(text, datatype=XSD.date)


def _date_time(text: str) -> ox.Literal:
    if not MOMENT.fullmatch(text):
        raise Unreadable
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Unreadable("There is no such moment.") from fault
    if moment.tzinfo is None:
        raise Unreadable("It does not say how far from UTC it is.")
    return ox.Literal(text, datatype=XSD.dateTime)


TYPES: Mapping[str, ParameterType] = {
    type.name: type
    for type in (
        ParameterType("iri", "an IRI, in full or with a prefix", "region:kyiv", _iri),
        ParameterType("string", "a text", "Donbas", _string),
        ParameterType(
            "integer",
            "a whole number of at most 18 digits",
            "24",
            _matching(r"[+-]?\d{1,18}", "integer"),
        ),
        ParameterType(
            "decimal",
            "a decimal number",
            "0.5",
            _matching(r"[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})", "decimal"),
        ),
        ParameterType("date", "a day", "2026-01-24", _date),
        ParameterType("dateTime", "a moment", "2026-01-24T12:00:00+02:00", _date_time),
        ParameterType("language", "a language tag (BCP 47)", "en", _language),
    )
}
"""The types by the name that the header of a query gives."""
